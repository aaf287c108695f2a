// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ensure.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

/// A mail server on loopback that takes letters and keeps them, one connection after the other.
namespace kringwerk::mail::testing {

class Sink {
  public:
    Sink() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        ensure(::bind(socket_, any, size) == 0 && ::listen(socket_, 8) == 0 &&
                   ::getsockname(socket_, any, &size) == 0,
               "a test can listen");
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~Sink() {
        closing_ = true;
        thread_.join();
        ::close(socket_);
    }
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;

    std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
    /// Each with its envelope: "MAIL FROM:…", "RCPT TO:…", then the letter as it came.
    std::vector<std::string> letters() const {
        const std::scoped_lock lock(mutex_);
        return letters_;
    }
    std::atomic<bool> refuses{false}; ///< 451 to every recipient

  private:
    static bool ready(int socket) {
        pollfd one{socket, POLLIN, 0};
        return ::poll(&one, 1, 50) > 0;
    }
    void serve() {
        while (!closing_) {
            if (!ready(socket_)) continue;
            const int client = ::accept(socket_, nullptr, nullptr);
            if (client < 0) continue;
            talk(client);
            ::close(client);
        }
    }
    static void say(int client, std::string_view line) {
        std::ignore = ::send(client, line.data(), line.size(), MSG_NOSIGNAL);
    }
    void talk(int client) {
        say(client, "220 sink ready\r\n");
        std::string waiting;
        std::string letter;
        bool in_data = false;
        while (!closing_) {
            if (!ready(client)) continue;
            char piece[4096];
            const auto got = ::recv(client, piece, sizeof piece, 0);
            if (got <= 0) return;
            waiting.append(piece, static_cast<std::size_t>(got));
            for (auto end = waiting.find("\r\n"); end != waiting.npos; end = waiting.find("\r\n")) {
                const auto line = waiting.substr(0, end);
                waiting.erase(0, end + 2);
                if (in_data && line == ".") {
                    in_data = false;
                    const std::scoped_lock lock(mutex_);
                    letters_.push_back(std::exchange(letter, {}));
                    say(client, "250 taken\r\n");
                } else if (in_data) {
                    letter += line + "\n";
                } else if (line.starts_with("DATA")) {
                    in_data = true;
                    say(client, "354 go on\r\n");
                } else if (line.starts_with("RCPT") && refuses) {
                    say(client, "451 not now\r\n");
                } else if (line.starts_with("QUIT")) {
                    say(client, "221 bye\r\n");
                    return;
                } else {
                    if (line.starts_with("MAIL") || line.starts_with("RCPT")) letter += line + "\n";
                    say(client, "250 fine\r\n");
                }
            }
        }
    }

    int socket_;
    int port_ = 0;
    std::atomic<bool> closing_{false};
    mutable std::mutex mutex_;
    std::vector<std::string> letters_;
    std::thread thread_;
};

} // namespace kringwerk::mail::testing
