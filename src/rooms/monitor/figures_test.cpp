// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/monitor_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::monitor;
using namespace kringwerk::monitor::testing;

namespace {

constexpr auto day = "2027-03-12T10:00:00Z";

struct AtFigures : AtMonitor {
    Totals all() { return totals_of(flows("2027-01-01", "2027-12-31")); }
    Totals of(std::string_view stream) {
        return totals_of(flows("2027-01-01", "2027-12-31"), ledger::testing::stream(stream));
    }
    std::string home(std::string_view language = "nl") {
        return body("/?periode=2027&taal=" + std::string(language));
    }
};

ledger::Transfer known_by(ledger::Transfer transfer, ledger::Basis basis) {
    transfer.basis = basis;
    return transfer;
}

} // namespace

TEST_CASE_FIXTURE(AtFigures, "what comes in at the door, at home and over the yard is collected") {
    book("weigh-in", day, {goods(Place::donated, Place::sorting, 12'500)});
    book("weigh-in", day, {goods(Place::collected, Place::sorting, 30'000)});
    book("weigh-in", day, {goods(Place::yard, Place::sorting, 7'500)});
    CHECK(all().collected.total() == Grams{50'000}); // 12,5 + 30 + 7,5
    CHECK(all().collected.transfers == 3);
    CHECK(all().stock_growth == Grams{50'000});
}

TEST_CASE_FIXTURE(AtFigures, "the waste lane of the yard is not collected, but stands here") {
    book("waste-in", day, {goods(Place::yard, Place::outgoing, 40'000)});
    CHECK(all().collected.total() == Grams{});
    CHECK(all().collected.transfers == 0);
    CHECK(all().stock_growth == Grams{40'000});
    CHECK_FALSE(all().new_owner_permille());
}

TEST_CASE_FIXTURE(AtFigures,
                  "what a customer brings back is deducted from sold and never collected") {
    book("weigh-in", day, {goods(Place::donated, Place::shop, 10'000, 4)});
    book("sell", day, {goods(Place::shop, Place::sold, 6'000, 3)});
    book("return", day, {goods(Place::sold, Place::sorting, 2'000, 1)});
    CHECK(all().sold.total() == Grams{4'000}); // 6 - 2
    CHECK(all().sold.pieces == Pieces{2});     // 3 - 1
    CHECK(all().collected.total() == Grams{10'000});
    CHECK(all().stock_growth == Grams{6'000}); // 10 in, 6 sold, 2 back
    CHECK(all().new_owner_permille() == 400);  // 4 of 10
}

TEST_CASE_FIXTURE(AtFigures, "a reversal takes away what it undoes, in each figure") {
    const auto in = book("weigh-in", day, {goods(Place::donated, Place::shop, 10'000)});
    const auto sale =
        book("sell", day,
             {goods(Place::shop, Place::sold, 6'000),
              money(Place::turnover, "margin-global-21", Place::cash, "cash", 1'500)});
    CHECK(all().turnover == Cents{1'500});
    undo(sale.id, day);
    CHECK(all().sold.total() == Grams{});
    CHECK(all().sold.transfers == 0);
    CHECK(all().turnover == Cents{});
    undo(in.id, day);
    CHECK(all().collected.total() == Grams{});
    CHECK(all().collected.transfers == 0);
    CHECK(all().empty());
}

TEST_CASE_FIXTURE(AtFigures, "the share with a new owner is sold and given of what was collected") {
    book("weigh-in", day, {goods(Place::donated, Place::shop, 10'000)});
    book("sell", day, {goods(Place::shop, Place::sold, 3'000)});
    book("give", day, {goods(Place::shop, Place::given, 1'500)});
    CHECK(all().given.total() == Grams{1'500});
    CHECK(all().new_owner_permille() == 450); // (3 + 1,5) / 10
    CHECK(says(visitor.get("/?periode=2027"), "45,0"));
}

TEST_CASE_FIXTURE(AtFigures, "lending is stock and no reuse, until the thing is sold") {
    book("weigh-in", day, {goods(Place::donated, Place::shop, 5'000)});
    book("place", day, {goods(Place::shop, Place::lending, 5'000)});
    book("lend", day, {goods(Place::lending, Place::lent, 5'000)});
    CHECK(all().stock_growth == Grams{5'000});
    CHECK(all().new_owner_permille() == 0);
    book("not-returned", day, {goods(Place::lent, Place::sold, 2'000)});
    CHECK(all().sold.total() == Grams{2'000});
    CHECK(all().stock_growth == Grams{3'000});
}

TEST_CASE_FIXTURE(AtFigures, "a customer's own thing in repair is neither collected nor sold") {
    book("repair", day,
         {goods(Place::owner, Place::workshop, 2'000, 1),
          goods(Place::workshop, Place::owner, 2'000, 1)});
    CHECK(all().collected.total() == Grams{});
    CHECK(all().sold.total() == Grams{});
    CHECK(all().stock_growth == Grams{});
}

TEST_CASE_FIXTURE(AtFigures,
                  "sorting moves stock from one stream to another and counts in no figure") {
    book("weigh-in", day, {goods(Place::donated, Place::sorting, 9'000, 0, "mixed")});
    auto sorted = goods(Place::sorting, Place::shop, 4'000, 0, "mixed");
    sorted.to.key = ledger::testing::stream("furniture");
    book("sort", day, {sorted});
    CHECK(of("mixed").stock_growth == Grams{5'000}); // 9 in, 4 sorted out
    CHECK(of("furniture").stock_growth == Grams{4'000});
    CHECK(of("mixed").collected.total() == Grams{9'000});
    CHECK(of("furniture").collected.total() == Grams{});
    CHECK(all().stock_growth == Grams{9'000});
    // The page of the centre says the same, month by month.
    const auto centre = (*monitor.totals.now())[0];
    REQUIRE(centre->centre.id == zutphen.id);
    const auto& streams = centre->streams.at(*parse_month("2027-03"));
    CHECK(streams[ledger::testing::stream("furniture").number].stock_growth == Grams{4'000});
    CHECK(streams[ledger::testing::stream("mixed").number].stock_growth == Grams{5'000});
}

TEST_CASE_FIXTURE(AtFigures, "each mass says how it is known, and the parts are all of it") {
    book("weigh-in", day, {goods(Place::donated, Place::sorting, 7'000)});
    book("weigh-in", day,
         {known_by(goods(Place::donated, Place::sorting, 2'000), ledger::Basis::standard)});
    book("weigh-in", day,
         {known_by(goods(Place::donated, Place::sorting, 1'000), ledger::Basis::estimated)});
    const auto in = all().collected;
    CHECK(in.measured == Grams{7'000});
    CHECK(in.standard == Grams{2'000});
    CHECK(in.estimated == Grams{1'000});
    CHECK(in.total() == Grams{10'000});
    const auto page = home();
    CHECK(page.find("70\u00a0% gewogen") != page.npos);
    CHECK(page.find("20\u00a0% standaard") != page.npos);
    CHECK(page.find("10\u00a0% geschat") != page.npos);
}

TEST_CASE_FIXTURE(AtFigures, "repairs count by outcome, the unknown ones are named beside them") {
    repair({{"1", "Kettle", "Fixed", "2027-03-01"},
            {"2", "Kettle", "Fixed", "2027-03-02"},
            {"3", "Toaster", "Repairable", "2027-03-02"},
            {"4", "Toaster", "End of life", "2027-03-02"},
            {"5", "Lamp", "Unknown", "2027-03-03"}});
    const auto sum =
        (*monitor.totals.now())[0]->over(*parse_month("2027-01"), *parse_month("2027-12"));
    CHECK(sum.repairs.fixed == 2);
    CHECK(sum.repairs.not_yet == 1);
    CHECK(sum.repairs.end_of_life == 1);
    CHECK(sum.repairs.unknown == 1);
    CHECK(sum.repairs.total() == 5);
    const auto page = home();
    CHECK(page.find(Texts::built_in().say(Language::nl, "figure.repairs_context",
                                          {{"total", "5"}, {"unknown", "1"}})) != page.npos);
    // A reversed repair did not happen.
    undo(chain().at(0).id, day);
    const auto after =
        (*monitor.totals.now())[0]->over(*parse_month("2027-01"), *parse_month("2027-12"));
    CHECK(after.repairs.fixed == 1);
}

TEST_CASE_FIXTURE(AtFigures, "a zero tells why it is zero, in both languages") {
    book("weigh-in", day, {goods(Place::donated, Place::shop, 10'000)});
    for (const auto language : {Language::nl, Language::en}) {
        const auto page = home(code_of(language));
        for (const auto* figure : {"gerepareerd", "verkocht", "nieuwe-eigenaar"}) {
            const auto why =
                Texts::built_in().say(language, "figure." + std::string(figure) + ".zero");
            CHECK_MESSAGE(page.find(page::escaped(why)) != page.npos, figure);
        }
    }
}

TEST_CASE_FIXTURE(AtFigures,
                  "between centres nothing is counted twice, in the network it is on its way") {
    book("weigh-in", day, {goods(Place::donated, Place::shop, 50'000)});
    const auto sent = book("send", day, {goods(Place::shop, Place::sent, 50'000)});
    books.centre = deventer.id;
    auto taken = books.draft("receive", day, {goods(Place::received, Place::sorting, 48'000)});
    taken.reference = {zutphen.id, sent.id};
    books.book(taken);
    Totals network;
    for (const auto& centre : *monitor.totals.now()) {
        network += centre->over(*parse_month("2027-03"), *parse_month("2027-03"));
    }
    CHECK(network.collected.total() == Grams{50'000});
    CHECK(network.sent - network.received == Grams{2'000}); // 2 kg lost on the way
}

TEST_CASE_FIXTURE(AtFigures, "hours count all who work, and a reversal takes them back") {
    ledger::Transfer worked;
    worked.from.place = Place::by_volunteer;
    worked.to.place = Place::at_sorting;
    worked.amounts.minutes = {210};
    const auto hours = book("hours", day, {worked});
    CHECK(all().minutes == Minutes{210});
    CHECK(says(visitor.get("/centra/zutphen/dagen/2027-03-12"), ">3,5<"));
    undo(hours.id, day);
    CHECK(all().minutes == Minutes{});
}

TEST_CASE_FIXTURE(AtFigures,
                  "a figure is final once every centre with figures has closed its months") {
    book("weigh-in", "2026-11-10T10:00:00Z", {goods(Place::donated, Place::shop, 10'000)});
    const auto status = [&] {
        const auto page = body("/cijfers/ingezameld?periode=2026");
        return page.find("<span class=\"chip ok\">definitief</span>") != page.npos;
    };
    CHECK_FALSE(status());
    books.book(books.closing("2026-11", "2027-01-02T08:00:00Z"));
    CHECK_FALSE(status()); // December may still come
    books.book(books.closing("2026-12", "2027-01-03T08:00:00Z"));
    CHECK(status());
}

TEST_CASE_FIXTURE(AtFigures,
                  "figures kept in memory are those read anew, whatever was booked since") {
    const auto check = [&] {
        const auto kept = monitor.totals.now();
        const auto anew = NetworkTotals(books.store(), {}).now();
        REQUIRE(kept->size() == anew->size());
        for (std::size_t i = 0; i < kept->size(); ++i) {
            CHECK((*kept)[i]->months == (*anew)[i]->months);
            CHECK((*kept)[i]->streams == (*anew)[i]->streams);
            CHECK((*kept)[i]->last_day == (*anew)[i]->last_day);
            CHECK((*kept)[i]->sequence == (*anew)[i]->sequence);
        }
    };
    check();
    const auto first =
        book("weigh-in", "2027-01-10T10:00:00Z", {goods(Place::donated, Place::shop, 10'000)});
    check();
    book("sell", "2027-03-10T10:00:00Z", {goods(Place::shop, Place::sold, 4'000)});
    book("weigh-in", "2026-12-30T10:00:00Z", {goods(Place::yard, Place::sorting, 700)});
    check();
    undo(first.id, "2027-03-11T10:00:00Z"); // counts in January
    check();
}

TEST_CASE_FIXTURE(AtFigures, "a figure opens to one month and to one stream of it") {
    const auto shirts = goods(Place::donated, Place::shop, 3'000, 0, "textile");
    book("weigh-in", "2027-03-10T10:00:00Z", {goods(Place::donated, Place::shop, 10'000), shirts});
    book("weigh-in", "2027-02-10T10:00:00Z", {goods(Place::donated, Place::shop, 500)});
    const auto year = body("/cijfers/ingezameld?periode=2027");
    CHECK(year.find("/cijfers/ingezameld?periode=2027-03\"") != year.npos);
    CHECK(year.find("/cijfers/ingezameld?periode=2027&amp;soort=textile\"") != year.npos);
    const auto part = body("/cijfers/ingezameld?periode=2027-03&soort=textile");
    CHECK(part.find("in maart 2027") != part.npos);
    CHECK(part.find("/centra/zutphen/boekingen?periode=2027-03&amp;cijfer=ingezameld&amp;"
                    "soort=textile\"") != part.npos);
    CHECK(part.find("<strong>3\u00a0kg</strong>") != part.npos);
    CHECK(part.find("10\u00a0kg") == part.npos);
}
