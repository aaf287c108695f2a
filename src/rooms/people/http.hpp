// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"
#include "platform/http/http.hpp"
#include "platform/store/store.hpp"
#include "rooms/people/devices.hpp"
#include "rooms/people/types.hpp"

#include <string_view>

/// Who asks, over HTTP, and what a refusal looks like there.
namespace kringwerk::people {

/// The cookie that the login page sets; it holds the token itself.
inline constexpr std::string_view session_cookie = "kw_session";

/// Who sent a request: "Authorization: Bearer kw_…", else the session cookie. Refuses
/// "people.token_needed" when there is neither, "people.token_unknown" when nobody has that token
/// or it was revoked, "people.session_over" when somebody signed in too long ago or was blocked.
Result<Caller> caller_of_request(Snapshot& view, const http::Request& request);
Result<Caller> caller_of_request(Store& store, const http::Request& request);

/// Refuses "people.not_allowed" unless the caller may read what belongs to that centre.
Result<void> may_read_at(const Caller& caller, CentreId centre);
/// Refuses "people.not_allowed" unless the caller has that right at that centre.
Result<void> may_at(const Caller& caller, Right right, CentreId centre);

/// The shared device that sent a request, by the cookie that pairing set. Refuses
/// "people.device_needed" without one, or with one that no device has, and "people.device_blocked".
Result<Device> device_of_request(Snapshot& view, const http::Request& request);
/// Who works at that device: the caller of that person with only what holds at the device's centre.
/// Refuses "people.not_at_this_centre" when nobody has that number, or that person is blocked or
/// has no role there.
Result<Caller> caller_at_device(Snapshot& view, const Device& device, PersonId id);

/// The refusal as problem+json: 401 with WWW-Authenticate for who is not known, 401 for
/// "people.device_needed", 403 for "people.not_allowed", "people.device_blocked" and
/// "people.not_at_this_centre", else the status `otherwise`.
http::Response refused(const http::Request& request, const Refusal& refusal, int otherwise);

} // namespace kringwerk::people
