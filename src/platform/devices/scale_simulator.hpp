// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/devices/scale.hpp"
#include "platform/devices/simulated_line.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <thread>

/// A scale made of software, for tests and for the demo network.
namespace kringwerk::devices {

struct SimulatorOptions {
    std::uint16_t port = 0; ///< 0: any free one
    LineFormat format = {};
    /// True: it answers "S" (a weight at rest) and "SI" (whatever is there), and says nothing else.
    bool on_request = false;
    Checksum checksum = Checksum::none;
    Milliseconds line_every{200};
};

/// Listens on 127.0.0.1 for any number of callers. Functions may be called from any thread and take
/// effect in the order of the calls, a moment later. It begins empty: zero, at rest.
class ScaleSimulator {
  public:
    /// Throws `Breakdown` when it cannot listen there.
    explicit ScaleSimulator(SimulatorOptions options);
    ~ScaleSimulator();
    ScaleSimulator(const ScaleSimulator&) = delete;
    ScaleSimulator& operator=(const ScaleSimulator&) = delete;

    std::uint16_t port() const { return port_; }

    /// This weight, at rest. Ends `unstable`, `silent` and the demo, as each of these ends the
    /// others.
    void put(Grams net);
    /// Any weight, with over, under and tare.
    void put(Reading weight);
    /// The weight that is there begins to wobble.
    void unstable();
    /// Connections stay, but nothing is said.
    void silent();
    /// Ends all connections. New ones are welcome.
    void hang_up();
    /// Says this once, between its own lines.
    void garbage(std::string text);
    /// Goods come and go, `DemoLoad`.
    void run_demo(std::uint64_t seed);

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

} // namespace kringwerk::devices
