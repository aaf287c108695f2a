// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/people/actions.hpp"
#include "rooms/people/devices.hpp"
#include "rooms/people/events.hpp"
#include "rooms/people/pages_testing.hpp"

/// What the tests of this room's own pages share: people with a password, and their browsers.
namespace kringwerk::people::testing {

inline constexpr CentreId zutphen{3};
inline constexpr CentreId lochem{4};
inline constexpr std::string_view good_password = "drie natte paarden";

struct Town {
    House house;
    http::Router router{page_routes(house.desk())};

    template <class Function> auto write(Function function) {
        return house.store->write(std::move(function)).get();
    }
    template <class Function> auto read(Function function) {
        return house.store->read(std::move(function));
    }
    PersonId somebody(std::string name, std::string email, std::vector<RoleHeld> roles) {
        const auto id = write([&](Transaction& tx) {
            const auto added = add_person(tx, {name, email}, house.now).value();
            static const auto hash = hash_password(good_password);
            if (!email.empty()) set_password(tx, added, hash);
            return added;
        });
        for (const auto& role : roles) give(id, role);
        return id;
    }
    void give(PersonId id, const RoleHeld& role) {
        write([&](Transaction& tx) {
            give_role(tx, id, role, house.now);
            return 0;
        });
    }
    Person person_now(PersonId id) {
        return read([&](Snapshot& view) { return person(view, id).value(); });
    }
    /// The browser of somebody who is signed in.
    Visitor browser_of(PersonId id) {
        Visitor visitor{router, house.now};
        visitor.token = write(
            [&](Transaction& tx) { return start_session(tx, id, "Firefox/1 Linux", house.now); });
        return visitor;
    }
    Visitor stranger() { return {router, house.now}; }
    std::vector<std::string> trail(std::optional<CentreId> centre) {
        std::vector<std::string> whats;
        for (const auto& event : read([&](Snapshot& view) { return events(view, centre, 100); })) {
            whats.push_back(event.what);
        }
        return whats;
    }
};

/// The first text in a page that begins so and goes on with digits and letters: "kwl_…".
inline std::string code_in(const http::Response& answer, std::string_view prefix) {
    const auto from = answer.body.find(prefix);
    if (from == answer.body.npos) return {};
    const auto to = answer.body.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789", from);
    return answer.body.substr(from, to - from);
}

/// The value of a cookie that an answer sets; empty: it does not.
inline std::string cookie_of(const http::Response& answer, std::string_view name) {
    const auto set = header_of(answer, "Set-Cookie");
    if (!set.starts_with(std::string(name) + "=")) return {};
    return set.substr(name.size() + 1, set.find(';') - name.size() - 1);
}

} // namespace kringwerk::people::testing
