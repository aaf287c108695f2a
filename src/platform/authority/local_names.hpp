// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

namespace kringwerk::authority {

struct LocalNames {
    std::vector<std::string> names;     ///< "kringwerk", "kringwerk.local"
    std::vector<std::string> addresses; ///< "192.168.1.20", "fd12::20"
};

/// How tablets in the same building find this computer: its name, that name with ".local" (as the
/// neighbours of RFC 6762 call it), and the addresses of its network cards. The loopback and
/// addresses that mean something on one cable only (fe80::) are left out. Sorted, each once.
LocalNames own_names();

} // namespace kringwerk::authority
