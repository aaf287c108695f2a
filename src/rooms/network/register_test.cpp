// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/ledger.hpp"
#include "rooms/network/network.hpp"
#include "rooms/network/register_actions.hpp"
#include "rooms/people/pages_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::network;
using ledger::Place;

namespace {

struct Registry {
    people::testing::House house;
    template <class Function> auto write(Function function) {
        return house.store->write(function).get();
    }
    CentreRow add(const std::string& name) {
        CentreRow row;
        row.name = row.municipality = row.place = name;
        return write([&](Transaction& tx) { return add_centre(tx, row, house.now); }).value();
    }
    CentreRow zutphen = add("Zutphen");

    Registered now_registered() {
        return house.store->read(
            [&](Snapshot& view) { return registered(view, *centre(view, zutphen.id)); });
    }
    std::vector<Tare> all_tares() {
        return house.store->read([&](Snapshot& view) { return tares(view, zutphen.id); });
    }
    std::vector<Scale> all_scales() {
        return house.store->read([&](Snapshot& view) { return scales(view, zutphen.id); });
    }
    Result<void> save(const Details& details) {
        return write(
            [&](Transaction& tx) { return save_details(tx, zutphen.id, details, house.now); });
    }
    Result<Tare> add(const Tare& tare) {
        return write([&](Transaction& tx) { return add_tare(tx, zutphen.id, tare, house.now); });
    }
    Result<Scale> add(const Scale& scale) {
        return write([&](Transaction& tx) { return add_scale(tx, zutphen.id, scale); });
    }
    Day today() const { return local_day(house.now); }
};

Details good_details() {
    Details details;
    details.name = "Ambachtscentrum Zutphen";
    details.address = {"Fabrieksweg", "12a", "7202 AB", "Zutphen"};
    details.municipality = "GM0301";
    details.point = Point{52'138'900, 6'196'400};
    details.organisation = "Stichting Kringloop";
    return details;
}

Tare cage(const Registry& registry) {
    Tare tare;
    tare.name = "Rolkooi groot";
    tare.grams = Grams{48'500};
    tare.valid_from = registry.today();
    return tare;
}

Scale weighbridge() {
    Scale scale;
    scale.name = "Weegbrug";
    scale.place = "poort";
    scale.host = "192.168.1.40";
    scale.port = 4001;
    scale.most = Grams{60'000'000};
    scale.step = Grams{20'000};
    scale.verified_until = *parse_day("2028-05-31");
    return scale;
}

/// "name network.name_needed, place network.place_needed" of all wrong fields.
template <class T> std::string wrong_fields(const Result<T>& result) {
    if (result) return "accepted";
    if (result.error().code != "network.wrong_fields") return result.error().code;
    std::string made;
    for (const auto& field : result.error().fields) {
        made += (made.empty() ? "" : ", ") + field.field + " " + field.code;
    }
    return made;
}

} // namespace

TEST_CASE_FIXTURE(Registry, "a centre that was never set up has all places and no hours") {
    const auto found = now_registered();
    CHECK(found.address.place == "Zutphen");
    CHECK_FALSE(found.hours);
    CHECK_FALSE(found.point);
    CHECK(found.blocks.empty());
    CHECK(stock_places().size() == 8);
    for (const auto place : stock_places()) CHECK(found.offers(place));
    for (const auto& stream : ledger::all_streams()) CHECK(found.offers(stream.key));
}

TEST_CASE_FIXTURE(Registry, "details are kept, rename the centre, and leave its hours alone") {
    const auto hours = OpeningHours::parse("ma-vr 9:00-17:00");
    write([&](Transaction& tx) {
        save_hours(tx, zutphen.id, *hours, house.now);
        return true;
    });
    REQUIRE(save(good_details()));
    const auto found = now_registered();
    CHECK(found.address.street == "Fabrieksweg");
    CHECK(found.address.house_number == "12a");
    CHECK(found.point == Point{52'138'900, 6'196'400});
    CHECK(found.municipality == "GM0301");
    REQUIRE(found.organisation);
    CHECK(found.organisation->name == "Stichting Kringloop");
    REQUIRE(found.hours);
    CHECK(found.hours->text() == "Mo-Fr 09:00-17:00");
    const auto row = house.store->read([&](Snapshot& view) { return centre(view, zutphen.id); });
    REQUIRE(row);
    CHECK(row->name == "Ambachtscentrum Zutphen");
    CHECK(row->slug == "zutphen");
}

TEST_CASE_FIXTURE(Registry, "an organisation is one, however it is typed") {
    REQUIRE(save(good_details()));
    auto again = good_details();
    again.organisation = "stichting KRINGLOOP";
    REQUIRE(save(again));
    const auto all = house.store->read([](Snapshot& view) { return organisations(view); });
    CHECK(all.size() == 1);
    const auto twice = write([&](Transaction& tx) {
        return add_organisation(tx, "Stichting Kringloop", OrganisationKind::company, house.now);
    });
    CHECK(wrong_fields(twice) == "network.organisation_double");
    again.organisation = "";
    REQUIRE(save(again));
    CHECK_FALSE(now_registered().organisation);
}

TEST_CASE_FIXTURE(Registry,
                  "all that is wrong about details is said at once, and nothing is kept") {
    Details wrong;
    wrong.address.street = "Fabrieksweg";
    wrong.municipality = "GM9999";
    wrong.point = Point{6'196'400, 52'138'900}; // swapped
    wrong.organisation = std::string(121, 'x');
    CHECK(wrong_fields(save(wrong)) ==
          "name network.name_needed, house_number network.house_number_needed, "
          "postcode network.postcode_needed, place network.place_needed, "
          "municipality network.municipality_unknown, latitude network.point_outside, "
          "organisation network.too_long");
    auto half = good_details();
    half.address.postcode = "7202ab"; // a form brings it into shape
    CHECK(wrong_fields(save(half)) == "postcode network.postcode_wrong");
    half.address.postcode = "";
    CHECK(wrong_fields(save(half)) == "postcode network.postcode_needed");
    CHECK(now_registered().municipality.empty());
}

TEST_CASE_FIXTURE(Registry, "a postcode may stand alone until somebody knows the street") {
    auto details = good_details();
    details.address.street = details.address.house_number = "";
    REQUIRE(save(details));
    CHECK(now_registered().address.postcode == details.address.postcode);
    details.address.postcode = "7202ab";
    CHECK(wrong_fields(save(details)) == "postcode network.postcode_wrong");
}

TEST_CASE("a postcode is brought into one shape, or is none") {
    CHECK(parse_postcode("7202ab") == "7202 AB");
    CHECK(parse_postcode(" 7202  AB") == "7202 AB");
    for (const auto* const wrong : {"", "7202", "0202 AB", "7202 A1", "72021 AB", "AB 7202"}) {
        CHECK_FALSE(parse_postcode(wrong));
    }
}

TEST_CASE_FIXTURE(Registry, "closed days count as closed, and can be taken back") {
    const ClosedDay count{day_after(today(), 3), "inventarisatie"};
    const auto save_closed = [&](const ClosedDay& closed) {
        return write(
            [&](Transaction& tx) { return save_closed_day(tx, zutphen.id, closed, house.now); });
    };
    REQUIRE(save_closed(count));
    REQUIRE(save_closed(count));
    CHECK(now_registered().closed_days.size() == 1);
    CHECK(now_registered().holidays().closed == std::vector{count.day});
    CHECK(wrong_fields(save_closed({day_after(today(), -1), " "})) ==
          "day network.day_past, reason network.reason_needed");
    CHECK(wrong_fields(save_closed({day_after(today(), 2000), "jaar verkeerd"})) ==
          "day network.day_far");
    const auto remove = [&] {
        return write([&](Transaction& tx) { return remove_closed_day(tx, zutphen.id, count.day); });
    };
    REQUIRE(remove());
    CHECK(wrong_fields(remove()) == "network.no_such_closed_day");
}

TEST_CASE_FIXTURE(Registry, "building blocks have a day and something that shows them") {
    const auto save_one = [&](const BuildingBlock& block) {
        return write([&](Transaction& tx) { return save_block(tx, zutphen.id, block, house.now); });
    };
    REQUIRE(save_one({Block::repair, today(), "Repair Café, elke zaterdag"}));
    REQUIRE(save_one({Block::yard, today(), "Milieustraat aan de Fabrieksweg"}));
    REQUIRE(save_one({Block::repair, day_after(today(), -100), "Werkplaats"}));
    const auto blocks = now_registered().blocks;
    REQUIRE(blocks.size() == 2);
    CHECK(blocks[0].block == Block::yard);
    CHECK(blocks[1].evidence == "Werkplaats");
    CHECK(wrong_fields(save_one({Block::shop, day_after(today()), ""})) ==
          "since network.day_ahead, evidence network.evidence_needed");
    const auto remove = [&] {
        return write([&](Transaction& tx) { return remove_block(tx, zutphen.id, Block::repair); });
    };
    REQUIRE(remove());
    CHECK(wrong_fields(remove()) == "network.no_such_block");
}

TEST_CASE_FIXTURE(Registry, "what is switched off is not offered, and must be empty first") {
    Offered offered;
    offered.places = {Place::sorting, Place::shop, Place::outgoing};
    for (const auto& stream : ledger::all_streams()) offered.streams.insert(stream.key);
    offered.streams.erase(*ledger::parse_key(ledger::Book::goods, "construction"));
    const auto save_it = [&] {
        return write([&](Transaction& tx) { return save_offered(tx, zutphen.id, offered); });
    };
    REQUIRE(save_it());
    CHECK(now_registered().offers(Place::shop));
    CHECK_FALSE(now_registered().offers(Place::workshop));
    CHECK_FALSE(now_registered().offers(*ledger::parse_key(ledger::Book::goods, "construction")));

    ledger::Draft weighed;
    weighed.id = ledger::MovementId{make_uuid7(house.now, {})};
    weighed.centre = zutphen.id;
    weighed.kind = ledger::Ways::built_in().kind("weigh-in");
    weighed.happened_at = house.now;
    ledger::Transfer transfer;
    transfer.from = {Place::donated, *ledger::parse_key(ledger::Book::goods, "books")};
    transfer.to = {Place::shop, transfer.from.key};
    transfer.amounts.grams = Grams{2500};
    transfer.basis = ledger::Basis::measured;
    weighed.transfers = {transfer};
    auto caller = people::internal_caller(people::Role::manager, "test", people::Kinds{}.set());
    const auto booked =
        write([&](Transaction& tx) { return ledger::post(tx, weighed, caller, house.now); });
    CHECK(wrong_fields(booked) == "accepted");
    offered.places = {Place::sorting};
    offered.streams = {*ledger::parse_key(ledger::Book::goods, "toys")};
    CHECK(wrong_fields(save_it()) == "places network.still_in_use, streams network.still_in_use");
    offered = {};
    CHECK(wrong_fields(save_it()) ==
          "places network.places_needed, streams network.streams_needed");
    CHECK(now_registered().offers(Place::outgoing));
}

TEST_CASE_FIXTURE(Registry, "a tare never changes: it is retired, and its name is free again") {
    const auto first = add(cage(*this));
    REQUIRE(first);
    CHECK(first->number == 1);
    CHECK(wrong_fields(add(cage(*this))) == "name network.label_taken");
    const auto retire = [&] {
        return write([&](Transaction& tx) { return retire_tare(tx, zutphen.id, 1, house.now); });
    };
    REQUIRE(retire());
    CHECK(wrong_fields(retire()) == "network.no_such_tare");
    auto lighter = cage(*this);
    lighter.grams = Grams{47'000};
    lighter.valid_from = day_after(today(), 2);
    REQUIRE(add(lighter));
    CHECK(all_tares().size() == 2);
    CHECK(all_tares()[0].grams == Grams{48'500});
    const auto in_use = [&](int number, Day on) {
        return house.store->read(
            [&](Snapshot& view) { return tare_in_use(view, zutphen.id, number, on).has_value(); });
    };
    CHECK_FALSE(in_use(1, today()));
    CHECK_FALSE(in_use(2, today()));
    CHECK(in_use(2, day_after(today(), 2)));
    Tare wrong;
    wrong.valid_from = day_after(today(), 400);
    CHECK(wrong_fields(add(wrong)) ==
          "name network.label_needed, grams network.tare_outside, valid_from network.day_far");
}

TEST_CASE_FIXTURE(Registry, "scales are added, changed and retired, each in its own centre") {
    REQUIRE(add(weighbridge()));
    auto desk = weighbridge();
    desk.name = "Balieweegschaal";
    desk.profile = ScaleProfile::pattern;
    desk.pattern = "{word} kg"; // where is the weight?
    CHECK(wrong_fields(add(desk)) == "pattern devices.pattern_without_weight");
    desk.pattern = "{weight} kg";
    const auto second = add(desk);
    REQUIRE(second);
    CHECK(second->number == 2);
    const auto change = [&](const Scale& scale) {
        return write([&](Transaction& tx) { return change_scale(tx, zutphen.id, scale); });
    };
    auto moved = *second;
    moved.place = "balie";
    moved.verified_until = std::nullopt;
    REQUIRE(change(moved));
    CHECK(all_scales()[1].place == "balie");
    CHECK_FALSE(all_scales()[1].verified_until);
    moved.name = "WEEGBRUG";
    CHECK(wrong_fields(change(moved)) == "name network.label_taken");

    const auto elsewhere = add("Deventer");
    const auto foreign =
        write([&](Transaction& tx) { return change_scale(tx, elsewhere.id, *second); });
    CHECK(wrong_fields(foreign) == "network.no_such_scale");
    REQUIRE(write([&](Transaction& tx) { return retire_scale(tx, zutphen.id, 2, house.now); }));
    CHECK(wrong_fields(change(*second)) == "network.no_such_scale");
    CHECK(all_scales()[1].retired_at);
}

TEST_CASE_FIXTURE(Registry, "all that is wrong about a scale is said at once") {
    Scale wrong;
    wrong.host = "weegbrug; rm";
    wrong.profile = ScaleProfile::pattern;
    wrong.most = Grams{100};
    wrong.step = Grams{200};
    CHECK(wrong_fields(add(wrong)) ==
          "name network.label_needed, place network.scale_place_needed, host network.host_wrong, "
          "port network.port_wrong, pattern network.pattern_needed, step network.step_outside");
    auto needless = weighbridge();
    needless.pattern = "x";
    CHECK(wrong_fields(add(needless)) == "pattern network.pattern_needless");
}
