// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/catalogue_page.hpp"

#include "rooms/network/own_categories.hpp"
#include "rooms/people/pages_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::people::testing;

namespace {

struct CataloguePages {
    House house;
    http::Router router{network::catalogue_routes(house.site())};
    Visitor visitor{router, house.now};
    ledger::Key toys = *ledger::parse_key(ledger::Book::goods, "toys");
};

std::size_t times(const http::Response& answer, std::string_view words) {
    std::size_t found = 0;
    for (auto at = answer.body.find(words); at != answer.body.npos;
         at = answer.body.find(words, at + words.size())) {
        ++found;
    }
    return found;
}

} // namespace

TEST_CASE_FIXTURE(CataloguePages, "everybody sees all categories by stream, without signing in") {
    const auto answer = visitor.get("/soorten");
    CHECK(answer.status == 200);
    CHECK(times(answer, "<details class=\"card fold\"") == 10);
    CHECK(times(answer, "<th scope=\"row\">") ==
          network::Catalogue::built_in().tables().categories.size());
    CHECK(says(answer, "<details class=\"card fold\" id=\"electrical\">"));
    CHECK(says(answer, "Wasmachine"));
    CHECK_FALSE(says(answer, "noindex"));
    CHECK_FALSE(says(answer, "refusal."));
}

TEST_CASE_FIXTURE(CataloguePages,
                  "a weight stands with its source and year, and what is unknown stays empty") {
    const auto answer = visitor.get("/soorten?q=wasmachine");
    CHECK(says(answer, "72,54\u00a0kg"));
    CHECK(says(answer, "href=\"#bron-unu-2021\""));
    CHECK(says(answer, "CBS and United Nations University</span>, 2021"));
    CHECK(says(answer, "id=\"bron-unu-2021\""));
    CHECK(says(visitor.get("/soorten?q=ledlamp"), "0,08\u00a0kg"));
    CHECK(says(visitor.get("/soorten?q=plat+scherm"), "8,268\u00a0kg"));
    CHECK_FALSE(says(visitor.get("/soorten?q=trui"), "\u00a0kg"));
}

TEST_CASE_FIXTURE(CataloguePages, "waste, groups and dangers are shown with their names") {
    const auto fridge = visitor.get("/soorten?q=koelkast");
    CHECK(says(fridge, "20 01 23*"));
    CHECK(says(fridge, "chloorfluorkoolwaterstoffen"));
    CHECK(says(fridge, "1A<br><span class=\"note\">Koelen en vriezen"));
    CHECK(says(fridge, "<a class=\"chip wait\" href=\"#gevaar-refrigerant\">Koelmiddel</a>"));
    CHECK(says(fridge, "id=\"gevaar-refrigerant\""));
    const auto bottle = visitor.get("/soorten?q=gasfles");
    CHECK(says(bottle, "<a class=\"chip stop\" href=\"#stop-gas\">"));
    CHECK(says(bottle, "id=\"stop-gas\""));
    visitor.language = "en";
    CHECK(says(visitor.get("/soorten?q=fridge"), "Temperature exchange"));
}

TEST_CASE_FIXTURE(CataloguePages, "a search opens the streams in which something fits") {
    const auto chairs = visitor.get("/soorten?q=stoel");
    CHECK(says(chairs, "Eetkamerstoel"));
    CHECK_FALSE(says(chairs, "id=\"books\""));
    const auto puzzles = visitor.get("/soorten?q=legpuzzel");
    CHECK(says(puzzles, "<details class=\"card fold\" id=\"toys\" open>"));
    CHECK(times(puzzles, "<th scope=\"row\">") == 1);
    CHECK(says(puzzles, "noindex"));
    const auto nothing = visitor.get("/soorten?q=zz<i>");
    CHECK(times(nothing, "<details class=\"card fold\"") == 0);
    CHECK(says(nothing, "Deze soort staat er niet"));
    CHECK(says(nothing, "zz&lt;i&gt;"));
    CHECK(visitor.get("/soorten?q=" + std::string(5000, 'x')).status == 200);
}

TEST_CASE_FIXTURE(CataloguePages,
                  "what the network added, renamed and retired is shown as it is today") {
    const Day today = local_day(house.now);
    const auto changed =
        house.store
            ->write([&](Transaction& tx) -> Result<void> {
                const auto kite =
                    network::add_category(tx, toys, {"Vlieger", "Kite"}, today, house.now);
                if (!kite) return refuse(kite.error());
                const auto named =
                    network::rename_category(tx, {602}, {"Puzzel", "Puzzle"}, today, house.now);
                if (!named) return named;
                return network::set_offer(tx, {601}, network::Offer::retired, today, house.now);
            })
            .get();
    REQUIRE(changed);
    CHECK(says(visitor.get("/soorten?q=vlieger"), "Vlieger"));
    CHECK(says(visitor.get("/soorten?q=puzzle"), "Puzzel"));
    const auto all = visitor.get("/soorten");
    CHECK_FALSE(says(all, "Legpuzzel"));
    CHECK_FALSE(says(all, "Gezelschapsspel"));
}

TEST_CASE("what the page says about groups is there in both languages") {
    const auto& texts = Texts::built_in();
    for (const auto language : {Language::nl, Language::en}) {
        for (const auto& category : network::Catalogue::built_in().tables().categories) {
            CHECK(texts.has(language,
                            "eu_group." + std::string(network::code_of(category.eu_group))));
            if (category.weee) CHECK(texts.has(language, "weee." + std::to_string(*category.weee)));
        }
    }
}
