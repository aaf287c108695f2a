// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/own_categories.hpp"

#include "platform/store/sqlite.hpp"
#include "rooms/people/pages_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::network;

namespace {

struct OwnCategories {
    people::testing::House house;
    Day today = local_day(house.now);
    Day tomorrow = day_after(today);
    ledger::Key toys = *ledger::parse_key(ledger::Book::goods, "toys");

    Result<ledger::CategoryId> add(const CategoryNames& names, Day from) {
        return house.store
            ->write([&](Transaction& tx) { return add_category(tx, toys, names, from, house.now); })
            .get();
    }
    std::string rename(ledger::CategoryId id, const CategoryNames& names, Day from) {
        const auto done = house.store
                              ->write([&](Transaction& tx) {
                                  return rename_category(tx, id, names, from, house.now);
                              })
                              .get();
        return done ? "fine" : done.error().code;
    }
    std::string offer(ledger::CategoryId id, Offer offer, Day from) {
        const auto done =
            house.store
                ->write([&](Transaction& tx) { return set_offer(tx, id, offer, from, house.now); })
                .get();
        return done ? "fine" : done.error().code;
    }
    std::string name(ledger::CategoryId id, Day day) {
        const auto names =
            house.store->read([&](Snapshot& view) { return names_on(view, id, day); });
        return names ? names->nl + " / " + names->en : "-";
    }
    bool is_offered(ledger::CategoryId id, Day day) {
        const auto offered =
            house.store->read([&](Snapshot& view) { return offered_on(view, toys, day); });
        for (const auto& category : offered) {
            if (category.id == id) return true;
        }
        return false;
    }
};

const CategoryNames kites{"Vlieger", "Kite"};
const CategoryNames dragons{"Vliegers en draken", "Kites and dragons"};
constexpr ledger::CategoryId jigsaw{602};

} // namespace

TEST_CASE_FIXTURE(OwnCategories, "a network adds categories below a stream, from 10000 on") {
    const auto first = add(kites, today);
    REQUIRE(first);
    CHECK(first->value == first_own_category);
    const auto second = add({"Jojo", "Yo-yo"}, tomorrow);
    REQUIRE(second);
    CHECK(second->value == first_own_category + 1);
    CHECK(is_offered(*first, today));
    CHECK_FALSE(is_offered(*second, today));
    CHECK(is_offered(*second, tomorrow));
    CHECK(name(*second, today) == "-");
    CHECK(name(*second, tomorrow) == "Jojo / Yo-yo");
    const auto all = house.store->read([&](Snapshot& view) { return categories_on(view, today); });
    CHECK(all.back().id == *first);
    CHECK(all.back().stream == toys);
    CHECK(all.back().built_in == nullptr);
    CHECK(all.front().built_in->number == 1);
}

TEST_CASE_FIXTURE(OwnCategories, "a new name holds from its day on, and the old one stays before") {
    const auto kite = add(kites, today).value();
    CHECK(rename(kite, dragons, tomorrow) == "fine");
    CHECK(name(kite, today) == "Vlieger / Kite");
    CHECK(name(kite, tomorrow) == "Vliegers en draken / Kites and dragons");
    CHECK(rename(jigsaw, {"Puzzel", "Puzzle"}, today) == "fine");
    CHECK(name(jigsaw, {today.number - 1}) == "Legpuzzel / Jigsaw puzzle");
    CHECK(name(jigsaw, today) == "Puzzel / Puzzle");
}

TEST_CASE_FIXTURE(OwnCategories, "one category alone is the same as it is among all") {
    const auto kite = add(kites, tomorrow).value();
    CHECK(offer(jigsaw, Offer::retired, today) == "fine");
    const auto compare = [&](Snapshot& view) {
        CHECK_FALSE(category_on(view, kite, today));
        CHECK_FALSE(category_on(view, {10'001}, tomorrow));
        for (const auto& one : categories_on(view, tomorrow)) {
            const auto alone = category_on(view, one.id, tomorrow);
            REQUIRE(alone);
            CHECK(alone->stream == one.stream);
            CHECK(alone->names == one.names);
            CHECK(alone->offered == one.offered);
            CHECK(alone->built_in == one.built_in);
        }
        const auto changes = category_history(view, jigsaw);
        REQUIRE(changes.size() == 2);
        CHECK(changes.front().offered == false);
        CHECK(changes.back().names->en == "Jigsaw puzzle");
        return 0;
    };
    house.store->read(compare);
}

TEST_CASE_FIXTURE(OwnCategories, "a slip in a name is set right on the day itself") {
    const auto kite = add({"Vleiger", "Kite"}, today).value();
    CHECK(rename(kite, kites, today) == "fine");
    CHECK(name(kite, today) == "Vlieger / Kite");
}

TEST_CASE_FIXTURE(OwnCategories, "a retired category is not offered any more and keeps its name") {
    const auto kite = add(kites, today).value();
    CHECK(offer(kite, Offer::retired, tomorrow) == "fine");
    CHECK(is_offered(kite, today));
    CHECK_FALSE(is_offered(kite, tomorrow));
    CHECK(name(kite, tomorrow) == "Vlieger / Kite");
    CHECK(offer(kite, Offer::offered, day_after(today, 2)) == "fine");
    CHECK(is_offered(kite, day_after(today, 2)));
    CHECK(offer(jigsaw, Offer::retired, today) == "fine");
    CHECK_FALSE(is_offered(jigsaw, today));
    CHECK(name(jigsaw, today) == "Legpuzzel / Jigsaw puzzle");
}

TEST_CASE_FIXTURE(OwnCategories, "two categories that a stream offers never have the same name") {
    CHECK(add({"LEGPUZZEL", "Picture"}, today).error().code == "network.category_name_taken");
    CHECK(add({"Plaat", "jigsaw puzzle"}, today).error().code == "network.category_name_taken");
    const auto kite = add(kites, today).value();
    CHECK(rename(jigsaw, kites, today) == "network.category_name_taken");
    CHECK(rename(kite, kites, tomorrow) == "fine");
    CHECK(offer(kite, Offer::retired, tomorrow) == "fine");
    CHECK(add(kites, tomorrow));
    CHECK(offer(kite, Offer::offered, tomorrow) == "network.category_name_taken");
}

TEST_CASE_FIXTURE(OwnCategories, "what is not there or has been cannot be changed") {
    CHECK(rename({10'000}, kites, today) == "network.no_such_category");
    CHECK(rename({99}, kites, today) == "network.no_such_category");
    CHECK(offer({0}, Offer::retired, today) == "network.no_such_category");
    CHECK(name({0}, today) == "-");
    CHECK(name({99}, today) == "-");
    const auto later = add(kites, tomorrow).value();
    CHECK(rename(later, dragons, today) == "network.no_such_category");
    const Day yesterday{today.number - 1};
    CHECK(rename(jigsaw, kites, yesterday) == "network.category_day_past");
    CHECK(offer(jigsaw, Offer::retired, yesterday) == "network.category_day_past");
    toys = ledger::mixed;
    CHECK(add(dragons, today).error().code == "network.category_needs_stream");
    toys = *ledger::parse_key(ledger::Book::money, "cash");
    CHECK(add(dragons, today).error().code == "network.category_needs_stream");
}

TEST_CASE("names are read from what was typed, and all that is wrong is named at once") {
    CHECK(parse_category_names(" Vlieger ", "Kite").value() == kites);
    const auto refused = parse_category_names("  ", std::string(121, 'x'));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "network.wrong_fields");
    REQUIRE(refused.error().fields.size() == 2);
    CHECK(refused.error().fields[0].field == "name_nl");
    CHECK(refused.error().fields[0].code == "network.category_name_needed");
    CHECK(refused.error().fields[1].field == "name_en");
    CHECK(refused.error().fields[1].code == "network.name_too_long");
}

TEST_CASE_FIXTURE(OwnCategories, "the database itself keeps categories and their names") {
    if (kringwerk::testing::on_postgres()) return; // there, rights keep them
    REQUIRE(add(kites, today));
    house.store.reset();
    sqlite::SqliteConnection hand(house.folder / "kringwerk.sqlite", sqlite::Access::write, true);
    CHECK_THROWS(hand.run("DELETE FROM network_category_name"));
    CHECK_THROWS(hand.run("DELETE FROM network_category"));
    CHECK_THROWS(hand.run("INSERT INTO network_category VALUES (9999, 1, 0)"));
}
