// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/http.hpp"

#include "base/words.hpp"
#include "rooms/people/accounts.hpp"
#include "rooms/people/pages.hpp"
#include "rooms/people/people.hpp"
#include "rooms/people/sessions.hpp"

namespace kringwerk::people {
namespace {

/// A token of ours is shorter; there is no need to hash what cannot be one.
constexpr std::size_t longest_token = 200;

/// A cookie comes along whoever made the browser ask. Where a page of another site did, it counts
/// for looking only; programs send neither header. Pages look for themselves and say so in words.
bool another_site_acts(const http::Request& request) {
    if (request.method == http::Method::get || request.method == http::Method::head) return false;
    if (!request.path.starts_with("/api/")) return false;
    const bool is_told =
        !request.header("sec-fetch-site").empty() || !request.header("origin").empty();
    return is_told && !sent_from_here(request);
}

std::string_view cookie_in(const http::Request& request, std::string_view name) {
    if (another_site_acts(request)) return {};
    return request.cookie(name).value_or(std::string_view{});
}

/// The token that came along; empty: none.
std::string_view token_in(const http::Request& request) {
    auto words = request.header("authorization");
    if (words.empty()) return cookie_in(request, session_cookie);
    const auto scheme = words.substr(0, words.find(' '));
    if (!same_letters(scheme, "bearer")) return {};
    words.remove_prefix(scheme.size());
    while (words.starts_with(' ')) words.remove_prefix(1);
    return words;
}

/// Refuses "people.session_over".
Result<Caller> caller_of_session(Snapshot& view, std::string_view text, Instant now) {
    const auto session = session_of(view, text, now);
    const auto somebody = session ? person(view, session->person) : std::nullopt;
    if (!somebody || somebody->blocked_at) return refuse("people.session_over");
    return caller_for(*somebody);
}

} // namespace

Result<Caller> caller_of_request(Snapshot& view, const http::Request& request) {
    const auto token = token_in(request);
    if (token.empty()) return refuse("people.token_needed");
    if (token.size() > longest_token) return refuse("people.token_unknown");
    if (token.starts_with("kws_")) return caller_of_session(view, token, request.received);
    auto caller = caller_of(view, token);
    if (!caller) return refuse("people.token_unknown");
    return *std::move(caller);
}

Result<Caller> caller_of_request(Store& store, const http::Request& request) {
    return store.read([&](Snapshot& view) { return caller_of_request(view, request); });
}

Result<void> may_read_at(const Caller& caller, CentreId centre) {
    return may_at(caller, Right::read, centre);
}

Result<void> may_at(const Caller& caller, Right right, CentreId centre) {
    if (!caller.may(right, centre)) return refuse("people.not_allowed");
    return {};
}

Result<Device> device_of_request(Snapshot& view, const http::Request& request) {
    const auto key = cookie_in(request, device_cookie);
    auto device = key.size() <= longest_token ? device_of(view, key) : std::nullopt;
    if (!device) return refuse("people.device_needed");
    if (device->blocked_at) return refuse("people.device_blocked");
    return *std::move(device);
}

Result<Caller> caller_at_device(Snapshot& view, const Device& device, PersonId id) {
    const auto somebody = person(view, id);
    if (!somebody || somebody->blocked_at || !somebody->has_role_at(device.centre)) {
        return refuse("people.not_at_this_centre");
    }
    auto caller = caller_for(*somebody);
    std::erase_if(caller.grants,
                  [&](const Grant& grant) { return !grant.holds_at(device.centre); });
    for (auto& grant : caller.grants) grant.centre = device.centre;
    caller.device = device.device;
    return caller;
}

http::Response refused(const http::Request& request, const Refusal& refusal, int otherwise) {
    const bool unknown =
        refusal.code == "people.token_unknown" || refusal.code == "people.session_over";
    const bool knocks = unknown || refusal.code == "people.token_needed";
    const bool keyless = refusal.code == "people.device_needed"; // no header helps: it is a cookie
    const bool forbidden = refusal.code == "people.not_allowed" ||
                           refusal.code == "people.device_blocked" ||
                           refusal.code == "people.not_at_this_centre";
    const int status = knocks || keyless ? 401 : forbidden ? 403 : otherwise;
    auto response = http::problem(request, status, refusal);
    if (knocks) {
        response.with("WWW-Authenticate", unknown
                                              ? R"(Bearer realm="kringwerk", error="invalid_token")"
                                              : R"(Bearer realm="kringwerk")");
    }
    return response;
}

} // namespace kringwerk::people
