// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace kringwerk::service {

/// What the environment says of the service manager. Empty: nothing.
struct ManagerWords {
    std::string notify_socket; ///< NOTIFY_SOCKET: a path, or "@name" of Linux' abstract sockets
    std::string watchdog_usec; ///< WATCHDOG_USEC
    std::string watchdog_pid; ///< WATCHDOG_PID: whom the watchdog is about; empty: whoever reads it
};

/// The service manager that started this program, as a rule systemd: what sd_notify(3) tells it.
/// One that is not there is told nothing.
class ServiceManager {
  public:
    explicit ServiceManager(const ManagerWords& words);

    /// "READY=1", "STOPPING=1", "WATCHDOG=1", "STATUS=…", one a line. False when nobody took it.
    bool tell(std::string_view news) const;
    /// It ends this program when it hears nothing of it for so long. Nothing: it does not watch.
    std::optional<std::chrono::microseconds> watchdog() const { return watchdog_; }

  private:
    std::string socket_;
    std::optional<std::chrono::microseconds> watchdog_;
};

} // namespace kringwerk::service
