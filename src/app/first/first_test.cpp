// SPDX-License-Identifier: EUPL-1.2
#include "app/first/first.hpp"

#include "app/booking_testing.hpp"
#include "app/first/pages.hpp"
#include "app/rooms.hpp"
#include "platform/devices/scale_simulator.hpp"
#include "rooms/network/register_actions.hpp"
#include "rooms/network/setting.hpp"
#include "rooms/people/pages_testing.hpp"
#include "rooms/people/sessions.hpp"

#include <doctest/doctest.h>

using namespace kringwerk;
using namespace kringwerk::app;
using namespace kringwerk::people::testing;
using people::Role;

namespace {

const FormFields noord{{"name", "Werkplaats Noord"},
                       {"postcode", "4021cc"},
                       {"place", "Maurik"},
                       {"municipality", "Buren"}};
const FormFields later{{"later", "1"}};

struct Beginning {
    House house;
    Rooms rooms{*house.store, "Kringwerk", false};
    http::Router router{all_routes(rooms)};
    Visitor mara = browser_of({{}, Role::administrator}, "Mara");

    template <class Function> auto write(Function function) {
        return house.store->write(std::move(function)).get();
    }
    template <class Function> auto read(Function function) {
        return house.store->read(std::move(function));
    }
    Visitor browser_of(const people::RoleHeld& role, std::string name) {
        return {router, house.now, write([&](Transaction& tx) {
                    const auto id = people::add_person(tx, {std::move(name)}, house.now).value();
                    people::give_role(tx, id, role, house.now);
                    return people::start_session(tx, id, "test", house.now);
                })};
    }
    /// Where an answer leads, or where /begin does.
    static std::string to(const http::Response& answer) { return header_of(answer, "Location"); }
    std::string resumed() { return to(mara.get("/begin")); }
    std::string answer(std::string_view step, const FormFields& fields) {
        return to(mara.post("/begin/" + std::string(step), fields));
    }
    network::CentreRow centre() {
        return read([](Snapshot& view) { return first::progress(view).centre.value(); });
    }
    network::Registered known() {
        return read([](Snapshot& view) {
            return network::registered(view, first::progress(view).centre.value());
        });
    }
    network::CentreRow add_centre(std::string name) {
        network::CentreRow row;
        row.name = std::move(name);
        row.municipality = "Buren";
        row.place = "Maurik";
        return write([&](Transaction& tx) { return network::add_centre(tx, row, house.now); })
            .value();
    }
    /// Where somebody begins who signs in now.
    bool home_is(std::string_view page) {
        return read([&](Snapshot& view) {
            const auto session = people::session_of(view, mara.token, house.now).value();
            const auto caller = people::caller_for(*people::person(view, session.person));
            return first::home_of(view, caller) == page;
        });
    }
    FormFields scale(std::uint16_t port) const {
        return {{"what", "scale"},   {"number", "0"},       {"name", "Weegschaal poort"},
                {"place", "poort"},  {"host", "127.0.0.1"}, {"port", std::to_string(port)},
                {"profile", "sics"}, {"most", "150"},       {"step", "20"}};
    }
};

} // namespace

TEST_CASE_FIXTURE(Beginning, "one question comes after the other, until all of them are answered") {
    CHECK(resumed() == "/begin/centrum");
    const auto page = mara.get("/begin/centrum");
    CHECK(page.status == 200);
    CHECK(says(page, "Stap 2 van 6"));
    CHECK(says(page, R"(<li class="done">)"));
    CHECK(says(page, R"(<li class="now" aria-current="step">)"));
    CHECK_FALSE(says(page, R"(name="later")"));

    CHECK(answer("centrum", noord) == "/begin/doen");
    CHECK(centre().slug == "werkplaats-noord");
    CHECK(known().address.postcode == "4021 CC");
    CHECK(known().municipality == "GM0214");
    CHECK(says(mara.get("/begin/doen"), R"(name="later")"));
    CHECK(answer("doen", {{"blocks", "repair"}, {"blocks", "shop"}}) == "/begin/apparatuur");
    CHECK(known().blocks.size() == 2);
    CHECK(answer("apparatuur", {{"what", "done"}}) == "/begin/mensen");
    CHECK(answer("mensen", {{"name", "Noor"}, {"pin", "4711"}}) == "/begin/boeken");
    CHECK(says(mara.get("/begin/mensen"), "Noor"));
    CHECK(home_is("/begin"));
    CHECK(answer("boeken", {{"what", "own"}}) == "/begin/klaar");

    CHECK(resumed() == "/begin/klaar");
    const auto done = mara.get("/begin/klaar");
    CHECK(says(done, "Alles staat klaar"));
    CHECK(says(done, R"(action="/centra/werkplaats-noord/apparaten")"));
    CHECK_FALSE(says(done, R"(action="/begin/klaar")"));
    CHECK_FALSE(says(mara.get("/centra/werkplaats-noord/balie"), R"(href="/begin")"));
    CHECK(home_is(""));
}

TEST_CASE_FIXTURE(Beginning,
                  "Later puts a question off; what is open comes first for who returns") {
    CHECK(answer("centrum", noord) == "/begin/doen");
    CHECK(mara.post("/begin/centrum", later).status == 400); // this one cannot wait
    CHECK(answer("doen", later) == "/begin/apparatuur");
    CHECK(answer("apparatuur", later) == "/begin/mensen");
    CHECK(resumed() == "/begin/mensen");
    CHECK(home_is("/begin"));
    CHECK(answer("mensen", later) == "/begin/boeken");
    CHECK(answer("boeken", later) == "/begin/klaar");

    const auto done = mara.get("/begin/klaar");
    CHECK(says(done, "Bijna klaar"));
    for (const auto* const step : {"doen", "apparatuur", "mensen", "boeken"}) {
        CHECK(says(done, "<li><a href=\"/begin/" + std::string(step) + "\""));
    }
    CHECK(says(done, R"(<li class="later">)"));
    CHECK(home_is("")); // nothing is open, so nobody is pushed
    CHECK(says(mara.get("/centra/werkplaats-noord/balie"), R"(href="/begin")"));
    CHECK(answer("doen", {{"blocks", "yard"}}) == "/begin/klaar");
    CHECK_FALSE(says(mara.get("/begin/klaar"), R"(<li><a href="/begin/doen")"));
    CHECK(answer("doen", later) == "/begin/klaar"); // what is answered stays so
    CHECK(known().blocks.size() == 1);
    CHECK(answer("apparatuur", {{"what", "done"}}) == "/begin/klaar"); // there are none
    CHECK(answer("apparatuur", later) == "/begin/klaar");
    CHECK_FALSE(says(mara.get("/begin/klaar"), R"(<li><a href="/begin/apparatuur")"));

    CHECK(answer("klaar", {}) == "/centra/werkplaats-noord/balie");
    CHECK_FALSE(says(mara.get("/centra/werkplaats-noord/balie"), R"(href="/begin")"));
    CHECK(mara.get("/begin/klaar").status == 200);
}

TEST_CASE_FIXTURE(Beginning, "it is for administrators of the network, and for nobody else") {
    const Visitor stranger{router, house.now};
    CHECK(to(stranger.get("/begin")) == "/aanmelden?verder=/begin");
    CHECK(answer("centrum", noord) == "/begin/doen");
    const auto at = centre().id;
    for (const auto role : {Role::manager, Role::lead, Role::coordinator, Role::auditor}) {
        CAPTURE(people::code_of(role));
        const auto other = browser_of({at, role}, "Sam");
        for (const auto* const page :
             {"/begin", "/begin/doen", "/begin/klaar", "/begin/herstelblad", "/begin/proefprint"}) {
            CHECK(other.get(page).status == 403);
        }
        CHECK(other.post("/begin/doen", {{"blocks", "yard"}}).status == 403);
        CHECK(other.post("/begin/klaar", {}).status == 403);
        CHECK_FALSE(says(other.get("/centra/werkplaats-noord/balie"), R"(href="/begin")"));
    }
    auto foreign = mara;
    foreign.site = "cross-site";
    CHECK(foreign.post("/begin/doen", {{"blocks", "yard"}}).status == 403);
    CHECK(known().blocks.empty());
}

TEST_CASE_FIXTURE(Beginning, "a network that works already is not led through its beginning") {
    const auto first = add_centre("Werkplaats Zuid");
    CHECK(resumed() == "/begin/doen"); // added by hand, and empty: it goes on here
    app::testing::book_something(*house.store, first.id, house.now);
    CHECK(resumed() == "/centra");
    CHECK(to(mara.get("/begin/doen")) == "/centra");
    CHECK(to(mara.post("/begin/centrum", noord)) == "/centra");
    CHECK(read([](Snapshot& view) { return network::centres(view).size(); }) == 1);
    CHECK(home_is(""));
    CHECK_FALSE(says(mara.get("/centra/werkplaats-zuid/balie"), R"(href="/begin")"));
}

TEST_CASE_FIXTURE(Beginning, "two centres are a network, and so is an example") {
    add_centre("Werkplaats Zuid");
    add_centre("Werkplaats Oost");
    CHECK(resumed() == "/centra");
}

TEST_CASE_FIXTURE(Beginning, "an example network has no beginning") {
    write([](Transaction& tx) {
        network::set_setting(tx, "demo", "1");
        return true;
    });
    CHECK(resumed() == "/centra");
    CHECK(home_is(""));
}

TEST_CASE_FIXTURE(Beginning, "what is done elsewhere needs no answer here") {
    CHECK(answer("centrum", noord) == "/begin/doen");
    const auto at = centre();
    write([&](Transaction& tx) {
        REQUIRE(network::save_block(
            tx, at.id, {network::Block::yard, local_day(house.now), "het hek"}, house.now));
        network::Scale scale;
        scale.name = "Vloer";
        scale.place = "poort";
        scale.host = "127.0.0.1";
        scale.port = 4001;
        scale.most = {150'000};
        scale.step = {20};
        REQUIRE(network::add_scale(tx, at.id, scale));
        return true;
    });
    CHECK(resumed() == "/begin/mensen");
    const auto worker =
        mara.post("/centra/werkplaats-noord/mensen",
                  {{"what", "worker"}, {"name", "Noor"}, {"role", "volunteer"}, {"pin", "4711"}});
    CHECK(worker.status == 303);
    CHECK(resumed() == "/begin/boeken");
    app::testing::book_something(*house.store, at.id, house.now);
    CHECK(resumed() == "/begin/klaar");
}

TEST_CASE_FIXTURE(Beginning, "all that is wrong about the centre is said at once, and stays") {
    const auto page = mara.post(
        "/begin/centrum",
        {{"name", ""}, {"postcode", "402 <1>"}, {"place", "Maurik"}, {"municipality", ""}});
    CHECK(page.status == 400);
    CHECK(says(page, "<title>Fout: "));
    for (const auto* const field : {"name", "postcode", "municipality"}) {
        CHECK(says(page, "href=\"#first_centre-" + std::string(field) + "\""));
    }
    CHECK(says(page, R"(value="402 &lt;1&gt;")"));
    CHECK(says(page, R"(value="Maurik")"));
    const auto empty = mara.post("/begin/centrum", {{"name", "Noord"}, {"place", "Zutphen"}});
    CHECK(says(empty, "Vul de postcode in, zoals 7201 AB."));
    CHECK_FALSE(says(empty, R"(href="#first_centre-municipality")")); // called as the place
    CHECK(resumed() == "/begin/centrum");
    CHECK(mara.get("/begin/nergens").status == 303); // the centre comes first
    CHECK(answer("centrum", noord) == "/begin/doen");
    CHECK(mara.get("/begin/nergens").status == 404);
}

TEST_CASE_FIXTURE(Beginning, "a place that is a municipality needs to be named once") {
    CHECK(answer("centrum", {{"name", "Ambachtscentrum"},
                             {"postcode", "7201 AB"},
                             {"place", "zutphen"},
                             {"municipality", " "}}) == "/begin/doen");
    CHECK(known().municipality == "GM0301");
    CHECK(centre().municipality == "Zutphen");
}

TEST_CASE_FIXTURE(Beginning, "an earlier answer can be changed, and what else is known stays") {
    CHECK(answer("centrum", noord) == "/begin/doen");
    const auto at = centre();
    write([&](Transaction& tx) {
        network::Details details;
        details.name = "Werkplaats Noord";
        details.address = {"Dorpsstraat", "1a", "4021 CC", "Maurik"};
        details.municipality = "GM0214";
        details.point = network::Point{51'960'000, 5'420'000};
        details.organisation = "Gemeente Buren";
        details.organisation_kind = network::OrganisationKind::municipality;
        REQUIRE(network::save_details(tx, at.id, details, house.now));
        REQUIRE(network::save_block(
            tx, at.id, {network::Block::yard, local_day(house.now), "het hek"}, house.now));
        REQUIRE(network::save_block(
            tx, at.id, {network::Block::firms, local_day(house.now), "contract"}, house.now));
        return true;
    });
    CHECK(says(mara.get("/begin/centrum"), R"(value="4021 CC")"));
    auto renamed = noord;
    renamed[0].second = "Werkplaats Noord-West";
    CHECK(answer("centrum", renamed) == "/begin/apparatuur"); // what is open still
    CHECK(centre().id == at.id);
    CHECK(centre().name == "Werkplaats Noord-West");
    CHECK(known().address.street == "Dorpsstraat");
    CHECK(known().point.has_value());
    CHECK(known().organisation.value().kind == network::OrganisationKind::municipality);
    CHECK(read([](Snapshot& view) { return network::centres(view).size(); }) == 1);

    CHECK(says(mara.get("/begin/doen"), R"(value="yard" checked)"));
    CHECK(answer("doen", {{"blocks", "yard"}, {"blocks", "repair"}}) == "/begin/apparatuur");
    CHECK(known().blocks.size() == 3);
    CHECK(known().blocks.front().evidence == "het hek");
    CHECK(answer("doen", {{"blocks", "repair"}}) == "/begin/apparatuur");
    CHECK(known().blocks.size() == 2); // what is not asked here stays
    const auto nothing = mara.post("/begin/doen", {{"blocks", "firms?"}});
    CHECK(nothing.status == 400);
    CHECK(says(nothing, "Tik minstens één ding aan, of kies Later."));
    CHECK(known().blocks.size() == 2);
}

TEST_CASE_FIXTURE(Beginning, "a scale is tried at once: its own line stands on the page") {
    devices::SimulatorOptions options;
    options.on_request = true;
    devices::ScaleSimulator simulator(options);
    simulator.put(Grams{18'260});
    CHECK(answer("centrum", noord) == "/begin/doen");
    CHECK(says(mara.get("/begin/apparatuur"), R"(value="Weegschaal poort")"));
    auto wrong = scale(simulator.port());
    wrong[4].second = "weeg schaal";
    const auto refused = mara.post("/begin/apparatuur", wrong);
    CHECK(refused.status == 400);
    CHECK(says(refused, R"(href="#scale-host")"));
    CHECK(says(refused, R"(value="weeg schaal")"));
    CHECK(says(refused, R"(id="scale-form" open)"));

    CHECK(answer("apparatuur", scale(simulator.port())) == "/begin/apparatuur#scale");
    const auto page = mara.get("/begin/apparatuur");
    CHECK(says(page, "<strong>18,26</strong>"));
    CHECK(says(page, "<code>S S     18.260 kg</code>"));
    CHECK_FALSE(says(page, R"(name="host")"));
    auto changed = scale(simulator.port());
    changed[1].second = "1";
    changed[2].second = "Weegbrug";
    CHECK(says(mara.get("/begin/apparatuur?weegschaal=1"), R"(name="number" value="1")"));
    CHECK(answer("apparatuur", changed) == "/begin/apparatuur#scale");
    const auto at = centre().id;
    const auto scales = read([&](Snapshot& view) { return network::scales(view, at); });
    REQUIRE(scales.size() == 1);
    CHECK(scales.front().name == "Weegbrug");
}

TEST_CASE_FIXTURE(Beginning, "printer and scanner are remembered once they worked") {
    CHECK(answer("centrum", noord) == "/begin/doen");
    const std::string works = R"(<span class="chip ok">)";
    CHECK_FALSE(says(mara.get("/begin/apparatuur"), works));
    const auto nothing = mara.post("/begin/apparatuur", {{"what", "scanner"}, {"scanned", " "}});
    CHECK(nothing.status == 400);
    CHECK(says(nothing, "Er kwam niets binnen."));
    CHECK_FALSE(says(mara.get("/begin/apparatuur"), works));
    const auto onwards = answer("apparatuur", {{"what", "scanner"}, {"scanned", "<8712> é"}});
    CHECK(onwards == "/begin/apparatuur?gescand=%3C8712%3E%20%C3%A9#scanner");
    const auto page = mara.get("/begin/apparatuur?gescand=8712");
    CHECK(says(page, "Hij werkt. Je scanner typte:"));
    CHECK(says(page, "8712</code>"));
    CHECK(says(page, works));
    CHECK(says(page, "Hij print goed"));
    CHECK(answer("apparatuur", {{"what", "printer"}}) == "/begin/apparatuur#printer");
    CHECK_FALSE(says(mara.get("/begin/apparatuur"), "Hij print goed"));
    CHECK(says(mara.get("/begin/proefprint"), "Werkplaats Noord"));
    CHECK(first::start_of("één", 2) == "é");
    CHECK(first::start_of("één", 1).empty());
}

TEST_CASE_FIXTURE(Beginning,
                  "whoever works at the gate needs a name and a PIN that is not guessed") {
    CHECK(answer("centrum", noord) == "/begin/doen");
    const auto missing = mara.post("/begin/mensen", {{"name", ""}, {"pin", ""}});
    CHECK(missing.status == 400);
    CHECK(says(missing, R"(href="#first_worker-name")"));
    CHECK(says(missing, R"(href="#first_worker-pin")"));
    const auto easy = mara.post("/begin/mensen", {{"name", "Noor"}, {"pin", "1234"}});
    CHECK(easy.status == 400);
    CHECK(says(easy, R"(value="Noor")"));
    CHECK_FALSE(says(easy, R"(value="1234")"));
    CHECK(says(mara.post("/begin/mensen", {{"name", "Noor"}}), "Een pincode heeft 4 cijfers."));
    const auto at = centre().id;
    const auto crew = [&] {
        return read([&](Snapshot& view) { return people::people_of_centre(view, at); });
    };
    CHECK(crew().empty());
    CHECK(answer("mensen", {{"name", "Noor"}, {"pin", "4711"}, {"role", "manager"}}) ==
          "/begin/doen");
    REQUIRE(crew().size() == 1);
    REQUIRE(crew().front().roles.size() == 1);
    CHECK(crew().front().roles.front().role == Role::volunteer); // whatever else was sent
    CHECK(people::pin_is("4711", crew().front().pin.value()));
}

TEST_CASE_FIXTURE(Beginning, "the last pages say where everything is, and hold no secret") {
    rooms.premises.program = "kringwerk";
    rooms.premises.folder = "/srv/mijn boeken";
    CHECK(answer("centrum", noord) == "/begin/doen");
    const auto books = mara.get("/begin/boeken");
    CHECK(says(books, "kringwerk demo --data &#39;/srv/mijn boeken-oefenen&#39;"));
    const auto sheet = mara.get("/begin/herstelblad");
    CHECK(says(sheet, "admin reset-password --email jouw@adres.nl --data &#39;/srv/mijn boeken"));
    CHECK(says(sheet, "admin unlock"));
    CHECK(says(sheet, "admin create"));
    CHECK(says(sheet, "cp -a &#39;/srv/mijn boeken&#39; &#39;/srv/mijn boeken-kopie&#39;"));
    CHECK_FALSE(says(sheet, "kw_"));
    CHECK_FALSE(says(sheet, "kws_"));
    CHECK_FALSE(says(sheet, "kwl_"));

    CHECK(says(mara.get("/begin/klaar"), "https staat uit"));
    const std::vector<std::string> names{"192.168.1.20"};
    rooms.premises.tablet = tablet_access("0.0.0.0", 8443, names, Trust{"der", "profile", "3F"});
    const auto done = mara.get("/begin/klaar");
    CHECK(says(done, "<svg"));
    CHECK(says(done, "https://192.168.1.20:8443/tablet"));
    CHECK(first::shell_word("it's") == R"('it'\''s')");
    CHECK(first::shell_word("") == "''");
}

TEST_CASE_FIXTURE(Beginning, "every page is there in English too") {
    CHECK(answer("centrum", noord) == "/begin/doen");
    auto english = mara;
    english.language = "en";
    for (const auto* const page : {"centrum", "doen", "apparatuur", "mensen", "boeken", "klaar",
                                   "proefprint", "herstelblad"}) {
        CAPTURE(page);
        const auto shown = english.get("/begin/" + std::string(page));
        CHECK(shown.status == 200);
        CHECK(says(shown, R"(<html lang="en">)"));
        CHECK_FALSE(says(shown, "begin."));
    }
}
