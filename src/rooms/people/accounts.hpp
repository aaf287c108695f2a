// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"
#include "platform/store/store.hpp"
#include "rooms/people/secrets.hpp"
#include "rooms/people/types.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// People with an account, and their roles. Names and addresses stand here and nowhere else.
namespace kringwerk::people {

struct RoleHeld {
    std::optional<CentreId> centre; ///< nothing: in the network
    Role role = Role::volunteer;
};

struct Person {
    PersonId id;
    std::string name;
    std::string email; ///< empty: works with a PIN at a shared device only
    Language language = Language::nl;
    std::string password; ///< Argon2id text; empty: none yet
    std::string totp_secret;
    bool totp_on = false;
    std::int64_t totp_step = 0;
    std::optional<PinCheck> pin;
    int failed = 0;
    Instant locked_until;
    Digest secret{};
    Instant made_at;
    std::optional<Instant> blocked_at;
    std::vector<RoleHeld> roles; ///< in the order of reference/rights.csv

    bool has_role_at(CentreId centre) const;
};

std::optional<Person> person(Snapshot& view, PersonId id);
std::optional<Person> person_by_email(Snapshot& view, std::string_view email);
/// Those with a role at that centre, by name; blocked ones too.
std::vector<Person> people_of_centre(Snapshot& view, CentreId centre);
/// Those with a role in the network.
std::vector<Person> people_of_network(Snapshot& view);
bool anybody(Snapshot& view);

/// Who that is as a caller, with what each role allows.
Caller caller_for(const Person& person);

struct NewPerson {
    std::string name;
    std::string email = {};
    Language language = Language::nl;
};
/// Refuses "people.name_needed", "people.name_long".
Result<void> check_name(std::string_view name);
/// Refuses "fields.wrong" with field "name" ("people.name_needed", "people.name_long") or "email"
/// ("people.email_shape", "people.email_taken").
Result<PersonId> add_person(Transaction& tx, const NewPerson& wanted, Instant now);
/// A mail address as it is compared: without blanks, in lower case; nothing when it cannot be one.
std::optional<std::string> parse_email(std::string_view text);

/// The same role twice changes nothing. A role of the network is held in the network, whatever
/// centre stands beside it.
void give_role(Transaction& tx, PersonId person, const RoleHeld& role, Instant now);
/// Refuses "people.last_administrator": somebody must keep the keys.
Result<void> take_role(Transaction& tx, PersonId person, const RoleHeld& role);
void rename_person(Transaction& tx, PersonId person, std::string_view name);
void set_password(Transaction& tx, PersonId person, std::string_view hash);
void set_pin(Transaction& tx, PersonId person, const PinCheck& pin);
/// A secret that is tried out first (`on` false), then counts.
void set_totp(Transaction& tx, PersonId person, std::string_view secret, bool on);
void block(Transaction& tx, PersonId person, Instant now); ///< ends their sessions too
void unblock(Transaction& tx, PersonId person);            ///< and forgets wrong passwords

/// Counts a wrong password. From the fifth in a row on the account waits: a minute, then twice as
/// long each time, at most an hour.
void note_failed(Transaction& tx, const Person& person, Instant now);
void note_right(Transaction& tx, const Person& person, std::int64_t totp_step);

} // namespace kringwerk::people
