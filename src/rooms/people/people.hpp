// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"
#include "rooms/people/accounts.hpp" // who they are, what they share and who asks: of the front door
#include "rooms/people/devices.hpp"
#include "rooms/people/http.hpp"
#include "rooms/people/rights.hpp"
#include "rooms/people/types.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Who may knock, and what for: access codes of programs. People stand in accounts.hpp.
namespace kringwerk::people {

/// What a new token may do.
struct TokenRequest {
    std::string name; ///< who or what uses it: "weegbrug", "Mara"
    Role role = Role::integration;
    std::optional<CentreId> centre; ///< nothing: every centre
    Kinds kinds;
    bool may_read = true;
    bool may_close = false;
};

/// Makes a token and gives its text, "kw_...", which is nowhere else: only its hash is kept.
/// Refuses "people.name_needed".
Result<std::string> make_token(Transaction& tx, const TokenRequest& request, Instant now);
/// Who stands behind a token; nothing when it is unknown or revoked.
std::optional<Caller> caller_of(Snapshot& view, std::string_view token);

struct TokenRow {
    std::int64_t token = 0;
    TokenRequest granted;
    Instant made_at;
    std::optional<Instant> revoked_at;
};
std::vector<TokenRow> tokens(Snapshot& view);
/// Refuses "people.no_such_token" when it is unknown or revoked already.
Result<void> revoke_token(Transaction& tx, std::int64_t token, Instant now);

/// A caller that the program itself makes, for files and for the example network. Its secret is
/// derived from `name`: no person stands behind it.
Caller internal_caller(Role role, std::string_view name, Kinds kinds);

} // namespace kringwerk::people
