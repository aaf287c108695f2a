// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/category_pages.hpp"

#include "rooms/network/catalogue_page.hpp"
#include "rooms/network/own_categories.hpp"
#include "rooms/people/pages_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::people::testing;

namespace {

struct CategoryPages {
    House house;
    http::Router router{all_routes()};
    Visitor visitor{router, house.now};
    Visitor manager{router, house.now, house.full_token()};
    Day today = local_day(house.now);

    http::Routes all_routes() {
        auto routes = network::category_routes(house.site());
        for (auto& route : network::catalogue_routes(house.site())) {
            routes.push_back(std::move(route));
        }
        return routes;
    }
    std::string day(int ahead) const { return format_day(day_after(today, ahead)); }
    http::Response add(std::string_view name, const std::string& from) {
        return manager.post("/soorten/nieuw", {{"what", "category"},
                                               {"stream", "bicycles"},
                                               {"name_nl", std::string(name)},
                                               {"name_en", "Cargo bike"},
                                               {"from", from}});
    }
};

} // namespace

TEST_CASE_FIXTURE(CategoryPages, "who manages the network adds a category, and everybody sees it") {
    CHECK(manager.get("/soorten/nieuw").status == 200);
    CHECK(says(manager.get("/soorten"), "href=\"/soorten/nieuw\""));
    CHECK_FALSE(says(visitor.get("/soorten"), "/soorten/nieuw"));
    const auto added = add("Bakfiets", day(0));
    CHECK(added.status == 303);
    CHECK(header_of(added, "Location") == "/soorten/10000?klaar=category");
    CHECK(says(manager.get("/soorten/10000?klaar=category"), "De soort staat erbij"));
    const auto shown = visitor.get("/soorten/10000");
    CHECK(says(shown, "<h1>Bakfiets</h1>"));
    CHECK(says(shown, "Fietsen"));
    CHECK(says(shown, "sinds 12-03-2027"));
    CHECK_FALSE(says(shown, "<form class=\"card"));
    CHECK(says(visitor.get("/soorten?q=bakfiets"), "href=\"/soorten/10000\""));
}

TEST_CASE_FIXTURE(CategoryPages, "one for a later day has its page at once") {
    CHECK(add("Bakfiets", day(3)).status == 303);
    CHECK(says(visitor.get("/soorten/10000"), "vanaf 15-03-2027"));
    CHECK_FALSE(says(visitor.get("/soorten?q=bakfiets"), "/soorten/10000"));
}

TEST_CASE_FIXTURE(CategoryPages,
                  "a new name leaves the old one in the history, in both languages") {
    const auto renamed = manager.post("/soorten/602", {{"what", "category_names"},
                                                       {"name_nl", "Puzzel"},
                                                       {"name_en", "Puzzle"},
                                                       {"from", day(0)}});
    CHECK(header_of(renamed, "Location") == "/soorten/602?klaar=category_names");
    const auto shown = visitor.get("/soorten/602");
    CHECK(says(shown, "<h1>Puzzel</h1>"));
    CHECK(says(shown, "Legpuzzel"));
    visitor.language = "en";
    CHECK(says(visitor.get("/soorten/602"), "Jigsaw puzzle"));
}

TEST_CASE_FIXTURE(CategoryPages, "a retired category stays to be found by who can offer it again") {
    const FormFields retire{{"what", "category_offer"}, {"offered", "0"}, {"from", day(0)}};
    CHECK(manager.post("/soorten/602", retire).status == 303);
    CHECK(says(visitor.get("/soorten/602"), "niet meer te kiezen"));
    CHECK_FALSE(says(visitor.get("/soorten?q=legpuzzel"), "/soorten/602"));
    CHECK(says(manager.get("/soorten?q=legpuzzel"), "/soorten/602"));
    const FormFields again{{"what", "category_offer"}, {"offered", "1"}, {"from", day(0)}};
    CHECK(says(manager.get("/soorten/602"), "Weer aanbieden"));
    CHECK(manager.post("/soorten/602", again).status == 303);
    CHECK(says(visitor.get("/soorten?q=legpuzzel"), "/soorten/602"));
}

TEST_CASE_FIXTURE(CategoryPages, "what cannot be says so, and what was typed stays") {
    const auto empty = manager.post("/soorten/nieuw", {{"what", "category"},
                                                       {"stream", "jewels"},
                                                       {"name_nl", ""},
                                                       {"name_en", "Cargo <bike>"},
                                                       {"from", "gisteren"}});
    CHECK(empty.status == 400);
    CHECK(says(empty, "href=\"#category-stream\""));
    CHECK(says(empty, "href=\"#category-name_nl\""));
    CHECK(says(empty, "href=\"#category-from\""));
    CHECK(says(empty, "Cargo &lt;bike&gt;"));
    CHECK(add("Bakfiets", day(-1)).status == 400);
    CHECK(add("Bakfiets", day(0)).status == 303);
    const auto twice = add("BAKFIETS", day(0));
    CHECK(twice.status == 400);
    CHECK(says(twice, "href=\"#category\""));
    CHECK(says(twice, "value=\"BAKFIETS\""));
    CHECK(manager.post("/soorten/602", {{"what", "burn"}}).status == 400);
    CHECK(manager.post("/soorten/nieuw", {}).status == 400);
    for (const auto* const nothing : {"/soorten/99", "/soorten/9999", "/soorten/x", "/soorten/-1",
                                      "/soorten/99999999999999999999"}) {
        CHECK(visitor.get(nothing).status == 404);
        CHECK(manager.post(nothing, {{"what", "category_offer"}, {"from", day(0)}}).status == 404);
    }
}

TEST_CASE_FIXTURE(CategoryPages, "nobody else changes a category") {
    const FormFields rename{
        {"what", "category_names"}, {"name_nl", "Puzzel"}, {"name_en", "Puzzle"}, {"from", day(0)}};
    CHECK(visitor.post("/soorten/602", rename).status == 303); // to the sign-in page
    CHECK(visitor.get("/soorten/nieuw").status == 303);
    const Visitor of_centre{router, house.now, house.full_token(CentreId{3})};
    CHECK(of_centre.post("/soorten/602", rename).status == 403);
    CHECK(of_centre.get("/soorten/nieuw").status == 403);
    auto elsewhere = manager;
    elsewhere.site = "cross-site";
    CHECK(elsewhere.post("/soorten/602", rename).status == 403);
    CHECK(says(visitor.get("/soorten/602"), "<h1>Legpuzzel</h1>"));
}
