// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/cards.hpp"
#include "rooms/monitor/monitor_testing.hpp"

#include <algorithm>
#include <regex>
#include <set>

using namespace kringwerk;
using namespace kringwerk::monitor;
using namespace kringwerk::monitor::testing;
using people::testing::Visitor;

namespace {

/// A number on a page and where it leads.
struct Number {
    std::string shown;
    std::string url;
};

std::string plain(std::string html) {
    for (const auto& [from, to] : {std::pair("&amp;", "&"), {"&lt;", "<"}}) {
        for (auto at = html.find(from); at != html.npos; at = html.find(from, at + 1)) {
            html.replace(at, std::string_view(from).size(), to);
        }
    }
    return html;
}

std::vector<Number> matches(const std::string& page, const std::string& pattern, std::size_t url,
                            std::size_t shown) {
    std::vector<Number> numbers;
    const std::regex sought(pattern);
    for (std::sregex_iterator next(page.begin(), page.end(), sought), end; next != end; ++next) {
        numbers.push_back({(*next)[shown], plain((*next)[url])});
    }
    return numbers;
}

/// The cards of a page, without their unit.
std::vector<Number> cards_of(const std::string& page) {
    return matches(
        page,
        R"re(<h2 class="figure-name">(?:<svg.*?</svg>)?<a href="([^"]*)">[^<]*</a></h2>\s*)re"
        R"re(<p class="figure-value"><strong>([^<]*)</strong>)re",
        1, 2);
}

/// Every other number that is a link to bookings.
std::vector<Number> linked_numbers(const std::string& page) {
    return matches(page, R"re(<(?:td|dd)[^>]*><a href="([^"]*/boekingen\?[^"]*)">([^<]*)</a>)re", 1,
                   2);
}

using Set = std::set<std::string>;

/// What a figure counts, said a second time and more simply than the room says it.
std::int64_t simple_sum(const ledger::Movement& movement, const std::string& figure,
                        const std::string& to_place, const std::string& key) {
    const Set comes_in{"donated", "collected", "yard", "returned", "bought"};
    const Set outside_in{"donated", "collected", "yard",   "returned",
                         "bought",  "received",  "opening"};
    const Set here{"sorting", "hold", "workshop", "parts", "shop", "lending", "lent"};
    const Set means{"cash",    "safe",   "bank",    "card", "receivable",
                    "voucher", "credit", "deposit", "cause"};
    std::int64_t sum = 0;
    for (const auto& transfer : movement.transfers) {
        const std::string from(ledger::row_of(transfer.from.place).code);
        const std::string to(ledger::row_of(transfer.to.place).code);
        const auto book = ledger::book_of(transfer.from.place);
        const auto& amounts = transfer.amounts;
        const auto amount = book == ledger::Book::goods   ? amounts.grams.value
                            : book == ledger::Book::money ? amounts.cents.value
                                                          : amounts.minutes.value;
        const auto side = [&](const Set& left, const Set& entered) {
            const bool goods_only = book == ledger::Book::goods;
            const bool to_key = key.empty() || ledger::code_of(transfer.to.key) == key;
            const bool from_key = key.empty() || ledger::code_of(transfer.from.key) == key;
            const bool into_key = to_key || (from_key && !goods_only);
            const bool out_of_key = from_key || (to_key && !goods_only);
            if (into_key && left.contains(from) && entered.contains(to)) sum += amount;
            if (out_of_key && left.contains(to) && entered.contains(from)) sum -= amount;
        };
        Set stock = here;
        stock.insert("outgoing");
        if (figure == "ingezameld") side(comes_in, here);
        if (figure == "verkocht" || figure == "nieuwe-eigenaar") side(stock, {"sold"});
        if (figure == "nieuwe-eigenaar" || figure == "weggegeven") side(stock, {"given"});
        if (figure == "uren" && book == ledger::Book::time)
            sum += transfer.from.place < Place::at_gate ? amount : -amount;
        if (figure == "omzet" || figure == "omzet-met-btw") side({"turnover"}, means);
        if (figure == "btw" || figure == "omzet-met-btw") side({"vat"}, means);
        if (figure == "betaald") side({"turnover", "vat", "rounding"}, {to_place});
        if (figure == "binnen") {
            side(outside_in, stock);
            if (from == "owner") sum += amount;
        }
        if (figure == "uit") {
            side(stock, {"sold", "given", "sent", "recycled", "energy", "disposed", "exported"});
            if (to == "owner") sum += amount;
        }
        const auto enters =
            stock.contains(to) && (key.empty() || ledger::code_of(transfer.to.key) == key);
        const auto leaves =
            stock.contains(from) && (key.empty() || ledger::code_of(transfer.from.key) == key);
        if (figure == "voorraad") sum += (enters ? amount : 0) - (leaves ? amount : 0);
    }
    return sum;
}

struct AtNumbers : AtMonitor {
    AtNumbers() {
        fill("2027-03-12");
        fill("2027-03-13");
        fill("2027-04-02");
        repair({{"1", "Kettle", "Fixed", "2027-03-12"},
                {"2", "Kettle", "Fixed", "2027-03-12"},
                {"3", "Toaster", "Repairable", "2027-03-12"},
                {"4", "Toaster", "Fixed", "2027-04-02"}});
        for (const auto& movement : chain()) {
            const bool is_first_repair = movement.transfers[0].from.place == Place::owner;
            if (!is_first_repair) continue;
            undo(movement.id, "2027-04-12T10:00:00Z");
            break;
        }
    }
    /// A day with each kind of booking, and mistakes.
    void fill(const std::string& day) {
        const auto when = day + "T09:00:00Z";
        book("weigh-in", when, {goods(Place::donated, Place::sorting, 40'000, 0, "mixed")});
        book("weigh-in", when, {goods(Place::yard, Place::shop, 12'300)});
        book("waste-in", when, {goods(Place::yard, Place::outgoing, 9'000, 0, "mixed")});
        undo(book("weigh-in", when, {goods(Place::collected, Place::sorting, 7'000)}).id, when);
        auto sorted = goods(Place::sorting, Place::shop, 15'500, 0, "mixed");
        sorted.to.key = ledger::testing::stream("toys");
        book("sort", when, {sorted});
        book("sell", when,
             {goods(Place::shop, Place::sold, 4'200, 2),
              goods(Place::shop, Place::sold, 800, 1, "toys"),
              money(Place::turnover, "margin-global-21", Place::cash, "cash", 1'000),
              money(Place::vat, "margin-global-21", Place::cash, "cash", 210)});
        book("sell", when,
             {goods(Place::shop, Place::sold, 1'000, 1),
              money(Place::turnover, "margin-global-21", Place::card, "card", 500)});
        book("return", when,
             {goods(Place::sold, Place::shop, 1'000, 1),
              money(Place::card, "card", Place::turnover, "margin-global-21", 500)});
        book("give", when, {goods(Place::shop, Place::given, 600)});
        book("count", when, {goods(Place::shop, Place::unexplained, 300)});
        ledger::Transfer worked;
        worked.from.place = Place::by_volunteer;
        worked.to.place = Place::at_shop;
        worked.amounts.minutes = {90};
        book("hours", when, {worked});
    }

    /// All movements that a list shows, over all its pages.
    std::vector<ledger::Movement> listed(std::string url) {
        std::vector<ledger::Movement> found;
        const std::regex row(R"re(class="list-name" href="/centra/zutphen/boekingen/(\d+)")re");
        const std::regex older(R"re(href="([^"]*voor=\d+)")re");
        while (!url.empty()) {
            const auto page = body(url);
            for (std::sregex_iterator next(page.begin(), page.end(), row), end; next != end;
                 ++next) {
                found.push_back(*books.read([&](Snapshot& view) {
                    return ledger::movement(view, zutphen.id, std::stoll((*next)[1]));
                }));
            }
            std::smatch match;
            url = std::regex_search(page, match, older) ? plain(match[1]) : std::string();
        }
        return found;
    }
    static std::string query(const std::string& url, std::string_view name) {
        for (const auto& [key, value] : Visitor::pairs_of(url)) {
            if (key == name) return value;
        }
        return {};
    }
    /// The sum of what a list shows, as the page would write it.
    std::string summed(const std::string& url) {
        const auto figure = query(url, "cijfer");
        auto to = query(url, "naar");
        if (to.find('.') != to.npos) to = to.substr(to.find('.') + 1);
        std::int64_t sum = 0;
        for (const auto& movement : listed(url)) {
            if (figure == "gerepareerd") {
                sum += movement.reverses ? -1 : 1;
            } else {
                sum += simple_sum(movement, figure, to, query(url, "soort"));
            }
        }
        if (figure == "gerepareerd") return show_whole(Language::nl, sum);
        if (figure == "uren") return show_decimal(Language::nl, sum / 6, 1);
        if (figure == "omzet" || figure == "btw" || figure == "omzet-met-btw" ||
            figure == "betaald") {
            return show_money(Language::nl, Cents{sum});
        }
        return show_kilograms(Language::nl, Grams{sum});
    }
    void check(const std::vector<Number>& numbers, std::size_t least) {
        CHECK(numbers.size() >= least);
        for (const auto& [shown, link] : numbers) {
            const auto& url = link; // clang lets no lambda of a check see a binding
            CHECK_MESSAGE(summed(url) == shown, url);
            // The list says the same sum itself.
            const auto page = body(url);
            CHECK_MESSAGE(page.find("Samen " + shown) != page.npos, url);
        }
    }
};

} // namespace

TEST_CASE_FIXTURE(AtNumbers, "each number of a day is the sum of the movements that it opens to") {
    for (const auto* day : {"2027-03-12", "2027-04-02"}) {
        const auto page = body("/centra/zutphen/dagen/" + std::string(day));
        check(cards_of(page), 4);
        check(linked_numbers(page), 20);
    }
}

TEST_CASE_FIXTURE(AtNumbers,
                  "each number of a month is the sum of the movements that it opens to") {
    for (const auto* month : {"2027-03", "2027-04"}) {
        const auto page = body("/centra/zutphen/maanden/" + std::string(month));
        check(cards_of(page), 4);
        check(linked_numbers(page), 20);
    }
}

TEST_CASE_FIXTURE(AtNumbers, "the numbers of a month are those of its days") {
    Totals days;
    for (const auto* day : {"2027-03-12", "2027-03-13"}) days += totals_of(flows(day, day));
    const auto month = totals_of(flows("2027-03-01", "2027-03-31"));
    CHECK(days.collected.total() == month.collected.total());
    CHECK(days.sold.total() == month.sold.total());
    CHECK(days.turnover == month.turnover);
}

TEST_CASE_FIXTURE(
    AtNumbers, "each figure of the home page is the sum of its centres, and each of those opens") {
    books.centre = deventer.id;
    book("weigh-in", "2027-03-12T09:00:00Z", {goods(Place::donated, Place::shop, 100'000)});
    books.centre = zutphen.id;
    const auto totals = monitor.totals.now();
    const auto home = cards_of(body("/?periode=2027"));
    REQUIRE(home.size() == 4);
    for (const auto& [shown, url] : home) {
        CHECK(url.starts_with("/cijfers/"));
        const auto page = body(url);
        const auto figure = *parse_figure(url.substr(9, url.find('?') - 9));
        const auto rows = matches(
            page,
            R"re(<a class="list-name" href="([^"]*)">[^<]*</a><div class="list-end"><strong>([^<]*)<)re",
            1, 2);
        CHECK_FALSE(rows.empty());
        std::int64_t sum = 0;
        for (const auto& [of_centre, link] : rows) {
            const auto& list = link;
            if (list.starts_with("/centra/zutphen")) {
                std::int64_t listed_sum = 0;
                for (const auto& movement : listed(list)) {
                    listed_sum += figure == Figure::repaired
                                      ? (movement.reverses ? -1 : 1)
                                      : simple_sum(movement, query(list, "cijfer"), "", "");
                }
                const auto& centre = *(*totals)[0];
                const auto all = centre.over(*parse_month("2027-01"), *parse_month("2027-12"));
                const auto expected = figure == Figure::new_owner
                                          ? (all.sold.total() + all.given.total()).value
                                          : value_of(figure, all);
                CHECK_MESSAGE(listed_sum == expected, list);
            }
        }
        for (const auto& centre : *totals) {
            sum += value_of(figure, centre->over(*parse_month("2027-01"), *parse_month("2027-12")));
        }
        http::Request request;
        if (figure != Figure::new_owner) {
            CHECK(monitor::shown(PageOf(monitor, request), figure, sum).first == shown);
        }
    }
}

TEST_CASE_FIXTURE(AtNumbers,
                  "the cards of a centre open to its own movements, not to the network's figure") {
    const auto cards = cards_of(body("/centra/zutphen?periode=2027"));
    REQUIRE(cards.size() == 4);
    for (const auto& [shown, url] : cards) CHECK(url.starts_with("/centra/zutphen/boekingen?"));
    const auto numbers = linked_numbers(body("/centra/zutphen?periode=2027"));
    check(numbers, 9);
}

TEST_CASE_FIXTURE(AtNumbers,
                  "a long list goes on where its page ends, and holds each movement once") {
    for (int i = 0; i < 120; ++i) {
        book("sell", "2027-03-20T09:00:00Z", {goods(Place::shop, Place::sold, 10)});
    }
    const auto found = listed("/centra/zutphen/boekingen?periode=2027-03&cijfer=verkocht");
    std::set<std::int64_t> sequences;
    for (const auto& movement : found) sequences.insert(movement.sequence);
    CHECK(sequences.size() == found.size());
    CHECK(found.size() == 126); // 120, and on each of two days two sales and a return
}

TEST_CASE_FIXTURE(AtNumbers, "the form of the list asks for what the list understands") {
    const auto page =
        body("/centra/zutphen/boekingen?periode=2027-03-12&uit=goods.shop&naar=goods.sold"
             "&soort=toys&cijfer=verkocht");
    for (const auto* chosen : {R"(value="2027-03-12" selected)", R"(value="goods.shop" selected)",
                               R"(value="goods.sold" selected)", R"(value="toys" selected)",
                               R"(value="verkocht" selected)"}) {
        CHECK_MESSAGE(page.find(chosen) != page.npos, chosen);
    }
    CHECK(page.find("vrijdag 12 maart 2027</option>") != page.npos);
    CHECK(page.find("0,8\u00a0kg") != page.npos);
    // Nonsense is left out, the newest month stands.
    const auto nonsense =
        body("/centra/zutphen/boekingen?periode=ooit&uit=maan&cijfer=alles&voor=x");
    CHECK(nonsense.find(R"(value="2027-04" selected)") != nonsense.npos);
}
