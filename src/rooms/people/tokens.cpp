// SPDX-License-Identifier: EUPL-1.2
#include "base/words.hpp"
#include "rooms/people/people.hpp"
#include "rooms/people/queries.hpp"
#include "rooms/people/rights.hpp"
#include "rooms/people/secrets.hpp"

namespace kringwerk::people {
namespace {

std::string text_of(const Kinds& kinds) {
    std::string text;
    for (std::size_t number = 0; number < kinds.size(); ++number) {
        if (!kinds.test(number)) continue;
        if (!text.empty()) text += ' ';
        text += std::to_string(number);
    }
    return text;
}

Kinds read_kinds(std::string_view text) {
    Kinds kinds;
    for (const auto part : split(text, ' ')) {
        const auto number = parse_whole(part);
        if (!number || *number < 0 || *number >= static_cast<std::int64_t>(kinds.size())) continue;
        kinds.set(static_cast<std::size_t>(*number));
    }
    return kinds;
}

/// A token reads and books what it was granted; one that may close has the other rights of its role
/// too, if people have that role.
Rights rights_of_token(Role role, bool may_read, bool may_close) {
    Rights rights;
    const auto& table = built_in_rights();
    const auto of_role = table.find(role);
    if (may_close && of_role != table.end()) rights = of_role->second.rights;
    rights.set(static_cast<std::size_t>(Right::post_movements));
    rights.set(static_cast<std::size_t>(Right::read), may_read);
    rights.set(static_cast<std::size_t>(Right::close_month), may_close);
    return rights;
}

Digest new_secret() {
    const auto bytes = random_bytes(32);
    Digest secret{};
    for (std::size_t i = 0; i < secret.size(); ++i) secret[i] = static_cast<std::uint8_t>(bytes[i]);
    return secret;
}

} // namespace

Result<std::string> make_token(Transaction& tx, const TokenRequest& request, Instant now) {
    if (trimmed(request.name).empty()) return refuse("people.name_needed");
    const auto text = new_key("kw"); // nobody guesses it, so one hash is protection enough
    const auto number = tx.number(sql::newest_token).value_or(0) + 1;
    tx.run(sql::insert_token, number, sha256(text), request.name, static_cast<int>(request.role),
           request.centre, text_of(request.kinds), request.may_read ? 1 : 0,
           request.may_close ? 1 : 0, new_secret(), now);
    return text;
}

std::optional<Caller> caller_of(Snapshot& view, std::string_view token) {
    const auto read = [](Row row) {
        Caller caller;
        caller.name = row.text(1);
        Grant grant;
        grant.role = static_cast<Role>(row.integer(2));
        if (!row.null(3)) grant.centre = row.id<Centre>(3);
        grant.kinds = read_kinds(row.text(4));
        grant.rights = rights_of_token(grant.role, row.integer(5) != 0, row.integer(6) != 0);
        caller.grants.push_back(grant);
        caller.secret = row.digest(7);
        return caller;
    };
    return view.first(sql::token_by_hash, read, sha256(token));
}

std::vector<TokenRow> tokens(Snapshot& view) {
    std::vector<TokenRow> found;
    for (const auto row : view.rows(sql::all_tokens)) {
        TokenRow token;
        token.token = row.integer(0);
        token.granted.name = row.text(1);
        token.granted.role = static_cast<Role>(row.integer(2));
        if (!row.null(3)) token.granted.centre = row.id<Centre>(3);
        token.granted.kinds = read_kinds(row.text(4));
        token.granted.may_read = row.integer(5) != 0;
        token.granted.may_close = row.integer(6) != 0;
        token.made_at = row.instant(7);
        if (!row.null(8)) token.revoked_at = row.instant(8);
        found.push_back(std::move(token));
    }
    return found;
}

Result<void> revoke_token(Transaction& tx, std::int64_t token, Instant now) {
    if (tx.changed(sql::revoke_token, token, now) == 0) return refuse("people.no_such_token");
    return {};
}

Caller internal_caller(Role role, std::string_view name, Kinds kinds) {
    Caller caller;
    caller.name = name;
    caller.grants.push_back({std::nullopt, role, kinds, Rights{}.set()});
    caller.secret = sha256(name);
    return caller;
}

} // namespace kringwerk::people
