// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/accounts.hpp"

#include "base/words.hpp"
#include "rooms/people/queries.hpp"
#include "rooms/people/rights.hpp"

#include <algorithm>

namespace kringwerk::people {
namespace {

Person read_person(Row row) {
    Person read;
    read.id = {row.integer(0)};
    read.name = row.text(1);
    if (!row.null(2)) read.email = row.text(2);
    read.language = row.text(3) == "en" ? Language::en : Language::nl;
    if (!row.null(4)) read.password = row.text(4);
    if (!row.null(5)) read.totp_secret = row.text(5);
    read.totp_on = row.integer(6) != 0;
    read.totp_step = row.integer(7);
    if (!row.null(8)) {
        PinCheck pin;
        const auto salt = row.text(8);
        std::copy_n(salt.begin(), std::min(salt.size(), pin.salt.size()), pin.salt.begin());
        pin.hash = row.digest(9);
        read.pin = pin;
    }
    read.failed = static_cast<int>(row.integer(10));
    read.locked_until = row.instant(11);
    read.secret = row.digest(12);
    read.made_at = row.instant(13);
    if (!row.null(14)) read.blocked_at = row.instant(14);
    return read;
}

std::size_t place_of(Role role) {
    std::size_t place = 0;
    for (const auto& row : roles_of_people()) {
        if (row.role == role) return place;
        ++place;
    }
    return place;
}

void add_roles(Snapshot& view, Person& person) {
    for (const auto row : view.rows(sql::roles_of_person, person.id)) {
        RoleHeld held{std::nullopt, static_cast<Role>(row.integer(1))};
        if (row.integer(0) != 0) held.centre = row.id<Centre>(0);
        person.roles.push_back(held);
    }
    std::stable_sort(person.roles.begin(), person.roles.end(),
                     [](const RoleHeld& left, const RoleHeld& right) {
                         return place_of(left.role) < place_of(right.role);
                     });
}

template <class... With>
std::optional<Person> one(Snapshot& view, const Query& query, const With&... with) {
    auto found = view.first(query, read_person, with...);
    if (found) add_roles(view, *found);
    return found;
}

std::vector<Person> with_role_at(Snapshot& view, std::int64_t centre) {
    std::vector<Person> found;
    for (const auto row : view.rows(sql::people_with_role_at, centre)) {
        found.push_back(read_person(row));
    }
    for (auto& each : found) add_roles(view, each);
    return found;
}

/// A role of the network is held in the network, whatever centre somebody names beside it.
std::int64_t where_held(const RoleHeld& role) {
    return role.centre && !is_of_network(role.role) ? role.centre->value : 0;
}

} // namespace

bool Person::has_role_at(CentreId centre) const {
    return std::any_of(roles.begin(), roles.end(), [&](const RoleHeld& held) {
        return !held.centre || *held.centre == centre;
    });
}

std::optional<Person> person(Snapshot& view, PersonId id) {
    return one(view, sql::person_by_number, id);
}

std::optional<Person> person_by_email(Snapshot& view, std::string_view email) {
    const auto parsed = parse_email(email);
    return parsed ? one(view, sql::person_by_email, *parsed) : std::nullopt;
}

std::vector<Person> people_of_centre(Snapshot& view, CentreId centre) {
    return with_role_at(view, centre.value);
}

std::vector<Person> people_of_network(Snapshot& view) { return with_role_at(view, 0); }

bool anybody(Snapshot& view) { return view.number(sql::newest_person).value_or(0) > 0; }

Caller caller_for(const Person& person) {
    Caller caller;
    caller.name = person.name;
    caller.person = person.id;
    caller.secret = person.secret;
    for (const auto& held : person.roles) caller.grants.push_back(grant_of(held.role, held.centre));
    return caller;
}

std::optional<std::string> parse_email(std::string_view text) {
    auto email = lower(trimmed(text));
    const auto at = email.find('@');
    const bool shaped =
        at != email.npos && at > 0 && email.find('@', at + 1) == email.npos &&
        email.find('.', at + 2) != email.npos && email.back() != '.' && email.size() <= 254 &&
        std::none_of(email.begin(), email.end(), [](char sign) {
            return static_cast<unsigned char>(sign) <= ' ' || sign == ',' || sign == ';';
        });
    return shaped ? std::optional(std::move(email)) : std::nullopt;
}

Result<void> check_name(std::string_view name) {
    constexpr std::size_t longest = 80;
    if (trimmed(name).empty()) return refuse("people.name_needed");
    if (trimmed(name).size() > longest) return refuse("people.name_long");
    return {};
}

Result<PersonId> add_person(Transaction& tx, const NewPerson& wanted, Instant now) {
    Refusal wrong{"fields.wrong", {}, {}};
    const auto name = trimmed(wanted.name);
    if (const auto fine = check_name(name); !fine) {
        wrong.fields.push_back({"name", fine.error().code, {}});
    }
    const auto email = parse_email(wanted.email);
    if (!trimmed(wanted.email).empty()) {
        if (!email) {
            wrong.fields.push_back({"email", "people.email_shape", {}});
        } else if (person_by_email(tx, *email)) {
            wrong.fields.push_back({"email", "people.email_taken", {}});
        }
    }
    if (!wrong.fields.empty()) return refuse(std::move(wrong));
    const PersonId id{tx.number(sql::newest_person).value_or(0) + 1};
    tx.run(sql::insert_person, id, name, email, code_of(wanted.language),
           bytes_of(random_bytes(32)), now);
    return id;
}

void give_role(Transaction& tx, PersonId person, const RoleHeld& role, Instant now) {
    tx.run(sql::insert_role, where_held(role), person, static_cast<int>(role.role), now);
}

Result<void> take_role(Transaction& tx, PersonId person, const RoleHeld& role) {
    const auto number = static_cast<int>(role.role);
    if (role.role == Role::administrator) {
        const auto others = tx.number(sql::others_with_role, number, person).value_or(0);
        if (others == 0) return refuse("people.last_administrator");
    }
    tx.run(sql::delete_role, where_held(role), person, number);
    return {};
}

void rename_person(Transaction& tx, PersonId person, std::string_view name) {
    tx.run(sql::rename_person, person, trimmed(name));
}

void set_password(Transaction& tx, PersonId person, std::string_view hash) {
    tx.run(sql::set_password, person, hash);
}

void set_pin(Transaction& tx, PersonId person, const PinCheck& pin) {
    tx.run(sql::set_pin, person, std::span<const std::uint8_t>(pin.salt), pin.hash);
}

void set_totp(Transaction& tx, PersonId person, std::string_view secret, bool on) {
    if (secret.empty()) {
        tx.run(sql::set_totp, person, std::nullopt, 0);
    } else {
        tx.run(sql::set_totp, person, bytes_of(secret), on ? 1 : 0);
    }
}

void block(Transaction& tx, PersonId person, Instant now) {
    tx.run(sql::block_person, person, now);
    tx.run(sql::end_sessions_of_person, person, now);
}

void unblock(Transaction& tx, PersonId person) { tx.run(sql::unblock_person, person); }

void note_failed(Transaction& tx, const Person& person, Instant now) {
    constexpr int free_tries = 4;
    constexpr std::int64_t minute = 60'000;
    const int failed = person.failed + 1;
    const int doublings = std::min(failed - free_tries - 1, 6);
    const auto wait = failed > free_tries ? std::min(minute << doublings, 60 * minute) : 0;
    tx.run(sql::note_failed, person.id, failed, Instant{wait > 0 ? now.ms + wait : 0});
}

void note_right(Transaction& tx, const Person& person, std::int64_t totp_step) {
    tx.run(sql::note_right, person.id, std::max(totp_step, person.totp_step));
}

} // namespace kringwerk::people
