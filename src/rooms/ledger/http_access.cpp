// SPDX-License-Identifier: EUPL-1.2
#include "base/words.hpp"
#include "rooms/ledger/http_parts.hpp"
#include "rooms/people/people.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>

namespace kringwerk::ledger::api {
namespace {

namespace json = boost::json;

/// Refusals that are about what stands in the books, not about what was sent.
constexpr std::array<std::string_view, 6> conflicts{
    "ledger.id_reused",        "ledger.nothing_to_reverse", "ledger.reverses_reversal",
    "ledger.already_reversed", "ledger.month_not_over",     "ledger.month_closed_already"};

std::optional<std::int64_t> read_hexadecimal(std::string_view text) {
    std::int64_t number = 0;
    const auto* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number, 16);
    if (error != std::errc{} || stopped != end) return std::nullopt;
    return number;
}

/// The query as an object of texts, for `Fields`. The language is read elsewhere.
json::object query_of(const http::Request& request) {
    json::object query;
    for (const auto& [name, value] : request.query) {
        if (name != "taal" && name != "lang") query[name] = value;
    }
    return query;
}

std::string tag_of(const std::optional<Head>& head) {
    if (!head) return R"(W/"0")";
    return fmt::format(R"(W/"{}-{}")", head->sequence, hex(head->hash).substr(0, 16));
}

http::Response not_modified(const std::string& tag) {
    http::Response response;
    response.status = 304;
    response.with("ETag", tag);
    return response;
}

http::Response read_at(const Context& context, CentreId centre, const http::Request& request,
                       Reading read, Tag tag) {
    return context.store.read([&](Snapshot& view) {
        std::string etag;
        if (tag == Tag::chain_head) {
            etag = tag_of(head(view, centre));
            if (request.header("if-none-match") == etag) return not_modified(etag);
        }
        const json::value query(query_of(request));
        Fields fields(query, Fields::Written::as_text);
        const auto found = read(view, centre, request, fields);
        if (!found) return refused(request, found.error());
        auto response = http::json_text(json::serialize(*found));
        if (!etag.empty()) response.with("ETag", etag);
        return response;
    });
}

/// Refuses "ledger.no_such_centre" when it is no number or nobody knows it.
Result<CentreId> centre_of(Snapshot& view, const Context& context, const http::Request& request) {
    const auto number = parse_whole(request.parameter("centre"));
    if (!number || *number < 1) return refuse("ledger.no_such_centre");
    const CentreId centre{*number};
    const auto& exists = context.options.centre_exists;
    if (exists && !exists(view, centre)) return refuse("ledger.no_such_centre");
    return centre;
}

} // namespace

Result<std::optional<people::Caller>> reader_of(Snapshot& view, const Context& context,
                                                const http::Request& request) {
    if (context.options.open_to_read) return std::nullopt;
    auto caller = people::caller_of_request(view, request);
    if (!caller) return refuse(std::move(caller.error()));
    return std::optional(*std::move(caller));
}

Result<void> may_read_at(const std::optional<people::Caller>& reader, CentreId centre) {
    if (!reader) return {};
    return people::may_read_at(*reader, centre);
}

Result<CentreId> centre_to_read(const Context& context, const http::Request& request) {
    return context.store.read([&](Snapshot& view) -> Result<CentreId> {
        const auto reader = reader_of(view, context, request);
        if (!reader) return refuse(reader.error());
        const auto centre = centre_of(view, context, request);
        if (!centre) return centre;
        const auto allowed = may_read_at(*reader, *centre);
        if (!allowed) return refuse(allowed.error());
        return centre;
    });
}

Result<Poster> poster_of(const Context& context, const http::Request& request) {
    return context.store.read([&](Snapshot& view) -> Result<Poster> {
        auto caller = people::caller_of_request(view, request);
        if (!caller) return refuse(std::move(caller.error()));
        const auto centre = centre_of(view, context, request);
        if (!centre) return refuse(centre.error());
        if (!caller->works_for(*centre)) return refuse("ledger.other_centre");
        const auto raw = people::may_at(*caller, people::Right::post_movements, *centre);
        if (!raw) return refuse(raw.error()); // people book by the rules of a room
        return Poster{*std::move(caller), *centre};
    });
}

int status_of(const Refusal& refusal) {
    const std::string_view code = refusal.code;
    if (code == "ledger.kind_not_granted" || code == "ledger.other_centre") return 403;
    if (code == "ledger.no_such_centre" || code == "ledger.no_such_movement" ||
        code == "ledger.no_such_item") {
        return 404;
    }
    if (code == "ledger.not_json_type") return 415;
    for (const auto conflict : conflicts) {
        if (code == conflict) return 409;
    }
    return 400;
}

http::Response refused(const http::Request& request, const Refusal& refusal) {
    return people::refused(request, refusal, status_of(refusal));
}

std::string cursor_of(std::int64_t position) { return fmt::format("k{:x}", position); }

std::optional<std::int64_t> parse_cursor(std::string_view text) {
    if (!text.starts_with('k')) return std::nullopt;
    return read_hexadecimal(text.substr(1));
}

http::Handler reading(Shared context, Reading read, Tag tag) {
    return http::at_once([context = std::move(context), read, tag](const http::Request& request) {
        const auto centre = centre_to_read(*context, request);
        if (!centre) return refused(request, centre.error());
        return read_at(*context, *centre, request, read, tag);
    });
}

} // namespace kringwerk::ledger::api
