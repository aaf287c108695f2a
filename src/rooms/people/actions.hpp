// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"
#include "rooms/people/accounts.hpp"
#include "rooms/people/links.hpp"
#include "rooms/people/sessions.hpp"

#include <optional>
#include <string>
#include <string_view>

/// What people do with accounts: each decides, writes, and notes it in the trail.
namespace kringwerk::people {

/// Somebody who does something, at a centre or in the network (no centre).
struct Doer {
    const Caller& caller;
    std::optional<CentreId> centre;
    Instant now;
};

/// Nobody hands out more than they have: every right and kind of that role is one of the caller's,
/// where the role will hold.
bool may_give(const Caller& caller, const RoleHeld& role);
/// True when that holds for each role that somebody has, wherever: who sets a PIN or makes a link
/// for a new password could act as them.
bool may_manage(const Caller& caller, const Person& person);

/// A role as a form names it, held where the doer is. Refuses "people.role_needed".
Result<RoleHeld> parse_held(std::string_view code, std::optional<CentreId> centre);

/// Refuses "people.no_such_person" when nobody of that number works here, "people.too_high".
Result<void> grant_role(Transaction& tx, const Doer& doer, PersonId id, const RoleHeld& role);
/// The same, and "people.last_administrator".
Result<void> withdraw_role(Transaction& tx, const Doer& doer, PersonId id, const RoleHeld& role);
/// Makes a link for somebody new. Refuses "fields.wrong" (name), "people.too_high".
Result<std::string> invite(Transaction& tx, const Doer& doer, std::string_view name,
                           const RoleHeld& role);
/// An invitation of where the doer is no longer counts; `hash` as `open_links` gives it. Refuses
/// "people.no_such_invitation" (used, over, or of elsewhere), "people.too_high".
Result<void> withdraw_invitation(Transaction& tx, const Doer& doer, std::string_view hash);
/// Adds somebody who has a name and perhaps a PIN, but no mail. Refuses as `invite`.
Result<PersonId> add_worker(Transaction& tx, const Doer& doer, std::string_view name,
                            const RoleHeld& role, const std::optional<PinCheck>& pin);
/// Refuses "people.no_such_person", "people.too_high".
Result<void> give_pin(Transaction& tx, const Doer& doer, PersonId id, const PinCheck& pin);
/// Makes a link for a new password. Refuses "people.no_such_person", "people.too_high",
/// "people.no_mail" for somebody who never signs in.
Result<std::string> offer_reset(Transaction& tx, const Doer& doer, PersonId id);
/// Refuses "people.no_such_person", "people.too_high", "people.not_yourself",
/// "people.last_administrator".
Result<void> shut_out(Transaction& tx, const Doer& doer, PersonId id);
/// Refuses "people.no_such_person", "people.too_high".
Result<void> let_in(Transaction& tx, const Doer& doer, PersonId id);

/// Who comes in by a link, and with what.
struct Newcomer {
    std::string name;
    std::string email;
    Language language = Language::nl;
    std::string password_hash; ///< empty: only a PIN
    std::optional<PinCheck> pin;
};
/// Uses the link: the first administrator, somebody invited, or a new password. Refuses what
/// `use_link` and `add_person` refuse; the first administrator's link is used once anybody is
/// there.
Result<PersonId> join(Transaction& tx, std::string_view code, const Newcomer& who, Instant now);

/// Somebody who has an account takes the role of an invitation. Refuses what `use_link` refuses,
/// and "people.link_unknown" for another kind of link.
Result<void> accept_invitation(Transaction& tx, std::string_view code, PersonId id, Instant now);

/// What became of somebody's wish to sign in.
struct SignedIn {
    SignInVerdict verdict = SignInVerdict::wrong;
    std::string session;  ///< when right: the text of the cookie
    Instant locked_until; ///< when locked
};
/// Judges once more what is in the rows now, counts a wrong try, starts a session for a right one.
/// `hash`: what the password was compared with; another one by now counts as wrong.
SignedIn sign_in(Transaction& tx, const SignIn& given, std::string_view hash, bool password_right,
                 std::string_view browser, Instant now);
/// The session of a cookie's text ends.
void sign_out(Transaction& tx, std::string_view text, Instant now);

/// Counts a wrong password or code and notes it; with the one that makes the account wait, that
/// too.
void note_wrong_secret(Transaction& tx, const Person& somebody, Instant now);
/// Notes it wherever that person has a role, else in the network.
void note_about(Transaction& tx, const Person& about, std::string_view what, PersonId by,
                Instant now);

} // namespace kringwerk::people
