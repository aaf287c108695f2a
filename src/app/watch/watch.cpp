// SPDX-License-Identifier: EUPL-1.2
#include "app/watch/watch.hpp"

#include "app/queries.hpp"
#include "platform/http/router.hpp"
#include "rooms/ledger/ledger.hpp"

namespace kringwerk::app::watch {
namespace {

using service::Figure;
using enum service::FigureKind;

/// Each file has a route of its own; as figures they are one.
std::string_view figure_of(std::string_view pattern) {
    if (pattern.starts_with("/static/")) return "/static/{file}";
    if (pattern.starts_with("/css/")) return "/css/{file}";
    return pattern;
}

service::Spread batches_of(const WriterCounts& counts) {
    return {"kringwerk_commit_size",
            "Commits, by how many writes shared one.",
            {batch_bounds.begin(), batch_bounds.end()},
            {counts.commits.begin(), counts.commits.end()},
            static_cast<double>(counts.functions)};
}

http::Response plain_answer(std::string words) {
    auto answer = http::plain(std::move(words));
    answer.with("Cache-Control", "no-store");
    return answer;
}

} // namespace

void Watch::begin(ReadinessOptions options) {
    readiness_ = std::make_unique<Readiness>(store_, std::move(options));
}

void Watch::count(const http::Request& request, const http::Response& response,
                  std::chrono::microseconds took) {
    const auto time = response.stream ? std::nullopt : std::optional(took);
    metrics_.count(http::name_of(request.method), figure_of(request.pattern), response.status,
                   time);
}

void Watch::add_server(std::string name, std::function<std::size_t()> connections) {
    const std::scoped_lock lock(mutex_);
    servers_.push_back({std::move(name), std::move(connections)});
}

void Watch::remove_servers() {
    const std::scoped_lock lock(mutex_);
    servers_.clear();
}

std::optional<Refusal> Watch::trouble() const {
    return readiness_ ? readiness_->trouble() : Refusal{"watch.slow", {}, {}};
}

bool Watch::shows_metrics_to(const http::Request& request) const {
    // Behind a proxy that nobody trusts all the world would come from the proxy's own address.
    if (request.relayed) return false;
    return request.admin || is_within(request.peer, metrics_networks);
}

std::string Watch::metrics_page() const {
    std::vector<Figure> figures{
        {gauge,
         "kringwerk_build_info",
         "Which program this is.",
         1,
         {{"version", KRINGWERK_VERSION}, {"books", books}}},
        {gauge, "process_start_time_seconds", "When it started, in seconds since 1970.",
         static_cast<double>(began_.ms) / 1000},
        {gauge, "kringwerk_ready", "1 when the books can be written and read.",
         trouble() ? 0.0 : 1.0}};
    {
        const std::scoped_lock lock(mutex_);
        for (const auto& server : servers_) {
            figures.push_back({gauge,
                               "kringwerk_connections",
                               "Open connections.",
                               static_cast<double>(server.connections()),
                               {{"server", server.name}}});
        }
    }
    const auto counts = store_.writer_counts();
    figures.push_back({gauge, "kringwerk_writes_waiting", "Writes that wait for the writer.",
                       static_cast<double>(counts.waiting)});
    figures.push_back({counter, "kringwerk_commits_failed_total",
                       "Commits that the database did not take.",
                       static_cast<double>(counts.failed)});
    try {
        add_books(figures);
    } catch (const std::exception&) {
        // Books that cannot be read have no figures; kringwerk_ready says so.
        figures.push_back(
            {gauge, "kringwerk_books_unread", "1 when the books gave no figures.", 1});
    }
    if (const auto copied = last_backup ? last_backup() : std::nullopt) {
        figures.push_back({gauge, "kringwerk_backup_age_seconds",
                           "How long ago the books were last copied.",
                           static_cast<double>(now().ms - copied->ms) / 1000});
    }
    return metrics_.page(figures, {batches_of(counts)});
}

void Watch::add_books(std::vector<Figure>& figures) const {
    store_.read([&](Snapshot& view) {
        std::int64_t movements = 0;
        for (const auto& head : ledger::heads(view)) movements += head.sequence;
        figures.push_back({counter, "kringwerk_movements_total", "Movements in the books.",
                           static_cast<double>(movements)});
        const auto bytes = view.number(sql::database_bytes).value_or(0);
        figures.push_back(
            {gauge, "kringwerk_database_bytes", "Size of the books.", static_cast<double>(bytes)});
        return movements;
    });
}

http::Routes routes(Watch& watch) {
    const auto healthz = [](const http::Request&) { return plain_answer("ok\n"); };
    const auto readyz = [&watch](const http::Request& request) {
        const auto trouble = watch.trouble();
        return trouble ? http::problem(request, 503, *trouble) : plain_answer("ready\n");
    };
    const auto metrics = [&watch](const http::Request&) {
        auto answer = plain_answer(watch.metrics_page());
        answer.content_type = service::metrics_content_type;
        return answer;
    };
    http::Route guarded{http::Method::get, "/metrics", http::at_once(metrics)};
    guarded.hidden_from = [&watch](const http::Request& request) {
        return !watch.shows_metrics_to(request);
    };
    return {{http::Method::get, "/healthz", http::at_once(healthz)},
            {http::Method::get, "/readyz", http::at_once(readyz)},
            guarded};
}

bool is_routine(const http::Request& request, const http::Response& response) {
    if (response.status >= 400) return false;
    return request.pattern == "/healthz" || request.pattern == "/readyz" ||
           request.pattern == "/metrics";
}

} // namespace kringwerk::app::watch
