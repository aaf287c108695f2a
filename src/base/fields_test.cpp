// SPDX-License-Identifier: EUPL-1.2
#include "base/fields.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

using namespace kringwerk;

namespace {

struct Thing {
    Uuid<Thing> id;
    std::int64_t grams = 0;
    std::string colour;
    Day day;
    std::vector<std::int64_t> parts;
};

enum class Colour { red, blue };
std::optional<Colour> parse_colour(std::string_view text) {
    if (text == "red") return Colour::red;
    if (text == "blue") return Colour::blue;
    return std::nullopt;
}

Result<Thing> parse_thing(std::string_view text) {
    const auto body = boost::json::parse(text);
    Fields in(body);
    Thing thing;
    thing.id = in.uuid<Thing>("id");
    thing.grams = in.integer("grams", 0, 1000);
    std::ignore = in.one_of("colour", parse_colour);
    thing.day = in.optional_day("day").value_or(Day{});
    in.list("parts", 3, [&](Fields& part) { thing.parts.push_back(part.integer("grams", 1, 9)); });
    return in.finish(std::move(thing));
}

std::string complaints(const Refusal& refusal) {
    std::string all;
    for (const auto& wrong : refusal.fields) all += wrong.field + " " + wrong.code + "; ";
    return all;
}

constexpr auto good = R"({"id": "01890a5d-ac96-774b-bcce-b302099a8057", "grams": 12,
    "colour": "red", "day": null, "parts": [{"grams": 1}, {"grams": 2}]})";

} // namespace

TEST_CASE("an object with only right fields becomes a value; null counts as left out") {
    const auto thing = parse_thing(good);
    REQUIRE(thing);
    CHECK(thing->grams == 12);
    CHECK(thing->parts == std::vector<std::int64_t>{1, 2});
    CHECK(thing->id.text() == "01890a5d-ac96-774b-bcce-b302099a8057");
}

TEST_CASE("all wrong fields are named at once, with the way to them") {
    const auto thing = parse_thing(R"({"grams": 1001, "colour": "green", "day": "2027-02-30",
        "parts": [{"grams": 1}, {"grams": 1.5, "size": 3}, 7], "extra": true})");
    REQUIRE_FALSE(thing);
    CHECK(thing.error().code == "fields.wrong");
    CHECK(complaints(thing.error()) ==
          "id fields.missing; grams fields.not_between; colour fields.not_a_choice; "
          "day fields.not_a_day; parts[1].grams fields.not_an_integer; "
          "parts[1].size fields.unknown; parts[2] fields.not_an_object; "
          "extra fields.unknown; ");
}

TEST_CASE("a wrong field is complained about once, and not as missing too") {
    const auto thing = parse_thing(R"({"id": 5, "grams": "12", "colour": "red", "parts": {}})");
    REQUIRE_FALSE(thing);
    CHECK(complaints(thing.error()) == "id fields.not_a_text; grams fields.not_an_integer; "
                                       "parts fields.not_a_list; ");
}

TEST_CASE("what is no object at all is refused once") {
    const auto thing = parse_thing("[1, 2]");
    REQUIRE_FALSE(thing);
    CHECK(thing.error().fields.front().code == "fields.not_an_object");
    CHECK(thing.error().fields.front().field.empty());
}

TEST_CASE("fields are found in any order") {
    const auto thing = parse_thing(R"({"parts": [], "colour": "blue", "grams": 1,
        "id": "01890a5d-ac96-774b-bcce-b302099a8057"})");
    CHECK(thing);
}

TEST_CASE("a list that is too long is refused without a look inside") {
    const auto thing = parse_thing(R"({"id": "01890a5d-ac96-774b-bcce-b302099a8057", "grams": 1,
        "colour": "red", "parts": [1, 2, 3, 4]})");
    REQUIRE_FALSE(thing);
    CHECK(complaints(thing.error()) == "parts fields.list_too_long; ");
}

TEST_CASE("a body of nothing but mistakes makes no huge answer") {
    boost::json::object body;
    for (int i = 0; i < 500; ++i) body["field" + std::to_string(i)] = i;
    const boost::json::value value(body);
    Fields in(value);
    const auto finished = in.finish();
    REQUIRE_FALSE(finished);
    CHECK(finished.error().fields.size() == 100);
}

TEST_CASE("a query has its numbers as texts, a JSON body does not") {
    const boost::json::value query{{"limit", "25"}, {"late", "true"}};
    Fields asked(query, Fields::Written::as_text);
    CHECK(asked.integer("limit", 1, 500) == 25);
    CHECK(asked.optional_yes_or_no("late") == true);
    CHECK(asked.finish());
    for (const auto* const text : {"", " 1", "1 ", "+1", "1.0", "99999999999999999999"}) {
        const boost::json::value odd{{"limit", text}};
        Fields in(odd, Fields::Written::as_text);
        std::ignore = in.integer("limit", 1, 500);
        CHECK_FALSE(in.finish());
    }
}

TEST_CASE("texts have a length, and an object inside has its own fields") {
    const boost::json::value body{{"device", {{"name", "kassa 1"}, {"mark", ""}}}};
    Fields in(body);
    std::string name;
    const bool there = in.optional_object("device", [&](Fields& device) {
        name = device.text("name", 4);
        std::ignore = device.text("mark", 4);
    });
    CHECK(there);
    const auto finished = in.finish();
    REQUIRE_FALSE(finished);
    CHECK(complaints(finished.error()) ==
          "device.name fields.too_long; device.mark fields.too_short; ");
}
