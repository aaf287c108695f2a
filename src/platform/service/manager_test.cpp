// SPDX-License-Identifier: EUPL-1.2
#include "platform/service/manager.hpp"

#include <doctest/doctest.h>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <filesystem>

using namespace kringwerk::service;

namespace {

/// A socket as systemd opens it.
class Listener {
  public:
    explicit Listener(const std::string& name) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        name.copy(address.sun_path, sizeof(address.sun_path) - 1);
        if (name.front() == '@') address.sun_path[0] = '\0';
        const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
        REQUIRE(::bind(file_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    }
    ~Listener() { ::close(file_); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    std::string heard() const {
        std::array<char, 256> bytes{};
        const auto size = ::recv(file_, bytes.data(), bytes.size(), MSG_DONTWAIT);
        return size < 0 ? std::string("nothing")
                        : std::string(bytes.data(), static_cast<std::size_t>(size));
    }

  private:
    int file_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
};

std::optional<std::chrono::microseconds> watchdog(std::string time, std::string pid) {
    return ServiceManager({"", std::move(time), std::move(pid)}).watchdog();
}

} // namespace

TEST_CASE("the service manager hears what it is told, at a path and at an abstract name") {
    const auto path =
        (std::filesystem::temp_directory_path() / ("kw-notify-" + std::to_string(getpid())))
            .string();
    for (const auto& name : {path, "@kw-notify-" + std::to_string(getpid())}) {
        const Listener listener(name);
        CHECK(ServiceManager({name, "", ""}).tell("READY=1\nSTATUS=http://127.0.0.1:8080"));
        CHECK(listener.heard() == "READY=1\nSTATUS=http://127.0.0.1:8080");
        CHECK(listener.heard() == "nothing");
    }
    std::filesystem::remove(path);
}

TEST_CASE("a service manager that is not there is told nothing, and that is no harm") {
    CHECK_FALSE(ServiceManager({"", "", ""}).tell("READY=1"));
    CHECK_FALSE(ServiceManager({"/nowhere/notify", "", ""}).tell("READY=1"));
    CHECK_FALSE(ServiceManager({"vsock:2:1234", "", ""}).tell("READY=1"));
    CHECK_FALSE(ServiceManager({"/" + std::string(200, 'x'), "", ""}).tell("READY=1"));
}

TEST_CASE("the watchdog is ours when it names this process or nobody") {
    CHECK(watchdog("30000000", "") == std::chrono::seconds(30));
    CHECK(watchdog("30000000", std::to_string(getpid())) == std::chrono::seconds(30));
    CHECK_FALSE(watchdog("30000000", "1"));
    CHECK_FALSE(watchdog("", ""));
    CHECK_FALSE(watchdog("0", ""));
    CHECK_FALSE(watchdog("soon", ""));
}
