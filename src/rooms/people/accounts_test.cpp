// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/accounts.hpp"

#include "base/embedded.hpp"
#include "rooms/people/devices.hpp"
#include "rooms/people/events.hpp"
#include "rooms/people/links.hpp"
#include "rooms/people/pages_testing.hpp"
#include "rooms/people/rights.hpp"
#include "rooms/people/secret_pool.hpp"
#include "rooms/people/sessions.hpp"

using namespace kringwerk;
using namespace kringwerk::people;
using kringwerk::people::testing::House;

namespace {

constexpr CentreId here{3};
constexpr CentreId there{4};

template <class Function> auto write(House& house, Function function) {
    return house.store->write(std::move(function)).get();
}

PersonId somebody(House& house, std::string name, std::string email = {}) {
    const auto made = write(house, [&](Transaction& tx) {
        return add_person(tx, {std::move(name), std::move(email), Language::nl}, house.now);
    });
    REQUIRE(made);
    return *made;
}

Person read(House& house, PersonId id) {
    const auto found = house.store->read([&](Snapshot& view) { return person(view, id); });
    REQUIRE(found);
    return *found;
}

template <class T> std::string code(const Result<T>& result) {
    if (result) return "fine";
    return result.error().fields.empty() ? result.error().code : result.error().fields[0].code;
}

std::string rights_file(std::string_view from, std::string_view to) {
    std::string text(embedded_or_bug("reference/rights.csv"));
    const auto at = text.find(from);
    REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
}

std::string verdict(std::string_view from, std::string_view to) {
    return code(
        parse_rights("r.csv", rights_file(from, to), embedded_or_bug("reference/kinds.csv")));
}

} // namespace

TEST_CASE("a role of a centre holds there, a role of the network everywhere") {
    House house;
    const auto id = somebody(house, "Mara");
    for (const auto& role : {RoleHeld{here, Role::lead}, RoleHeld{there, Role::volunteer}}) {
        write(house, [&](Transaction& tx) {
            give_role(tx, id, role, house.now);
            return 0;
        });
    }
    auto caller = caller_for(read(house, id));
    CHECK(caller.may(Right::close_day, here));
    CHECK_FALSE(caller.may(Right::close_day, there));
    CHECK(caller.may(Right::gate, there));
    CHECK_FALSE(caller.works_for({5}));
    CHECK_FALSE(caller.may_in_network(Right::read));
    CHECK(caller.role_at(here) == Role::lead);
    CHECK(caller.role_at(there) == Role::volunteer);

    write(house, [&](Transaction& tx) {
        give_role(tx, id, {here, Role::auditor}, house.now); // of the network, whatever is said
        return 0;
    });
    caller = caller_for(read(house, id));
    CHECK(caller.may(Right::read, {5}));
    CHECK_FALSE(caller.may(Right::gate, {5}));
    CHECK(caller.may_in_network(Right::see_audit));
    CHECK(house.store->read([](Snapshot& view) { return people_of_network(view).size(); }) == 1);

    const auto taken = write(house, [&](Transaction& tx) {
        return take_role(tx, id, {here, Role::auditor});
    });
    CHECK(taken);
    CHECK_FALSE(caller_for(read(house, id)).may_in_network(Right::see_audit));
}

TEST_CASE("nobody holds the right to post raw movements by a role") {
    for (const auto& row : roles_of_people()) {
        CHECK_FALSE(
            grant_of(row.role, here).rights.test(static_cast<std::size_t>(Right::post_movements)));
    }
}

TEST_CASE("the table of rights names each right once, with marks that are crosses") {
    CHECK(verdict("read;x", "read;x") == "fine");
    CHECK(verdict("\ngate;", "\ngates;") == "people.right_unknown");
    CHECK(verdict("\npost:sort;", "\npost:sorts;") == "people.right_unknown");
    CHECK(verdict("\nsorting;", "\ngate;") == "people.right_twice");
    CHECK(verdict("\nread;x", "\nread;y") == "people.right_mark");
    CHECK(verdict("\nround;", "\n#round;") == "people.right_absent");
    CHECK(verdict("right;volunteer", "right;visitor") == "reference.columns");
}

TEST_CASE("the last administrator stays") {
    House house;
    const auto first = somebody(house, "Eén");
    const auto second = somebody(house, "Twee");
    const RoleHeld keys{std::nullopt, Role::administrator};
    write(house, [&](Transaction& tx) {
        give_role(tx, first, keys, house.now);
        return 0;
    });
    const auto take = [&] {
        return code(write(house, [&](Transaction& tx) { return take_role(tx, first, keys); }));
    };
    CHECK(take() == "people.last_administrator");
    write(house, [&](Transaction& tx) {
        give_role(tx, second, keys, house.now);
        block(tx, second, house.now); // who cannot sign in does not count
        return 0;
    });
    CHECK(take() == "people.last_administrator");
    write(house, [&](Transaction& tx) {
        unblock(tx, second);
        return 0;
    });
    CHECK(take() == "fine");
}

TEST_CASE("two people do not share a mail address, in whatever letters") {
    House house;
    somebody(house, "Mara", " Mara@Voorbeeld.NL ");
    const auto add = [&](std::string name, std::string email) {
        return code(write(house, [&](Transaction& tx) {
            return add_person(tx, {name, email, Language::nl}, house.now);
        }));
    };
    CHECK(add("Mara 2", "mara@voorbeeld.nl") == "people.email_taken");
    CHECK(add("", "x@y.nl") == "people.name_needed");
    for (const auto* const wrong : {"mara", "mara@", "@voorbeeld.nl", "a b@c.nl", "a@b", "a@b@c.nl",
                                    "a@b.nl,c@d.nl", "a@b."}) {
        CHECK_MESSAGE(add("M", wrong) == "people.email_shape", wrong);
    }
    CHECK(house.store->read(
        [](Snapshot& view) { return person_by_email(view, "MARA@voorbeeld.nl").has_value(); }));
}

TEST_CASE("from the fifth wrong password on an account waits, twice as long each time") {
    House house;
    const auto id = somebody(house, "Mara", "mara@voorbeeld.nl");
    const auto fail = [&] {
        const auto person = read(house, id);
        write(house, [&](Transaction& tx) {
            note_failed(tx, person, house.now);
            return 0;
        });
        return (read(house, id).locked_until.ms - house.now.ms) / 60'000;
    };
    for (int i = 0; i < 4; ++i) CHECK(fail() < 0);
    CHECK(fail() == 1);
    CHECK(fail() == 2);
    CHECK(fail() == 4);
    for (int i = 0; i < 20; ++i) fail();
    CHECK(fail() == 60);
    const SignIn given{"mara@voorbeeld.nl", "goed", ""};
    CHECK(judge(read(house, id), true, given, house.now) == SignInVerdict::locked);
    const auto person = read(house, id);
    write(house, [&](Transaction& tx) {
        note_right(tx, person, 0);
        return 0;
    });
    CHECK(judge(read(house, id), true, given, house.now) == SignInVerdict::right);
    CHECK(judge(read(house, id), false, given, house.now) == SignInVerdict::wrong);
}

TEST_CASE("a second step works once") {
    House house;
    const auto id = somebody(house, "Mara", "mara@voorbeeld.nl");
    const std::string secret = "12345678901234567890";
    write(house, [&](Transaction& tx) {
        set_totp(tx, id, secret, true);
        return 0;
    });
    const auto step = house.now.ms / 30'000;
    auto number = std::to_string(totp_code(secret, step));
    number.insert(0, 6 - number.size(), '0');
    SignIn given{"mara@voorbeeld.nl", "goed", ""};
    CHECK(judge(read(house, id), true, given, house.now) == SignInVerdict::code_needed);
    given.code = "000000";
    CHECK(judge(read(house, id), true, given, house.now) == SignInVerdict::code_wrong);
    given.code = number;
    CHECK(judge(read(house, id), true, given, house.now) == SignInVerdict::right);
    const auto person = read(house, id);
    write(house, [&](Transaction& tx) {
        note_right(tx, person, step);
        return 0;
    });
    CHECK(judge(read(house, id), true, given, house.now) == SignInVerdict::code_wrong);
}

TEST_CASE("one-time passwords are those of RFC 6238") {
    const std::string secret = "12345678901234567890";
    CHECK(totp_code(secret, 59 / 30) == 287'082);
    CHECK(totp_code(secret, 1'111'111'109 / 30) == 81'804);
    CHECK(totp_code(secret, 1'234'567'890 / 30) == 5'924);
    CHECK(totp_code(secret, 20'000'000'000 / 30) == 353'130);
    CHECK(base32("12345678901234567890") == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    CHECK(base32("f") == "MY");
    CHECK_FALSE(totp_step(secret, "28708", {59'000}, 0));
    CHECK(totp_step(secret, "287 082", {59'000}, 0) == 1);
}

TEST_CASE("passwords are long and not everybody's, PINs are digits that are no row") {
    CHECK(code(check_password("paard fiets")) == "fine");
    CHECK(code(check_password("kort")) == "people.password_short");
    CHECK(code(check_password("éééééé")) == "people.password_short"); // six letters, twelve bytes
    CHECK(code(check_password("Wachtwoord123")) == "people.password_common");
    CHECK(code(check_password("zzzzzzzzzzzz")) == "people.password_common");
    CHECK(code(check_password(std::string(201, 'x') + "y")) == "people.password_long");
    CHECK(code(check_pin("2580")) == "fine");
    for (const auto* const pin : {"258", "25801", "25a0", ""}) {
        CHECK(code(check_pin(pin)) == "people.pin_shape");
    }
    for (const auto* const pin : {"1234", "0000", "9876"}) {
        CHECK(code(check_pin(pin)) == "people.pin_easy");
    }
    const auto hash = hash_password("paard fiets maan");
    CHECK(hash.starts_with("$argon2id$"));
    CHECK(password_is("paard fiets maan", hash));
    CHECK_FALSE(password_is("paard fiets zon", hash));
    CHECK_FALSE(password_is("", ""));
    const auto pin = make_pin("2580");
    CHECK(pin_is("2580", pin));
    CHECK_FALSE(pin_is("2581", pin));
}

TEST_CASE("the pool says busy when too many wait, and finishes what it took") {
    std::optional<SecretPool> pool;
    pool.emplace(1, 2);
    std::mutex gate;
    gate.lock();
    const auto wait = [&] {
        const std::scoped_lock lock(gate);
        return true;
    };
    std::vector<Pending<bool>> taken;
    bool busy = false;
    for (int i = 0; i < 4 && !busy; ++i) { // one at work, two waiting
        try {
            taken.push_back(pool->check(wait));
        } catch (const Busy&) {
            busy = true;
        }
    }
    CHECK(busy);
    gate.unlock();
    for (auto& each : taken) CHECK(each.get());
    CHECK(pool->make([] { return std::string("goed"); }).get() == "goed");
}

TEST_CASE("a session ends after its time, when it is ended, and its text changes") {
    House house;
    const auto id = somebody(house, "Mara", "mara@voorbeeld.nl");
    const auto start = [&] {
        return write(house, [&](Transaction& tx) {
            return start_session(tx, id, "Mozilla/5.0 (X11; Linux) Firefox/130.0", house.now);
        });
    };
    const auto find = [&](const std::string& text, std::int64_t after_ms) {
        return house.store->read(
            [&](Snapshot& view) { return session_of(view, text, {house.now.ms + after_ms}); });
    };
    const auto text = start();
    REQUIRE(find(text, 0));
    CHECK(find(text, 0)->browser == "Firefox, Linux");
    CHECK_FALSE(find(text, session_ms));
    CHECK_FALSE(find("kws_0000", 0));
    CHECK_FALSE(wants_change(*find(text, 0), house.now));

    const Instant later{house.now.ms + session_change_ms};
    REQUIRE(wants_change(*find(text, 0), later));
    const auto changed = write(house, [&](Transaction& tx) {
        return change_session(tx, *session_of(tx, text, later), later);
    });
    CHECK(find(changed, session_change_ms));
    CHECK(find(text, session_change_ms + session_overlap_ms)); // a request that was under way
    CHECK_FALSE(find(text, session_change_ms + session_overlap_ms + 1));

    write(house, [&](Transaction& tx) {
        end_session(tx, id, find(changed, session_change_ms)->session, later);
        return 0;
    });
    CHECK_FALSE(find(changed, session_change_ms));
    const auto other = start();
    write(house, [&](Transaction& tx) {
        block(tx, id, house.now);
        return 0;
    });
    CHECK_FALSE(find(other, 0));
}

TEST_CASE("a link lets somebody in once, and not for ever") {
    House house;
    const auto make = [&](LinkPurpose purpose) {
        return write(house, [&](Transaction& tx) {
            return make_link(tx, {purpose, here, {}, Role::sorter, "Jan", {}}, house.now);
        });
    };
    const auto use = [&](const std::string& text, std::int64_t after_ms) {
        return write(
            house, [&](Transaction& tx) { return use_link(tx, text, {house.now.ms + after_ms}); });
    };
    const auto invitation = make(LinkPurpose::invite);
    CHECK(code(use("kwl_00", 0)) == "people.link_unknown");
    CHECK(code(use(invitation, lives_ms(LinkPurpose::invite))) == "people.link_over");
    const auto used = use(invitation, 1000);
    REQUIRE(used);
    CHECK(used->centre == here);
    CHECK(used->role == Role::sorter);
    CHECK(used->name == "Jan");
    CHECK(code(use(invitation, 2000)) == "people.link_used");
    const auto old = make(LinkPurpose::reset);
    CHECK(code(use(make(LinkPurpose::reset), 0)) == "fine");
    CHECK(code(use(old, 0)) == "people.link_over");
}

TEST_CASE("a device is known by its key, and a wiped or gapped one is noticed") {
    House house;
    const auto key = write(
        house, [&](Transaction& tx) { return add_device(tx, here, "tablet poort 1", house.now); });
    REQUIRE(key);
    const auto device = [&] {
        auto found = house.store->read([&](Snapshot& view) { return device_of(view, *key); });
        REQUIRE(found);
        return *found;
    };
    CHECK(device().device == 1);
    CHECK_FALSE(house.store->read([&](Snapshot& view) { return device_of(view, "kwd_3_00"); }));
    CHECK_FALSE(house.store->read([&](Snapshot& view) { return device_of(view, "kwd_x"); }));
    const auto report = [&](std::string store, std::int64_t highest, std::int64_t fresh) {
        const auto before = device();
        write(house, [&](Transaction& tx) {
            note_device(tx, before, {store, 0, {}, 0, highest, fresh}, house.now);
            return 0;
        });
    };
    report("een", 3, 3);
    CHECK(device().missing() == 0);
    report("een", 6, 2);
    CHECK(device().missing() == 1);
    CHECK_FALSE(device().wiped_at);
    report("twee", 7, 1);
    CHECK(device().wiped_at == house.now);
    const auto rename = [&](std::string name) {
        return code(
            write(house, [&](Transaction& tx) { return rename_device(tx, here, 1, name); }));
    };
    CHECK(rename(" ") == "people.device_name_needed");
    CHECK(rename(" tablet hal ") == "fine");
    CHECK(device().name == "tablet hal");
    CHECK_FALSE(device().blocked_at);
    write(house, [&](Transaction& tx) {
        block_device(tx, here, 1, house.now);
        return 0;
    });
    CHECK(device().blocked_at == house.now);
    CHECK(code(write(house, [&](Transaction& tx) {
              return add_device(tx, here, "  ", house.now);
          })) == "people.device_name_needed");
}

TEST_CASE("what was done with accounts stands in a trail that nobody changes") {
    House house;
    const Event all[] = {{here, house.now, "role-given", {1}, 0, {2}, "sorter"},
                         {std::nullopt, house.now, "signed-in", {1}}};
    for (const auto& event : all) {
        write(house, [&](Transaction& tx) {
            note(tx, event);
            return 0;
        });
    }
    const auto of_centre = house.store->read([](Snapshot& view) { return events(view, here, 10); });
    REQUIRE(of_centre.size() == 1);
    CHECK(of_centre[0].what == "role-given");
    CHECK(of_centre[0].about_person == PersonId{2});
}
