// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "platform/devices/scale_line.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

/// Following a scale over TCP: one with a network port of its own, or behind a serial server.
namespace kringwerk::devices {

using Milliseconds = std::chrono::milliseconds;

struct ScaleOptions {
    std::string host = {};
    std::uint16_t port = 0;
    LineFormat format = {};
    /// Sent to hear a weight, with its line end: `usual_poll_command`. Empty: it talks by itself.
    std::string poll_command = {};
    /// Between an answer and the next question. KERN asks for more than a tenth of a second.
    Milliseconds poll_every{200};
    Milliseconds silence_after{3'000};
    Milliseconds connect_within{5'000}; ///< looking up its name comes first and has as long
    /// The pause before the next attempt doubles from the one to the other, until a line comes.
    Milliseconds reconnect_after{2'000};
    Milliseconds reconnect_at_most{15'000};
    bool operator==(const ScaleOptions&) const = default;
};

/// `connecting` is the first attempt only. `silent` has a connection but no line for a while.
enum class ScaleState { connecting, connected, silent, unreachable };

struct HeardReading {
    Instant at;
    Reading reading;
};

/// A line as it came, and why it was not understood when it was not.
struct HeardLine {
    Instant at;
    std::string raw; ///< as `shown` writes it
    std::optional<Refusal> refusal;
};

/// What is known of a scale at one moment.
struct ScaleNews {
    ScaleState state = ScaleState::connecting;
    Instant since; ///< when it came into this state
    /// The last one, also when the scale was lost since: look at `state` before you book it.
    std::optional<HeardReading> last;
    std::uint64_t readings = 0;       ///< how many there were
    std::uint64_t not_understood = 0; ///< how many lines were not
    std::uint64_t changes = 0;        ///< grows with each line and each change of state
    std::vector<HeardLine> lines;     ///< the last twenty, the oldest first
};

/// Follows one scale on a thread of its own, from its making until `stop`. All functions may be
/// called from any thread, `stop` and the destructor from any but the scale's own.
class Scale {
  public:
    /// `on_change` is called from the scale's thread after changes, several at once perhaps. It
    /// should be short; what it throws is dropped.
    explicit Scale(ScaleOptions options, std::function<void()> on_change = {});
    ~Scale();
    Scale(const Scale&) = delete;
    Scale& operator=(const Scale&) = delete;

    ScaleNews latest() const;
    /// Sleeps until there were more changes than `after`, the scale stops or `patience` is over.
    ScaleNews wait_for_change(std::uint64_t after, Milliseconds patience) const;
    /// Ends the connection and the thread, at once, whatever the network does.
    void stop();

  private:
    struct Inside;
    std::shared_ptr<Inside> inside_;
    std::thread thread_;
};

} // namespace kringwerk::devices
