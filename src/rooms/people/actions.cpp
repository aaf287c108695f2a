// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/actions.hpp"

#include "base/words.hpp"
#include "rooms/people/events.hpp"
#include "rooms/people/rights.hpp"

#include <algorithm>
#include <set>

namespace kringwerk::people {
namespace {

bool works_here(const Person& person, std::optional<CentreId> centre) {
    if (centre) return person.has_role_at(*centre);
    return std::any_of(person.roles.begin(), person.roles.end(),
                       [](const RoleHeld& held) { return !held.centre; });
}

/// Somebody who works where the doer is, and whom the doer may change.
Result<Person> manageable(Snapshot& view, const Doer& doer, PersonId id) {
    auto found = person(view, id);
    if (!found || !works_here(*found, doer.centre)) return refuse("people.no_such_person");
    if (!may_manage(doer.caller, *found)) return refuse("people.too_high");
    return *std::move(found);
}

Event event_of(const Doer& doer, std::string_view what, PersonId about,
               std::string_view more = {}) {
    Event event;
    event.centre = doer.centre;
    event.at = doer.now;
    event.what = what;
    event.by = doer.caller.person;
    event.device = doer.caller.device;
    event.about_person = about;
    event.about = more;
    return event;
}

bool is_last_administrator(Snapshot& view, const Person& leaving) {
    const auto holds = [](const Person& person) {
        return std::any_of(person.roles.begin(), person.roles.end(),
                           [](const RoleHeld& held) { return held.role == Role::administrator; });
    };
    if (!holds(leaving)) return false;
    const auto all = people_of_network(view);
    return std::none_of(all.begin(), all.end(), [&](const Person& other) {
        return other.id != leaving.id && !other.blocked_at && holds(other);
    });
}

/// The first administrator, or somebody who was invited, becomes a person with a role.
Result<PersonId> enter(Transaction& tx, const Link& link, const Newcomer& who, Instant now) {
    const auto added = add_person(tx, {who.name, who.email, who.language}, now);
    if (!added) return added;
    const bool first = link.purpose == LinkPurpose::first;
    const RoleHeld role{link.centre, first ? Role::administrator : link.role.value()};
    give_role(tx, *added, role, now);
    return added;
}

void set_secrets(Transaction& tx, PersonId id, const Newcomer& who) {
    if (!who.password_hash.empty()) set_password(tx, id, who.password_hash);
    if (who.pin) set_pin(tx, id, *who.pin);
}

} // namespace

bool may_give(const Caller& caller, const RoleHeld& role) {
    const bool everywhere = !role.centre || is_of_network(role.role);
    Grant own;
    for (const auto& grant : caller.grants) {
        if (everywhere ? grant.centre.has_value() : !grant.holds_at(*role.centre)) continue;
        own.kinds |= grant.kinds;
        own.rights |= grant.rights;
    }
    const auto given = grant_of(role.role, role.centre);
    return (given.kinds & ~own.kinds).none() && (given.rights & ~own.rights).none();
}

bool may_manage(const Caller& caller, const Person& person) {
    return std::all_of(person.roles.begin(), person.roles.end(),
                       [&](const RoleHeld& held) { return may_give(caller, held); });
}

Result<RoleHeld> parse_held(std::string_view code, std::optional<CentreId> centre) {
    const auto role = parse_role(code);
    if (!role || is_of_network(*role) == centre.has_value()) return refuse("people.role_needed");
    return RoleHeld{centre, *role};
}

Result<void> grant_role(Transaction& tx, const Doer& doer, PersonId id, const RoleHeld& role) {
    const auto somebody = person(tx, id);
    if (!somebody || !works_here(*somebody, doer.centre)) return refuse("people.no_such_person");
    if (!may_give(doer.caller, role)) return refuse("people.too_high");
    give_role(tx, id, role, doer.now);
    note(tx, event_of(doer, "role-given", id, code_of(role.role)));
    return {};
}

Result<void> withdraw_role(Transaction& tx, const Doer& doer, PersonId id, const RoleHeld& role) {
    const auto somebody = person(tx, id);
    if (!somebody || !works_here(*somebody, doer.centre)) return refuse("people.no_such_person");
    if (!may_give(doer.caller, role)) return refuse("people.too_high");
    auto taken = take_role(tx, id, role);
    if (taken) note(tx, event_of(doer, "role-taken", id, code_of(role.role)));
    return taken;
}

Result<std::string> invite(Transaction& tx, const Doer& doer, std::string_view name,
                           const RoleHeld& role) {
    if (!may_give(doer.caller, role)) return refuse("people.too_high");
    Link link;
    link.purpose = LinkPurpose::invite;
    link.centre = role.centre;
    link.role = role.role;
    link.name = trimmed(name);
    note(tx, event_of(doer, "invited", {}, code_of(role.role)));
    return make_link(tx, std::move(link), doer.now);
}

Result<void> withdraw_invitation(Transaction& tx, const Doer& doer, std::string_view hash) {
    for (const auto& open : open_links(tx, LinkPurpose::invite, doer.centre, doer.now)) {
        if (hex(open.hash) != hash) continue;
        const auto role = open.link.role.value();
        if (!may_give(doer.caller, {doer.centre, role})) return refuse("people.too_high");
        end_link(tx, open.hash);
        note(tx, event_of(doer, "invite-withdrawn", {}, code_of(role)));
        return {};
    }
    return refuse("people.no_such_invitation");
}

Result<PersonId> add_worker(Transaction& tx, const Doer& doer, std::string_view name,
                            const RoleHeld& role, const std::optional<PinCheck>& pin) {
    if (!may_give(doer.caller, role)) return refuse("people.too_high");
    const auto added = add_person(tx, {std::string(name)}, doer.now);
    if (!added) return added;
    give_role(tx, *added, role, doer.now);
    note(tx, event_of(doer, "joined", *added));
    note(tx, event_of(doer, "role-given", *added, code_of(role.role)));
    if (pin) set_pin(tx, *added, *pin);
    if (pin) note(tx, event_of(doer, "pin-set", *added));
    return added;
}

Result<void> give_pin(Transaction& tx, const Doer& doer, PersonId id, const PinCheck& pin) {
    const auto somebody = manageable(tx, doer, id);
    if (!somebody) return refuse(somebody.error());
    set_pin(tx, id, pin);
    note(tx, event_of(doer, "pin-set", id));
    return {};
}

Result<std::string> offer_reset(Transaction& tx, const Doer& doer, PersonId id) {
    const auto somebody = manageable(tx, doer, id);
    if (!somebody) return refuse(somebody.error());
    if (somebody->email.empty()) return refuse("people.no_mail");
    Link link;
    link.purpose = LinkPurpose::reset;
    link.person = id;
    link.name = somebody->name;
    note(tx, event_of(doer, "reset-offered", id));
    return make_link(tx, std::move(link), doer.now);
}

Result<void> shut_out(Transaction& tx, const Doer& doer, PersonId id) {
    const auto somebody = manageable(tx, doer, id);
    if (!somebody) return refuse(somebody.error());
    if (id == doer.caller.person) return refuse("people.not_yourself");
    if (is_last_administrator(tx, *somebody)) return refuse("people.last_administrator");
    block(tx, id, doer.now);
    note(tx, event_of(doer, "blocked", id));
    return {};
}

Result<void> let_in(Transaction& tx, const Doer& doer, PersonId id) {
    const auto somebody = manageable(tx, doer, id);
    if (!somebody) return refuse(somebody.error());
    unblock(tx, id);
    note(tx, event_of(doer, "unblocked", id));
    return {};
}

Result<PersonId> join(Transaction& tx, std::string_view code, const Newcomer& who, Instant now) {
    const auto link = use_link(tx, code, now);
    if (!link) return refuse(link.error());
    const bool known = link->person.value != 0;
    if (link->purpose == LinkPurpose::device) return refuse("people.link_unknown");
    if (link->purpose == LinkPurpose::first && !known && anybody(tx)) {
        return refuse("people.link_used");
    }
    const auto id = known ? Result<PersonId>(link->person) : enter(tx, *link, who, now);
    if (!id) return id;
    const auto before = person(tx, *id);
    if (!before || before->blocked_at) return refuse("people.link_over");
    if (known) end_sessions(tx, *id, now); // whoever knew the old password is out
    set_secrets(tx, *id, who);
    const bool reset = link->purpose == LinkPurpose::reset;
    note_about(tx, *before, reset ? "password-reset" : "joined", *id, now);
    return id;
}

Result<void> accept_invitation(Transaction& tx, std::string_view code, PersonId id, Instant now) {
    const auto link = use_link(tx, code, now);
    if (!link) return refuse(link.error());
    if (link->purpose != LinkPurpose::invite || !person(tx, id)) {
        return refuse("people.link_unknown");
    }
    give_role(tx, id, {link->centre, link->role.value()}, now);
    note(tx, {link->centre, now, "joined", id, 0, id});
    return {};
}

void note_about(Transaction& tx, const Person& about, std::string_view what, PersonId by,
                Instant now) {
    std::set<std::optional<CentreId>> places;
    for (const auto& held : about.roles) places.insert(held.centre);
    if (places.empty()) places.insert(std::nullopt);
    for (const auto& centre : places) note(tx, {centre, now, std::string(what), by, 0, about.id});
}

SignedIn sign_in(Transaction& tx, const SignIn& given, std::string_view hash, bool password_right,
                 std::string_view browser, Instant now) {
    const auto somebody = person_by_email(tx, given.email);
    const bool right = password_right && somebody && somebody->password == hash;
    SignedIn done;
    done.verdict = judge(somebody, right, given, now);
    if (!somebody || somebody->blocked_at) return done;
    switch (done.verdict) {
    case SignInVerdict::right: {
        const auto step =
            totp_step(somebody->totp_secret, given.code, now, somebody->totp_step).value_or(0);
        note_right(tx, *somebody, somebody->totp_on ? step : 0);
        done.session = start_session(tx, somebody->id, browser, now);
        note_about(tx, *somebody, "signed-in", somebody->id, now);
        break;
    }
    case SignInVerdict::wrong:
    case SignInVerdict::code_wrong:
        note_wrong_secret(tx, *somebody, now);
        break;
    case SignInVerdict::locked:
        done.locked_until = somebody->locked_until;
        break;
    case SignInVerdict::code_needed:
        break;
    }
    return done;
}

void sign_out(Transaction& tx, std::string_view text, Instant now) {
    const auto session = session_of(tx, text, now);
    if (!session) return;
    end_session(tx, session->person, session->session, now);
    if (const auto somebody = person(tx, session->person)) {
        note_about(tx, *somebody, "signed-out", somebody->id, now);
    }
}

void note_wrong_secret(Transaction& tx, const Person& somebody, Instant now) {
    note_failed(tx, somebody, now);
    note_about(tx, somebody, "sign-in-failed", {}, now);
    const auto after = person(tx, somebody.id);
    if (after && after->locked_until > now) note_about(tx, somebody, "locked", {}, now);
}

} // namespace kringwerk::people
