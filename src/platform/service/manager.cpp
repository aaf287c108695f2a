// SPDX-License-Identifier: EUPL-1.2
#include "platform/service/manager.hpp"

#include "base/words.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>

namespace kringwerk::service {
namespace {

std::optional<std::chrono::microseconds> watchdog_of(const ManagerWords& words) {
    const auto time = parse_whole(words.watchdog_usec);
    if (!time || *time <= 0) return std::nullopt;
    const bool is_ours = words.watchdog_pid.empty() || parse_whole(words.watchdog_pid) == getpid();
    return is_ours ? std::optional(std::chrono::microseconds(*time)) : std::nullopt;
}

} // namespace

ServiceManager::ServiceManager(const ManagerWords& words)
    : socket_(words.notify_socket), watchdog_(watchdog_of(words)) {}

bool ServiceManager::tell(std::string_view news) const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const bool is_socket = socket_.starts_with('/') || socket_.starts_with('@');
    if (!is_socket || socket_.size() >= sizeof(address.sun_path)) return false;
    std::copy(socket_.begin(), socket_.end(), address.sun_path);
    if (socket_.front() == '@') address.sun_path[0] = '\0';
    const int file = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (file < 0) return false;
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
    const auto sent = ::sendto(file, news.data(), news.size(), MSG_NOSIGNAL,
                               reinterpret_cast<const sockaddr*>(&address), size); // NOLINT
    ::close(file);
    return sent == static_cast<ssize_t>(news.size());
}

} // namespace kringwerk::service
