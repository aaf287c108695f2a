// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/books_testing.hpp"
#include "rooms/ledger/json.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

using namespace kringwerk;
using namespace kringwerk::ledger;
using namespace kringwerk::ledger::testing;
namespace json = boost::json;

// Each file of golden/ is one case of the ledger's specification: what a counter sends, and what
// must then stand in the books, to the gram and the cent.
namespace {

std::vector<fs::path> cases() {
    std::vector<fs::path> files;
    for (const auto& entry :
         fs::directory_iterator(fs::path(KRINGWERK_SOURCE_DIR) / "src/rooms/ledger/golden")) {
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

json::object read_file(const fs::path& path) {
    std::ifstream file(path);
    return json::parse(std::string(std::istreambuf_iterator<char>(file), {})).as_object();
}

std::int64_t number_or(const json::object& from, std::string_view name, std::int64_t otherwise) {
    const auto* const value = from.if_contains(name);
    return value == nullptr || value->is_null() ? otherwise : value->as_int64();
}

/// An action that books nothing: an open ticket, a refusal at the gate.
void keep(Books& books, const json::object& fact) {
    Action action;
    action.centre = books.centre;
    action.id = *parse_uuid(fact.at("id").as_string());
    action.device = fact.at("device").as_string();
    action.device_sequence = fact.at("sequence").as_int64();
    action.kind = fact.at("kind").as_string();
    action.clock_at = at(fact.at("clock_at").as_string());
    const auto before = books.verify().replayed.movements;
    books.store()
        .write([&](Transaction& tx) { return keep_action(tx, action, action.clock_at), 0; })
        .get();
    CHECK(books.verify().replayed.movements == before);
    const auto kept = books.read(
        [&](Snapshot& view) { return action_of(view, books.centre, MovementId{action.id}); });
    REQUIRE(kept);
    CHECK(kept->kind == action.kind);
}

void play(Books& books, const json::array& steps) {
    for (const auto& value : steps) {
        const auto& step = value.as_object();
        if (const auto* const fact = step.if_contains("action")) {
            keep(books, fact->as_object());
            continue;
        }
        const auto sent = parse_movement(step.at("movement"), {number_or(step, "centre", 3)});
        const auto complaint =
            sent ? std::string()
                 : sent.error().code + " " +
                       (sent.error().fields.empty() ? "" : sent.error().fields[0].field);
        REQUIRE_MESSAGE(sent, complaint);
        const auto posted = books.post(sent->draft);
        REQUIRE_MESSAGE(posted, (posted ? "" : posted.error().code));
        CHECK(books.post(sent->draft)->repeated);
    }
}

using Lines = std::map<std::string, Amounts>;

Lines expected_balances(const json::object& balances) {
    Lines lines;
    for (const auto& [account, value] : balances) {
        const auto& amounts = value.as_object();
        lines[account] = {{number_or(amounts, "grams", 0)},
                          {number_or(amounts, "pieces", 0)},
                          {number_or(amounts, "cents", 0)},
                          {number_or(amounts, "minutes", 0)}};
    }
    return lines;
}

/// All balances that are not nothing, of every centre.
Lines balances_in(Snapshot& view) {
    Lines lines;
    for (const auto& head : heads(view)) {
        for (const auto& row : balances(view, head.centre)) {
            if (row.amounts == Amounts{}) continue;
            const auto& place = row_of(row.account.place);
            lines[fmt::format("{} {}.{} {}", head.centre.value, code_of(place.book), place.code,
                              code_of(row.account.key))] = row.amounts;
        }
    }
    return lines;
}

constexpr Day first{0};
constexpr Day last{40'000};

void check_equation(Snapshot& view, CentreId centre, const json::object* expected) {
    const auto lines = equation(view, centre, first, last);
    for (const auto& line : lines) CHECK(line.holds());
    if (expected == nullptr || centre != CentreId{3}) return;
    const auto& all = lines.back();
    CHECK(all.in.value == number_or(*expected, "in", 0));
    CHECK(all.out.value == number_or(*expected, "out", 0));
    CHECK(all.unexplained.value == number_or(*expected, "unexplained", 0));
    CHECK(all.closing.value == number_or(*expected, "closing", 0));
}

void check_transits(Snapshot& view, const json::array& expected) {
    const auto found = transits(view, {3}, first, last);
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto& line = expected[i].as_object();
        CHECK(found[i].sender.value == number_or(line, "sender", 0));
        CHECK(found[i].sent_mass.value == number_or(line, "sent", 0));
        CHECK(found[i].receiver.value_or(CentreId{}).value == number_or(line, "receiver", 0));
        CHECK(found[i].received_mass.value == number_or(line, "received", 0));
        CHECK(found[i].lost().value == number_or(line, "lost", 0));
    }
}

} // namespace

TEST_CASE("each case of the specification comes out right") {
    const auto files = cases();
    CHECK(files.size() >= 17);
    for (const auto& path : files) {
        CAPTURE(path.filename());
        const auto file = read_file(path);
        Books books;
        play(books, file.at("steps").as_array());
        books.read([&](Snapshot& view) {
            const auto expected = expected_balances(file.at("balances").as_object());
            const auto found = balances_in(view);
            for (const auto& line : expected) {
                const auto& account = line.first;
                const auto& amounts = line.second;
                CAPTURE(account);
                CHECK(found.count(account) == 1);
                if (found.count(account) == 1) CHECK((found.at(account) == amounts));
            }
            for (const auto& line : found) {
                const auto& account = line.first;
                CAPTURE(account);
                CHECK(expected.count(account) == 1);
            }
            const auto* const sums = file.if_contains("equation");
            for (const auto& head : heads(view)) {
                check_equation(view, head.centre, sums == nullptr ? nullptr : &sums->as_object());
            }
            if (const auto* const loads = file.if_contains("transits")) {
                check_transits(view, loads->as_array());
            }
            return 0;
        });
        CHECK_FALSE(books.verify().wrong);
    }
}
