// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/register_pages.hpp"

#include "rooms/network/network.hpp"
#include "rooms/network/register_forms.hpp"
#include "rooms/people/pages_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::people::testing;

namespace {

struct SettingUp {
    House house;
    network::CentreRow zutphen = add("Zutphen");
    http::Router router{network::register_routes(house.site())};
    Visitor visitor{router, house.now, house.full_token(zutphen.id)};
    std::string url = "/centra/zutphen/inrichten";

    network::CentreRow add(const std::string& name) {
        network::CentreRow row;
        row.name = row.municipality = row.place = name;
        return house.store
            ->write([&](Transaction& tx) { return network::add_centre(tx, row, house.now); })
            .get()
            .value();
    }
    network::Registered known() {
        return house.store->read([&](Snapshot& view) {
            return network::registered(view, *network::centre(view, zutphen.id));
        });
    }
    /// Sends the form of that task; where it leads, or its page when it was refused.
    http::Response send(const std::string& what, FormFields fields) {
        fields.emplace_back("what", what);
        return visitor.post(url, fields);
    }
};

const FormFields good_details{{"name", "Ambachtscentrum Zutphen"},
                              {"street", "Fabrieksweg"},
                              {"house_number", "12a"},
                              {"postcode", "7202ab"},
                              {"place", "Zutphen"},
                              {"municipality", "zutphen"},
                              {"latitude", "52,1389"},
                              {"longitude", "6.1964"},
                              {"organisation", "Stichting Kringloop"},
                              {"organisation_kind", "foundation"}};
const FormFields good_scale{{"name", "Weegbrug"}, {"place", "poort"},
                            {"host", "10.0.0.5"}, {"port", "4001"},
                            {"profile", "sics"},  {"most", "60000"},
                            {"step", "20"},       {"number", "0"},
                            {"pattern", ""},      {"verified_until", "2027-03-01"}};

} // namespace

TEST_CASE_FIXTURE(SettingUp, "details are saved as typed, and the page leads back to itself") {
    CHECK(visitor.get(url).status == 200);
    const auto answer = send("details", good_details);
    CHECK(answer.status == 303);
    CHECK(header_of(answer, "Location") == "/centra/zutphen/inrichten?klaar=details#details");
    CHECK(known().address.postcode == "7202 AB");
    CHECK(known().municipality == "GM0301");
    CHECK(known().point == network::Point{52'138'900, 6'196'400});
    const auto page = visitor.get(url + "?klaar=details");
    CHECK(says(page, "De gegevens zijn bewaard."));
    CHECK(says(page, R"(value="Fabrieksweg")"));
    CHECK(says(page, R"(value="52,1389")"));
    CHECK(says(page, R"(<option value="&#39;s-Hertogenbosch">)"));
    CHECK(says(page, R"(list="municipalities")"));
}

TEST_CASE_FIXTURE(SettingUp, "all that is wrong is named at once, and what was typed stays") {
    const auto answer = send("details", {{"name", ""},
                                         {"street", "Fabrieksweg <i>"},
                                         {"place", "Zutphen"},
                                         {"municipality", "Bergen"},
                                         {"latitude", "52.1"}});
    CHECK(answer.status == 400);
    for (const auto* const field : {"details-name", "details-house_number", "details-postcode",
                                    "details-municipality", "details-longitude"}) {
        CHECK(says(answer, "href=\"#" + std::string(field) + "\""));
    }
    CHECK_FALSE(says(answer, R"(href="#details-place")"));
    CHECK(says(answer, "Fabrieksweg &lt;i&gt;"));
    CHECK(says(answer, "<title>Fout: "));
    CHECK(known().address.street.empty());
}

TEST_CASE_FIXTURE(SettingUp, "hours are shown in plain language before they are saved") {
    const FormFields typed{{"hours", "ma-vr 9:00-17:00; za[2] 10:00-16:00"}, {"preview", "1"}};
    const auto preview = send("hours", typed);
    CHECK(preview.status == 200);
    CHECK(says(preview, "Nu open. Gaat vrijdag 12 maart 2027 om 17:00 dicht."));
    CHECK(says(preview, "10:00–16:00")); // the second Saturday is tomorrow
    CHECK(says(preview, R"(value="ma-vr 9:00-17:00; za[2] 10:00-16:00")"));
    CHECK_FALSE(known().hours);

    CHECK(send("hours", {typed[0]}).status == 303);
    REQUIRE(known().hours);
    CHECK(known().hours->text() == "Mo-Fr 09:00-17:00; Sa[2] 10:00-16:00");
    CHECK(says(visitor.get(url), "value=\"ma-vr 09:00-17:00; za[2] 10:00-16:00\""));
    auto english = visitor;
    english.language = "en";
    CHECK(says(english.get(url), "value=\"Mo-Fr 09:00-17:00; Sa[2] 10:00-16:00\""));
    CHECK(send("closed_day", {{"day", "2027-03-12"}, {"reason", "inventarisatie"}}).status == 303);
    const auto page = visitor.get(url);
    CHECK(says(page, "gesloten: inventarisatie"));
    CHECK(says(page, "Nu dicht. Gaat zaterdag 13 maart 2027 om 10:00 open."));
    CHECK(send("closed_day_remove", {{"day", "2027-03-12"}}).status == 303);
    CHECK(known().closed_days.empty());
    CHECK(send("closed_day_remove", {{"day", "2027-03-12"}}).status == 400);
}

TEST_CASE_FIXTURE(SettingUp, "hours that cannot be read are refused with the place and the words") {
    const auto answer = send("hours", {{"hours", "ma-vr 9-17"}});
    CHECK(answer.status == 400);
    CHECK(says(answer, "Bij teken 7 hoort een tijd, zoals 09:00."));
    visitor.language = "en";
    CHECK(says(send("hours", {{"hours", "ma-vr 9-17"}}), "belongs at sign 7"));
    CHECK(send("hours", {{"hours", ""}}).status == 303); // not known, which is no mistake
}

TEST_CASE_FIXTURE(SettingUp, "building blocks, places and streams are chosen from what there is") {
    CHECK(send("block", {{"block", "repair"}, {"since", "2026-01-01"}, {"evidence", "werkplaats"}})
              .status == 303);
    CHECK(says(visitor.get(url), "sinds 01-01-2026 · werkplaats"));
    const auto wrong = send("block", {{"block", "zwembad"}, {"since", ""}, {"evidence", ""}});
    CHECK(wrong.status == 400);
    CHECK(says(wrong, R"(href="#block-since")"));
    CHECK(send("block_remove", {{"block", "repair"}}).status == 303);
    CHECK(known().blocks.empty());

    CHECK(
        send("offered", {{"places", "sorting"}, {"places", "shop"}, {"streams", "books"}}).status ==
        303);
    CHECK(known().offers(ledger::Place::shop));
    CHECK_FALSE(known().offers(ledger::Place::workshop));
    CHECK(says(visitor.get(url), R"(name="places" value="shop" checked)"));
    CHECK_FALSE(says(visitor.get(url), R"(name="places" value="workshop" checked)"));
    CHECK(send("offered", {}).status == 400);
}

TEST_CASE_FIXTURE(SettingUp, "bins are added and retired, and a doubtful weight is asked again") {
    FormFields tare{{"name", "Kooi 7"}, {"kind", "cage"}, {"valid_from", "2027-03-12"}};
    tare.emplace_back("grams", "48,5");
    CHECK(send("tare", tare).status == 303);
    const auto page = visitor.get(url);
    CHECK(says(page, "1. Kooi 7"));
    CHECK(says(page, "Rolkooi · 48,5\u00A0kg · vanaf 12-03-2027"));
    tare.back().second = "1.250";
    CHECK(says(send("tare", tare), "kan op twee manieren gelezen worden"));
    CHECK(send("tare_retire", {{"number", "1"}}).status == 303);
    CHECK(says(visitor.get(url), "uit gebruik sinds 12-03-2027"));
    CHECK(
        says(send("tare_retire", {{"number", "1"}}), "Deze bak is er niet, of is al uit gebruik."));
}

TEST_CASE_FIXTURE(SettingUp, "a scale is added, opened, changed and retired") {
    CHECK(send("scale", good_scale).status == 303);
    CHECK(says(visitor.get(url), "ijk verlopen op 01-03-2027"));
    const auto opened = visitor.get(url + "?weegschaal=1");
    CHECK(says(opened, "Weegschaal wijzigen"));
    CHECK(says(opened, R"(value="10.0.0.5")"));
    CHECK(says(opened, R"(name="number" value="1")"));
    auto changed = good_scale;
    changed[2].second = "10.0.0.6";
    changed[7].second = "1";
    CHECK(send("scale", changed).status == 303);
    CHECK(says(visitor.get(url), "10.0.0.6:4001"));
    changed[3].second = "99999";
    const auto wrong = send("scale", changed);
    CHECK(wrong.status == 400);
    CHECK(says(wrong, "Weegschaal wijzigen")); // still about the same one
    CHECK(says(wrong, R"(href="#scale-port")"));
    CHECK(send("scale_retire", {{"number", "1"}}).status == 303);
    CHECK(send("scale", changed).status == 400);
}

TEST_CASE_FIXTURE(SettingUp, "only who manages the centre sets it up, from a page of this site") {
    const auto refused_to = [&](const std::string& token) {
        visitor.token = token;
        return visitor.get(url).status == 403 && send("details", good_details).status == 403;
    };
    const auto elsewhere = add("Deventer");
    CHECK(refused_to(house.full_token(elsewhere.id)));
    people::TokenRequest desk;
    desk.name = "balie";
    desk.kinds.set();
    desk.centre = zutphen.id;
    CHECK(refused_to(house.token(desk)));
    visitor.token = "";
    CHECK(header_of(visitor.get(url), "Location") == "/aanmelden?verder=" + url);
    visitor.token = house.full_token();
    CHECK(visitor.get(url).status == 200);
    CHECK(visitor.get("/centra/nergens/inrichten").status == 404);
    visitor.site = "cross-site";
    CHECK(send("details", good_details).status == 403);
    CHECK(known().address.street.empty());
    visitor.site = "same-origin";
    CHECK(send("slopen", {}).status == 400);
}

TEST_CASE("numbers are read and written as people here do") {
    CHECK(network::parse_decimal("52,1389", 6) == 52'138'900);
    CHECK(network::parse_decimal("-6.5", 1) == -65);
    CHECK(network::parse_decimal("12", 3) == 12'000);
    for (const auto* const wrong : {"", "-", ",5", "5,", "1,2,3", "1.2345", "x", "1e3", "--1"}) {
        CHECK_FALSE(network::parse_decimal(wrong, 3));
    }
    CHECK(network::format_decimal(48'500, 3) == "48,5");
    CHECK(network::format_decimal(60'000'000, 3) == "60000");
    CHECK(network::format_decimal(-40, 3) == "-0,04");
}
