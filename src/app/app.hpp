// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

namespace kringwerk::app {

/// Runs one command; gives the exit status: 0 done, 1 refused or found wrong, 2 not understood,
/// 3 broken down.
int run(const std::vector<std::string>& words);

} // namespace kringwerk::app
