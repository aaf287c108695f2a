// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/monitor_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::monitor;
using namespace kringwerk::monitor::testing;

namespace {

struct AtStories : AtMonitor {
    std::string story(std::int64_t sequence) {
        return body("/centra/zutphen/boekingen/" + std::to_string(sequence));
    }
    ledger::Movement movement(std::int64_t sequence) {
        return *books.read(
            [&](Snapshot& view) { return ledger::movement(view, zutphen.id, sequence); });
    }
    std::string search(const std::string& typed) {
        http::Request request;
        request.path = request.target = "/zoek";
        request.query = {{"q", typed}};
        const auto answer = search_page(monitor, request);
        CHECK(answer.status == 200);
        return answer.body;
    }
};

bool has(const std::string& page, std::string_view words) { return page.find(words) != page.npos; }

const std::string nothing = "Niets gevonden";

} // namespace

TEST_CASE_FIXTURE(
    AtStories, "a story shows the counter's time, the server's, and the day on which it counts") {
    auto draft = books.draft("weigh-in", "2027-03-12T10:36:00Z",
                             {goods(Place::donated, Place::shop, 12'500)});
    books.book(draft, at("2027-03-12T12:05:00Z"));
    const auto page = story(1);
    CHECK(has(page, "12-03-2027 · 11:36")); // happened, Amsterdam is an hour ahead
    CHECK(has(page, "12-03-2027 · 13:05")); // booked
    CHECK(has(page, "vrijdag 12 maart 2027"));
    CHECK(has(page, "/centra/zutphen/dagen/2027-03-12"));
    CHECK(has(page, "12,5\u00a0kg"));
    CHECK(has(page, "gewogen"));
    CHECK(has(page, "Beheerder van het centrum")); // the role, never a name
}

TEST_CASE_FIXTURE(AtStories, "a story shows its place in the chain, its hash and the one before") {
    book("weigh-in", "2027-03-12T10:00:00Z", {goods(Place::donated, Place::shop, 12'500)});
    const auto second =
        book("sell", "2027-03-12T11:00:00Z", {goods(Place::shop, Place::sold, 1'000)});
    const auto page = story(2);
    CHECK(has(page, hex(second.hash)));
    CHECK(has(page, hex(movement(1).hash)));
    CHECK(has(page, "<dd class=\"code\">2</dd>"));
    CHECK(has(page, second.id.text()));
    CHECK(has(page, Texts::built_in().say(Language::nl, "movement.chain_ok")));
}

TEST_CASE_FIXTURE(AtStories, "a story says what the network called the category on its day") {
    auto puzzles = goods(Place::donated, Place::sorting, 1500, 2, "toys");
    puzzles.category = {602};
    books.book(books.draft("weigh-in", "2027-03-12T10:36:00Z", {puzzles}),
               at("2027-03-12T12:05:00Z"));
    const auto rename = [&](Transaction& tx) {
        const auto day = *parse_day("2027-03-13");
        return network::rename_category(tx, {602}, {"Puzzel", "Puzzle"}, day,
                                        at("2027-03-13T08:00:00Z"));
    };
    REQUIRE(books.store().write(rename).get());
    books.book(books.draft("weigh-in", "2027-03-13T10:36:00Z", {puzzles}),
               at("2027-03-13T12:05:00Z"));
    CHECK(has(story(1), "Speelgoed, Legpuzzel"));
    CHECK(has(story(2), "Speelgoed, Puzzel"));
}

TEST_CASE_FIXTURE(AtStories, "a story whose row was changed by hand says so") {
    book("weigh-in", "2027-03-12T10:00:00Z", {goods(Place::donated, Place::shop, 12'500)});
    REQUIRE(books.tamper("UPDATE ledger_transfer SET grams = 12400 WHERE sequence = 1") == 1);
    CHECK(has(story(1), Texts::built_in().say(Language::nl, "movement.chain_broken")));
}

TEST_CASE_FIXTURE(AtStories, "a reversal and what it undoes point at each other, with the reason") {
    const auto first =
        book("weigh-in", "2027-03-12T10:00:00Z", {goods(Place::donated, Place::shop, 12'500)});
    CHECK(has(story(1), "rechtzetten=" + first.id.text()));
    undo(first.id, "2027-03-13T10:00:00Z");
    const auto original = story(1);
    CHECK(has(original, "href=\"/centra/zutphen/boekingen/2\""));
    CHECK(has(original, "Teruggedraaid op 13-03-2027 · 11:00"));
    CHECK(has(original, Texts::built_in().say(Language::nl, "reason.wrong-weight")));
    CHECK(has(original, "rechtgezet"));
    CHECK_FALSE(has(original, "rechtzetten=")); // once is enough
    const auto reversal = story(2);
    CHECK(has(reversal, "href=\"/centra/zutphen/boekingen/1\""));
    CHECK(has(reversal, "Draait een boeking terug van 12-03-2027 · 11:00"));
    CHECK_FALSE(has(reversal, "rechtzetten="));
    // It takes the day of what it undoes.
    CHECK(has(reversal, "/centra/zutphen/dagen/2027-03-12"));
}

TEST_CASE_FIXTURE(
    AtStories, "what was booked in the place of a wrong movement leads to it and back, with why") {
    const auto wrong =
        book("weigh-in", "2027-03-12T10:00:00Z", {goods(Place::donated, Place::shop, 12'500)});
    undo(wrong.id, "2027-03-13T10:00:00Z");
    auto right = books.draft("weigh-in", "2027-03-12T10:00:00Z",
                             {goods(Place::donated, Place::shop, 1'250)});
    right.reference = {zutphen.id, wrong.id};
    right.reason = *ledger::parse_reason("wrong-weight");
    books.book(right, at("2027-03-13T10:00:00Z"));
    const auto& texts = Texts::built_in();
    const auto of_wrong = story(1);
    CHECK(has(of_wrong, texts.say(Language::nl, "movement.corrected_by")));
    CHECK(has(of_wrong, "href=\"/centra/zutphen/boekingen/3\""));
    CHECK(has(of_wrong, "de verbetering van 13-03-2027 · 11:00"));
    CHECK_FALSE(has(of_wrong, texts.say(Language::nl, "movement.settled_by")));
    const auto of_right = story(3);
    CHECK(has(of_right, texts.say(Language::nl, "movement.corrects")));
    CHECK(has(of_right, "href=\"/centra/zutphen/boekingen/1\""));
    CHECK(has(of_right, texts.say(Language::nl, "reason.wrong-weight")));
    CHECK_FALSE(has(of_right, texts.say(Language::nl, "movement.elsewhere")));
}

TEST_CASE_FIXTURE(AtStories,
                  "what came after its month was closed is marked late and says where it counts") {
    books.book(books.closing("2027-02", "2027-03-02T08:00:00Z"));
    const auto draft = books.draft("weigh-in", "2027-02-20T10:00:00Z",
                                   {goods(Place::donated, Place::shop, 1'000)});
    REQUIRE(books.book(draft, at("2027-03-03T10:00:00Z")).late);
    const auto page = story(2);
    CHECK(has(page, "te laat geboekt"));
    CHECK(has(page, "20-02-2027 · 11:00"));
    CHECK(has(page, "maandag 1 maart 2027"));
    CHECK(has(page, "Daarom telt dit op 01-03-2027"));
    CHECK(has(story(1), "februari 2027 is hiermee afgesloten."));
}

TEST_CASE_FIXTURE(AtStories,
                  "what was sent and what was received point at each other over centres") {
    book("weigh-in", "2027-03-12T09:00:00Z", {goods(Place::donated, Place::shop, 50'000)});
    const auto sent =
        book("send", "2027-03-12T10:00:00Z", {goods(Place::shop, Place::sent, 50'000)});
    books.centre = deventer.id;
    auto taken = books.draft("receive", "2027-03-13T10:00:00Z",
                             {goods(Place::received, Place::sorting, 48'000)});
    taken.reference = {zutphen.id, sent.id};
    books.book(taken);
    CHECK(has(story(2), "href=\"/centra/deventer/boekingen/1\""));
    CHECK(has(body("/centra/deventer/boekingen/1"), "href=\"/centra/zutphen/boekingen/2\""));
}

TEST_CASE_FIXTURE(
    AtStories,
    "a movement that is not there is not there, and one of a closed centre is not shown") {
    book("weigh-in", "2027-03-12T10:00:00Z", {goods(Place::donated, Place::shop, 1'000)});
    for (const auto* wrong : {"2", "0", "-1", "1x", "een", "99999999999999999999"}) {
        body("/centra/zutphen/boekingen/" + std::string(wrong), 404);
    }
    open = false;
    for (const auto* guarded :
         {"/centra/zutphen/boekingen/1", "/centra/zutphen/boekingen",
          "/centra/zutphen/dagen/2027-03-12", "/centra/zutphen/maanden/2027-03"}) {
        const auto page = body(guarded, 403);
        CHECK(has(page, "/aanmelden?verder="));
        CHECK_FALSE(has(page, "1,0\u00a0kg"));
    }
    CHECK(has(body("/centra/zutphen"), "/aanmelden?verder="));
    CHECK_FALSE(has(body("/centra/zutphen"), "/boekingen"));
}

TEST_CASE_FIXTURE(AtStories, "a thing has a story of all that happened to it") {
    const auto item = ledger::make_item(zutphen.id, 1);
    book("weigh-in", "2027-03-12T10:00:00Z",
         {ledger::testing::known_thing(Place::donated, Place::sorting, item)});
    book("sell", "2027-03-13T10:00:00Z",
         {ledger::testing::known_thing(Place::sorting, Place::sold, item)});
    const auto code = ledger::code_of(item);
    const auto page = body("/dingen/" + code);
    CHECK(has(page, code));
    CHECK(has(page, "/centra/zutphen/boekingen/1"));
    CHECK(has(page, "/centra/zutphen/boekingen/2"));
    CHECK(page.find("boekingen/2\"") < page.find("boekingen/1\"")); // the newest first
    body("/dingen/geen-code", 404);
    body("/dingen/" + ledger::code_of(ledger::make_item(zutphen.id, 99)), 404);
    open = false;
    body("/dingen/" + code, 403);
}

TEST_CASE_FIXTURE(AtStories,
                  "search finds a movement by its id and by its hash, whole or its beginning") {
    book("weigh-in", "2027-03-12T10:00:00Z", {goods(Place::donated, Place::shop, 1'000)});
    const auto sold = book("sell", "2027-03-12T11:00:00Z", {goods(Place::shop, Place::sold, 400)});
    const auto link = "href=\"/centra/zutphen/boekingen/2\"";
    CHECK(has(search(sold.id.text()), link));
    CHECK(has(search(" " + sold.id.text() + " "), link));
    const auto hash = hex(sold.hash);
    CHECK(has(search(hash), link));
    CHECK(has(search(hash.substr(0, 8)), link));
    CHECK(has(search(hash.substr(0, 4) + " " + hash.substr(4, 4)), link)); // as pages write it
    auto capitals = hash;
    for (auto& sign : capitals)
        sign = static_cast<char>(std::toupper(static_cast<unsigned char>(sign)));
    CHECK(has(search(capitals), link));
    CHECK_FALSE(has(search(hash.substr(0, 7)), link)); // too short to name one
    auto other = hash;
    other.back() = other.back() == '0' ? '1' : '0';
    CHECK(has(search(other), nothing));
}

TEST_CASE_FIXTURE(AtStories, "search finds a thing by its code and a centre by its name") {
    const auto item = ledger::make_item(zutphen.id, 1);
    book("weigh-in", "2027-03-12T10:00:00Z",
         {ledger::testing::known_thing(Place::donated, Place::sorting, item)});
    CHECK(has(search(ledger::code_of(item)), "href=\"/dingen/" + ledger::code_of(item)));
    CHECK(has(search("zutph"), "href=\"/centra/zutphen\""));
    CHECK(has(search("ZUTPHEN"), "href=\"/centra/zutphen\""));
}

TEST_CASE_FIXTURE(AtStories, "search says kindly that there is nothing, whatever was typed") {
    for (const std::string& typed :
         {std::string("qwerty"), std::string("00000000-0000-0000-0000-000000000000"),
          std::string("<script>"), std::string("deadbeefdeadbeef"), std::string("%00"),
          std::string("'; DROP TABLE x; --")}) {
        const auto page = search(typed);
        CHECK_MESSAGE(has(page, nothing), typed);
        CHECK_FALSE(has(page, "<script>"));
    }
    CHECK(has(search("a"), "ten minste twee tekens"));
    CHECK(has(search(std::string(101, 'a')), "te lang"));
    CHECK_FALSE(has(search(""), nothing));
}

TEST_CASE_FIXTURE(AtStories, "search shows nothing of a centre that the visitor may not read") {
    const auto one =
        book("weigh-in", "2027-03-12T10:00:00Z", {goods(Place::donated, Place::shop, 1'000)});
    open = false;
    CHECK(has(search(one.id.text()), nothing));
    CHECK(has(search(hex(one.hash)), nothing));
    CHECK(has(search("zutphen"), "href=\"/centra/zutphen\"")); // that it exists is public
}
