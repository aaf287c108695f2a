// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/watch/readiness.hpp"
#include "base/time.hpp"
#include "platform/http/http.hpp"
#include "platform/service/metrics.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

/// Whether the server is well, for those who run it and for their programs.
namespace kringwerk::app::watch {

/// What there is to watch. The server fills it in while it starts; any thread may ask.
class Watch {
  public:
    explicit Watch(Store& store) : store_(store) {}

    // Before the first request.
    AddressRanges metrics_networks = {};
    std::string books = "sqlite"; ///< "sqlite" or "postgresql"
    /// When the books were last copied, where something copies them.
    std::function<std::optional<Instant>()> last_backup = {};
    void begin(ReadinessOptions options);

    // Any time.
    void count(const http::Request& request, const http::Response& response,
               std::chrono::microseconds took);
    /// `count` is asked as long as `server` is added, so take it away in time.
    void add_server(std::string name, std::function<std::size_t()> connections);
    void remove_servers();
    /// Why the books cannot be used; nothing: they can.
    std::optional<Refusal> trouble() const;
    std::string metrics_page() const;
    /// Whether /metrics is there for whoever asks.
    bool shows_metrics_to(const http::Request& request) const;

  private:
    struct Server {
        std::string name;
        std::function<std::size_t()> connections;
    };
    void add_books(std::vector<service::Figure>& figures) const;

    Store& store_;
    service::Metrics metrics_;
    mutable std::mutex mutex_;
    std::vector<Server> servers_;
    const Instant began_ = now();
    std::unique_ptr<Readiness> readiness_;
};

/// /healthz: the server answers. /readyz: and its books can be used. /metrics: figures, for the
/// networks of the setting; for others there is no such address.
http::Routes routes(Watch& watch);
/// A question that comes every few seconds and whose answer nobody looks up in a log.
bool is_routine(const http::Request& request, const http::Response& response);

} // namespace kringwerk::app::watch
