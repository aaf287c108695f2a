// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/devices/scale_simulator.hpp"
#include "platform/store/store.hpp"

#include <cstdint>
#include <memory>

namespace kringwerk::demo {

/// A scale made of software on which goods come and go, for the example network while it is served:
/// each centre has it in its register as the scale at its gate. `port` on this machine, 0: any free
/// one. Throws `Breakdown` when it cannot listen there.
std::unique_ptr<devices::ScaleSimulator> start_scale(Store& store, std::uint16_t port, Instant now);

} // namespace kringwerk::demo
