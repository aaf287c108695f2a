// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/books_testing.hpp"

#include <doctest/doctest.h>

using namespace kringwerk;
using namespace kringwerk::ledger;
using namespace kringwerk::ledger::testing;
using enum Place;

namespace {

Draft weigh_in(Books& books, std::string_view when, std::int64_t grams = 1'000) {
    return books.draft("weigh-in", when, {goods(donated, sorting, grams)});
}

std::string refusal(const Result<Posted>& posted) {
    if (posted) return "booked";
    for (const auto language : {Language::nl, Language::en}) {
        const auto code = "refusal." + posted.error().code;
        CHECK_MESSAGE(Texts::built_in().has(language, code), code);
    }
    return posted.error().code;
}

const ItemId lamp = make_item({3}, 12);

ItemId issue_item(Books& books) {
    return books.store()
        .write([&](Transaction& tx) {
            const auto caller = everybody();
            Posting posting(tx, caller, at("2027-03-12T12:00:00Z"));
            const auto issued = posting.issue_item(books.centre);
            posting.finish();
            return issued;
        })
        .get();
}

} // namespace

TEST_CASE("the same id with the same content answers as the first time and counts once") {
    Books books;
    const auto draft = weigh_in(books, "2027-03-12T10:00:00Z");
    const auto first = books.book(draft);
    CHECK_FALSE(first.repeated);
    CHECK(first.sequence == 1);
    books.book(weigh_in(books, "2027-03-12T11:00:00Z"));
    const auto again = books.book(draft, at("2027-09-01T10:00:00Z"));
    CHECK(again.repeated);
    CHECK(again.sequence == first.sequence);
    CHECK(again.hash == first.hash);
    CHECK(again.effective_on == first.effective_on);
    CHECK(books.balance(sorting, stream("furniture")).grams == Grams{2'000});
    CHECK_FALSE(books.verify().wrong);
}

TEST_CASE("a repeat is known by its content alone, also what was late, odd or a reversal") {
    Books books;
    const auto original = weigh_in(books, "2027-02-12T10:00:00Z");
    const auto booked = books.book(original);
    const auto closing = books.closing("2027-02", "2027-03-01T10:00:00Z");
    CHECK(books.book(closing).sequence == 2);
    CHECK(books.book(closing).repeated);
    const auto reversal = books.reversal(booked.id, "2027-03-02T10:00:00Z");
    const auto undone = books.book(reversal);
    CHECK(undone.late);
    CHECK(books.book(reversal).repeated);
    CHECK(books.book(reversal).late);
    const auto odd = books.draft("sell", "2027-03-03T10:00:00Z", {known_thing(shop, sold, lamp)});
    CHECK(books.book(odd).oddity == Oddity::contradiction);
    CHECK(books.book(odd).oddity == Oddity::contradiction);
    CHECK(books.book(odd).repeated);
}

TEST_CASE("the same id with other content is refused, whatever differs") {
    Books books;
    auto draft = weigh_in(books, "2027-03-12T10:00:00Z");
    draft.note = sha256("a note");
    books.book(draft);
    const std::vector<std::function<void(Draft&)>> changes{
        [](Draft& other) { other.happened_at.ms += 1; },
        [](Draft& other) { other.reason = *parse_reason("counted"); },
        [](Draft& other) { other.note = sha256("another"); },
        [](Draft& other) { other.note.reset(); },
        [](Draft& other) { other.receipt = sha256("a receipt"); },
        [](Draft& other) {
            other.reference = Reference{{4}, id_of(1)};
        },
        [](Draft& other) { other.transfers[0].amounts.grams = {1'001}; },
        [](Draft& other) { other.transfers[0].category = {3}; },
        [](Draft& other) { other.transfers[0].batch = {id_of(4).bytes}; },
        [](Draft& other) { other.transfers.push_back(other.transfers[0]); },
    };
    for (const auto& change : changes) {
        auto other = draft;
        change(other);
        CHECK(refusal(books.post(other)) == "ledger.id_reused");
    }
    CHECK(books.book(draft).repeated);
    CHECK(books.verify().replayed.movements == 1);
}

TEST_CASE("the same id in another centre is another movement") {
    Books books;
    auto draft = weigh_in(books, "2027-03-12T10:00:00Z");
    books.book(draft);
    draft.centre = {4};
    CHECK(books.book(draft).sequence == 1);
    CHECK(books.verify().replayed.centres == 2);
}

TEST_CASE("a reversal undoes a movement once, on the day of its original") {
    Books books;
    const auto wrong = books.book(weigh_in(books, "2027-03-12T10:00:00Z"));
    CHECK(refusal(books.post(books.reversal(id_of(999), "2027-03-14T10:00:00Z"))) ==
          "ledger.nothing_to_reverse");
    const auto reversal = books.book(books.reversal(wrong.id, "2027-03-14T10:00:00Z"));
    CHECK(format_day(reversal.effective_on) == "2027-03-12");
    CHECK_FALSE(reversal.late);
    CHECK(refusal(books.post(books.reversal(wrong.id, "2027-03-15T10:00:00Z"))) ==
          "ledger.already_reversed");
    CHECK(refusal(books.post(books.reversal(reversal.id, "2027-03-15T10:00:00Z"))) ==
          "ledger.reverses_reversal");
    const auto closing = books.book(books.closing("2027-02", "2027-03-15T10:00:00Z"));
    CHECK(refusal(books.post(books.reversal(closing.id, "2027-03-15T10:00:00Z"))) ==
          "ledger.reverses_reversal");
    CHECK(books.balance(sorting, stream("furniture")) == Amounts{});
    const auto found =
        books.read([&](Snapshot& view) { return reversal_of(view, books.centre, wrong.id); });
    REQUIRE(found);
    CHECK(found->id == reversal.id);
    CHECK_FALSE(books.verify().wrong);
}

TEST_CASE("who listens to reversals hears of each once, inside its transaction") {
    Books books;
    const auto wrong = books.book(weigh_in(books, "2027-03-12T10:00:00Z"));
    const auto reversal = books.reversal(wrong.id, "2027-03-14T10:00:00Z");
    std::vector<std::pair<MovementId, MovementId>> heard;
    const OnReversal listen = [&](Transaction&, const Movement& original, const Movement& undoing) {
        heard.emplace_back(original.id, undoing.id);
    };
    for (int i = 0; i < 2; ++i) {
        const auto posted =
            books.store()
                .write([&](Transaction& tx) {
                    return post(tx, reversal, everybody(), reversal.happened_at, &listen);
                })
                .get();
        CHECK(posted);
    }
    CHECK(heard == std::vector{std::pair{wrong.id, reversal.id}});
}

TEST_CASE("what comes for a closed month counts on the first open day and says so") {
    Books books;
    books.book(weigh_in(books, "2027-02-10T10:00:00Z"));
    CHECK(refusal(books.post(books.closing("2027-03", "2027-03-05T10:00:00Z"))) ==
          "ledger.month_not_over");
    books.book(books.closing("2027-02", "2027-03-05T10:00:00Z"));
    CHECK(refusal(books.post(books.closing("2027-02", "2027-03-06T10:00:00Z"))) ==
          "ledger.month_closed_already");
    CHECK(refusal(books.post(books.closing("2027-01", "2027-03-06T10:00:00Z"))) ==
          "ledger.month_closed_already");
    const auto late_one =
        books.book(weigh_in(books, "2027-02-11T10:00:00Z", 300), at("2027-03-08T10:00:00Z"));
    CHECK(late_one.late);
    CHECK(format_day(late_one.effective_on) == "2027-03-01");
    const auto on_time =
        books.book(weigh_in(books, "2027-03-02T10:00:00Z"), at("2027-03-08T10:00:00Z"));
    CHECK_FALSE(on_time.late);
    const auto listed = books.read([&](Snapshot& view) { return late(view, books.centre, 10); });
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].id == late_one.id);
    CHECK_FALSE(books.verify().wrong);
}

TEST_CASE("a closing takes the right to close, and one that skips months closes them too") {
    Books books;
    auto caller = everybody();
    caller.grants[0].rights.reset();
    CHECK(refusal(books.post_as(caller, books.closing("2027-02", "2027-03-05T10:00:00Z"))) ==
          "ledger.kind_not_granted");
    books.book(books.closing("2027-02", "2027-03-05T10:00:00Z"));
    const auto old =
        books.book(weigh_in(books, "2026-11-11T10:00:00Z"), at("2027-03-08T10:00:00Z"));
    CHECK(old.late);
    CHECK(books.verify().replayed.movements == 2);
}

TEST_CASE("fifty kilograms sent and forty-eight received show two lost between the pair") {
    Books books;
    const auto day = local_day(at("2027-03-12T10:00:00Z"));
    const auto sent_load =
        books.book(books.draft("send", "2027-03-12T10:00:00Z", {goods(sorting, sent, 50'000)}));
    const auto list = [&] {
        return books.read([&](Snapshot& view) { return transits(view, books.centre, day, day); });
    };
    REQUIRE(list().size() == 1);
    CHECK_FALSE(list()[0].matched());
    CHECK(list()[0].sent_mass == Grams{50'000});
    CHECK(list()[0].lost() == Grams{});

    auto received_load =
        books.draft("receive", "2027-03-13T10:00:00Z", {goods(received, sorting, 48'000)});
    received_load.centre = {4};
    received_load.reference = Reference{books.centre, sent_load.id};
    const auto arrived = books.book(received_load);
    REQUIRE(list().size() == 1);
    CHECK(list()[0].receiver == CentreId{4});
    CHECK(list()[0].received_mass == Grams{48'000});
    CHECK(list()[0].lost() == Grams{2'000});

    auto undo = books.reversal(arrived.id, "2027-03-14T10:00:00Z");
    undo.centre = {4};
    books.book(undo);
    CHECK_FALSE(list()[0].matched());
    auto back =
        books.draft("refused-at-door", "2027-03-14T10:00:00Z", {goods(sent, sorting, 50'000)});
    back.reference = Reference{books.centre, sent_load.id};
    books.book(back);
    CHECK(list().empty());
    CHECK(books.balance(sent, stream("furniture")) == Amounts{});
    CHECK_FALSE(books.verify().wrong);
}

TEST_CASE("of two sales of one item the second stays as bulk, and reversing it leaves the item") {
    Books books;
    books.book(books.draft("weigh-in", "2027-03-12T10:00:00Z", {known_thing(donated, shop, lamp)}));
    const auto first =
        books.book(books.draft("sell", "2027-03-13T10:00:00Z", {known_thing(shop, sold, lamp)}));
    CHECK(first.oddity == Oddity::none);
    const auto second =
        books.book(books.draft("sell", "2027-03-13T11:00:00Z", {known_thing(shop, sold, lamp)}));
    CHECK(second.oddity == Oddity::contradiction);
    CHECK(books.balance(shop, stream("electrical")).grams == Grams{-2'000});
    const auto odd = [&] {
        return books.read([&](Snapshot& view) { return oddities(view, books.centre); });
    };
    REQUIRE(odd().size() == 1);
    CHECK(odd()[0].movement.id == second.id);
    CHECK_FALSE(odd()[0].settled);

    books.book(books.reversal(second.id, "2027-03-14T10:00:00Z"));
    CHECK(odd()[0].settled);
    const auto where = books.read([&](Snapshot& view) { return item(view, books.centre, lamp); });
    REQUIRE(where);
    CHECK(where->at.place == sold); // the first sale's
    CHECK(books.balance(shop, stream("electrical")).grams == Grams{});
    CHECK_FALSE(books.verify().wrong);
}

TEST_CASE("a contradiction may be settled by finding the goods, unless that is reversed") {
    Books books;
    const auto sale =
        books.book(books.draft("sell", "2027-03-13T10:00:00Z", {known_thing(shop, sold, lamp)}));
    CHECK(sale.oddity == Oddity::contradiction);
    auto settling = books.draft("settle", "2027-03-14T10:00:00Z",
                                {goods(unexplained, shop, 2'000, 1, "electrical")});
    settling.reference = Reference{books.centre, sale.id};
    settling.reason = *parse_reason("contradiction-settled");
    const auto settled = books.book(settling);
    const auto open = [&] {
        const auto odd = books.read([&](Snapshot& view) { return oddities(view, books.centre); });
        return odd.size() == 1 && !odd[0].settled;
    };
    CHECK_FALSE(open());
    books.book(books.reversal(settled.id, "2027-03-15T10:00:00Z"));
    CHECK(open());
}

TEST_CASE("an item that lacks its clearance is sold, booked and marked unsafe") {
    Books books;
    books.book(books.draft("weigh-in", "2027-03-12T10:00:00Z", {known_thing(donated, shop, lamp)}));
    const auto mark = [&](Item::Clearance clearance) {
        books.store()
            .write([&](Transaction& tx) {
                auto known = *item(tx, books.centre, lamp);
                known.clearance = clearance;
                mark_item(tx, known);
                return 0;
            })
            .get();
    };
    mark(Item::Clearance::needed);
    const auto sale =
        books.book(books.draft("sell", "2027-03-13T10:00:00Z", {known_thing(shop, sold, lamp)}));
    CHECK(sale.oddity == Oddity::unsafe);
    const auto odd = books.read([&](Snapshot& view) { return oddities(view, books.centre); });
    REQUIRE(odd.size() == 1);
    CHECK(odd[0].movement.transfers[0].oddity == Oddity::unsafe);
    books.book(books.draft("return", "2027-03-14T10:00:00Z", {known_thing(sold, shop, lamp)}));
    mark(Item::Clearance::given);
    const auto tested =
        books.book(books.draft("sell", "2027-03-15T10:00:00Z", {known_thing(shop, sold, lamp)}));
    CHECK(tested.oddity == Oddity::none);
    CHECK_FALSE(books.verify().wrong); // the first mark was right when it was booked
    const auto story = books.read([&](Snapshot& view) { return story_of(view, lamp); });
    CHECK(story.size() == 4);
}

TEST_CASE("opening stock plus in is out plus stock plus unexplained, in each stream and period") {
    Books books;
    books.book(books.draft("opening", "2027-01-10T10:00:00Z", {goods(opening, shop, 40'000)}));
    books.book(books.draft("weigh-in", "2027-02-12T10:00:00Z",
                           {goods(donated, sorting, 30'000, 0, "mixed")}));
    books.book(books.draft("weigh-in", "2027-02-20T10:00:00Z", {goods(yard, sorting, 8'000)}));
    auto sorted = goods(sorting, shop, 12'000, 0, "mixed");
    sorted.to.key = stream("furniture");
    books.book(books.draft("sort", "2027-03-01T10:00:00Z", {sorted}));
    books.book(books.draft("sell", "2027-03-02T10:00:00Z", {goods(shop, sold, 9'000)}));
    books.book(books.draft("count", "2027-03-03T10:00:00Z", {goods(shop, unexplained, 500)}));
    books.book(books.draft("repair", "2027-03-04T10:00:00Z",
                           {goods(owner, workshop, 3'000), goods(workshop, owner, 2'900)}));
    books.book(books.draft("lend", "2027-03-05T10:00:00Z", {goods(lending, lent, 700)}));
    for (const auto& period : {std::pair{"2027-01-01", "2027-12-31"},
                               {"2027-02-15", "2027-03-02"},
                               {"2027-03-03", "2027-03-03"},
                               {"2027-06-01", "2027-06-30"}}) {
        const auto lines = books.read([&](Snapshot& view) {
            return equation(view, books.centre, *parse_day(period.first),
                            *parse_day(period.second));
        });
        CHECK(lines.size() == 3);
        for (const auto& line : lines) CHECK(line.holds());
    }
    const auto march = books.read([&](Snapshot& view) {
        return equation(view, books.centre, *parse_day("2027-03-01"), *parse_day("2027-03-31"));
    });
    CHECK(march[0].stream == stream("furniture"));
    CHECK(march[0].opening == Grams{48'000});
    CHECK(march[0].in == Grams{3'000});
    CHECK(march[0].out == Grams{11'900});
    CHECK(march[0].unexplained == Grams{500});
    CHECK(march[0].to_other_stream == Grams{-12'000});
    CHECK(march[0].closing == Grams{50'600});
    CHECK(march[1].stream == mixed);
    CHECK(march[1].to_other_stream == Grams{12'000});
    CHECK(march[2].stream == no_key);
    CHECK(march[2].closing == Grams{68'600});
}

TEST_CASE("one posting books many movements in one transaction, a refused one leaves nothing") {
    struct Outcomes {
        std::vector<Result<Posted>> posted;
        std::vector<ItemId> items;
    };
    Books books;
    const auto draft = weigh_in(books, "2027-03-12T10:00:00Z");
    const auto of_nothing = books.reversal(id_of(99), "2027-03-12T10:00:00Z");
    const auto reversal = books.reversal(draft.id, "2027-03-12T10:00:00Z");
    const auto another = weigh_in(books, "2027-03-12T10:00:00Z");
    const auto book_all = [&](Transaction& tx) {
        const auto caller = everybody();
        Posting posting(tx, caller, at("2027-03-12T12:00:00Z"));
        Outcomes outcomes;
        for (const auto& one : {draft, draft, of_nothing, reversal, another}) {
            outcomes.posted.push_back(posting.post(one));
        }
        outcomes.items = {posting.issue_item({3}), posting.issue_item({3})};
        posting.finish();
        return outcomes;
    };
    const auto outcomes = books.store().write(book_all).get();
    CHECK_FALSE(outcomes.posted.at(0)->repeated);
    CHECK(outcomes.posted.at(1)->repeated);
    CHECK_FALSE(outcomes.posted.at(2));
    CHECK(outcomes.posted.at(3));
    CHECK(outcomes.posted.at(4)->sequence == 3);
    CHECK(outcomes.items == std::vector{make_item({3}, 1), make_item({3}, 2)});
    const auto verified = books.verify();
    CHECK_FALSE(verified.wrong);
    CHECK(verified.replayed.movements == 3);
    CHECK(issue_item(books) == make_item({3}, 3));
}

TEST_CASE("a number that somebody brings along is not given out to a second thing") {
    Books books;
    books.book(books.draft("weigh-in", "2027-03-12T10:00:00Z",
                           {known_thing(donated, workshop, make_item({3}, 40))}));
    CHECK(issue_item(books) == make_item({3}, 41));
    books.book(books.draft("weigh-in", "2027-03-12T10:00:00Z",
                           {known_thing(donated, workshop, make_item({8}, 70))}));
    CHECK(issue_item(books) == make_item({3}, 42));
    CHECK_FALSE(books.verify().wrong);
}

TEST_CASE("movements are found by id, by hash and by what they moved, and read as a chain") {
    Books books;
    const auto one = books.book(weigh_in(books, "2027-03-12T10:00:00Z"));
    books.book(books.draft("sort", "2027-03-12T10:00:00Z", {goods(sorting, shop, 500)}));
    const auto undone = books.book(books.reversal(one.id, "2027-03-13T10:00:00Z"));
    books.read([&](Snapshot& view) {
        CHECK(find_movement(view, one.id)->sequence == 1);
        CHECK_FALSE(find_movement(view, id_of(77)));
        const auto digits = hex(undone.hash);
        CHECK(find_by_hash(view, books.centre, digits.substr(0, 8)).size() == 1);
        CHECK(find_by_hash(view, books.centre, digits)[0].id == undone.id);
        CHECK(find_by_hash(view, books.centre, "abc").empty());
        const auto chain = movements_after(view, books.centre, 0, 10);
        REQUIRE(chain.size() == 3);
        CHECK(chain[1].previous == chain[0].hash);
        for (const auto& movement : chain) CHECK(hash_of(movement) == movement.hash);
        MovementFilter filter{books.centre,
                              *parse_day("2027-03-12"),
                              *parse_day("2027-03-12"),
                              donated,
                              std::nullopt,
                              std::nullopt,
                              std::nullopt};
        const auto page = movements(view, filter, std::nullopt, 1);
        REQUIRE(page.movements.size() == 1); // newest first: the reversal counts against the figure
        CHECK(page.movements[0].id == undone.id);
        REQUIRE(page.next_before);
        CHECK(movements(view, filter, page.next_before, 1).movements[0].id == one.id);
        CHECK(last_day_with_flows(view, books.centre) == parse_day("2027-03-12"));
        return 0;
    });
}
