// SPDX-License-Identifier: EUPL-1.2
#include "app/booking_testing.hpp"
#include "app/doctor/doctor.hpp"
#include "platform/authority/authority.hpp"
#include "platform/devices/scale_simulator.hpp"
#include "platform/store/store_testing.hpp"
#include "rooms/network/network.hpp"
#include "rooms/network/register_actions.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>

using namespace kringwerk;
using app::Call;
namespace doctor = app::doctor;
using doctor::Finding;
using doctor::Grade;
using doctor::Visit;
namespace fs = std::filesystem;

namespace {

struct Scratch {
    fs::path path = fs::temp_directory_path() / ("kw-doctor-" + std::to_string(getpid()));
    Scratch() {
        fs::create_directories(path);
        fs::permissions(path, fs::perms::owner_all);
    }
    ~Scratch() { fs::remove_all(path); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
};

/// A folder with books of one centre, in which something came in, and whoever looks them over.
struct Clinic {
    Scratch folder;
    testing::ScratchBooks books{folder.path};
    CentreId centre = fill();
    cli::Invocation words;
    cli::Settings settings = cli::resolve(cli::server_settings(), {}).value();
    Call call{words,
              settings,
              {folder.path, testing::on_postgres() ? books.address() : "sqlite"},
              Language::nl};
    Visit visit{call, true, now()};

    CentreId fill() const {
        const auto store = books.open();
        const auto made = store
                              ->write([](Transaction& tx) {
                                  network::CentreRow row;
                                  row.name = "Werkplaats Noord";
                                  row.municipality = "Buren";
                                  row.place = "Maurik";
                                  return network::add_centre(tx, row, now());
                              })
                              .get();
        app::testing::book_something(*store, made->id, now());
        return made->id;
    }
    void add_scale(std::uint16_t port) const {
        network::Scale scale;
        scale.name = "Weegschaal " + std::to_string(port);
        scale.place = "poort";
        scale.host = "127.0.0.1";
        scale.port = port;
        scale.most = {150'000};
        scale.step = {20};
        const auto store = books.open();
        const auto add = [&](Transaction& tx) { return network::add_scale(tx, centre, scale); };
        REQUIRE(store->write(add).get());
    }
    void tamper(const std::string& sql) const {
        constexpr std::array triggers{"ledger_movement_stays", "ledger_movement_is_kept",
                                      "ledger_transfer_stays", "ledger_transfer_is_kept"};
        REQUIRE(books.tamper(sql, triggers) > 0);
    }
    const Finding* find(std::string_view code) const {
        const auto found =
            std::find_if(visit.findings.begin(), visit.findings.end(),
                         [&](const Finding& finding) { return finding.code == code; });
        return found == visit.findings.end() ? nullptr : &*found;
    }
    /// The grade of a finding; nothing when there is none.
    std::optional<Grade> grade(std::string_view code) const {
        const auto* const finding = find(code);
        return finding ? std::optional(finding->grade) : std::nullopt;
    }
    /// Everything said has words in both languages, without holes that stay open.
    ~Clinic() {
        for (const auto& finding : visit.findings) {
            for (const auto language : {Language::nl, Language::en}) {
                for (const std::string_view more : {"", ".do"}) {
                    if (finding.grade == Grade::fine && !more.empty()) continue;
                    const auto code = "doctor." + finding.code + std::string(more);
                    const auto said = Texts::built_in().say(language, code, finding.arguments);
                    CHECK_MESSAGE(said != code, code);
                    CHECK_MESSAGE(said.find('{') == std::string::npos, said);
                }
            }
        }
    }
};

} // namespace

TEST_CASE_FIXTURE(Clinic, "sound books are good in every way that is looked at") {
    doctor::look_at_books(visit);
    for (const auto* const code :
         {"schema_right", "heads_right", "sums_right", "books_right", "file_whole"}) {
        CHECK_MESSAGE(grade(code) == Grade::fine, code);
    }
    CHECK(visit.facts.at("movements") == "1");
    CHECK(visit.last_booked.has_value());
}

TEST_CASE_FIXTURE(Clinic, "a chain that ends elsewhere than its head says is found") {
    tamper("UPDATE ledger_head SET sequence = sequence + 1");
    doctor::look_at_books(visit);
    CHECK(grade("head_wrong") == Grade::wrong);
}

TEST_CASE_FIXTURE(Clinic, "a movement that was changed is found, by its head and by the replay") {
    tamper("UPDATE ledger_movement SET happened_at = happened_at + 1");
    doctor::look_at_books(visit);
    CHECK(grade("head_wrong") == Grade::wrong);
    CHECK(grade("books_wrong") == Grade::wrong);
    CHECK(find("books_wrong")->detail == "hash_differs");
}

TEST_CASE_FIXTURE(Clinic, "an account that holds what came from nowhere is found") {
    tamper("UPDATE ledger_balance SET grams = grams + 1 WHERE grams > 0");
    doctor::look_at_books(visit);
    CHECK(grade("heads_right") == Grade::fine);
    CHECK(grade("sums_wrong") == Grade::wrong);
    CHECK(grade("books_wrong") == Grade::wrong);
}

TEST_CASE_FIXTURE(Clinic, "books that are not there, older or newer each get their own advice") {
    if (testing::on_postgres()) return;
    tamper("UPDATE schema_version SET number = number + 1000");
    books.tamper("PRAGMA user_version = 1");
    doctor::look_at_books(visit);
    CHECK(grade("schema_older") == Grade::warning);
    books.tamper("PRAGMA user_version = 9000");
    doctor::look_at_books(visit);
    CHECK(grade("schema_newer") == Grade::wrong);
    for (const auto* const more : {"", "-wal", "-shm"}) fs::remove(books.address() + more);
    doctor::look_at_books(visit);
    CHECK(grade("books_absent") == Grade::note);
    std::ofstream(books.address()) << std::string(8'192, 'x');
    doctor::look_at_books(visit);
    CHECK(grade("books_unreadable") == Grade::wrong);
}

TEST_CASE_FIXTURE(Clinic, "a folder as the server keeps it is good, and what is strange is named") {
    doctor::look_at_folder(visit);
    CHECK(grade("files_known") == Grade::fine);
    CHECK(grade("rights_right") == Grade::fine);
    CHECK(grade("owners_right") == Grade::fine);
    CHECK_FALSE(grade("socket_left"));
    std::ofstream(folder.path / "vakantie.jpg") << "x";
    doctor::look_at_folder(visit);
    REQUIRE(grade("files_strange") == Grade::note);
    CHECK(find("files_strange")->arguments.front().second == "vakantie.jpg");
    CHECK(find("files_strange")->detail == "1"); // the report has no names
}

TEST_CASE_FIXTURE(Clinic, "a folder that everybody may enter is closed to them when asked") {
    fs::permissions(folder.path, fs::perms{0755});
    doctor::look_at_folder(visit);
    REQUIRE(grade("rights_wide") == Grade::warning);
    CHECK((fs::status(folder.path).permissions() & fs::perms{0777}) == fs::perms{0755});
    find("rights_wide")->fix();
    CHECK((fs::status(folder.path).permissions() & fs::perms{0777}) == fs::perms{0750});
}

TEST_CASE_FIXTURE(Clinic, "a socket that nobody listens on is removed when asked") {
    std::ofstream(folder.path / "admin.sock") << "";
    doctor::look_at_folder(visit);
    REQUIRE(grade("socket_left") == Grade::note);
    {
        const auto owner = DirectoryLock::take(folder.path); // a server that we may not speak to
        CHECK_THROWS_AS(find("socket_left")->fix(), Breakdown);
        CHECK(fs::exists(folder.path / "admin.sock"));
    }
    find("socket_left")->fix();
    CHECK_FALSE(fs::exists(folder.path / "admin.sock"));
}

TEST_CASE_FIXTURE(Clinic, "files of another user are given back when root asks") {
    if (geteuid() != 0) {
        MESSAGE("skipped: only root can give files away");
        return;
    }
    const auto file = folder.path / "kringwerk.sqlite-odd";
    std::ofstream(file) << "x";
    REQUIRE(chown(file.c_str(), 65534, 65534) == 0);
    doctor::look_at_folder(visit);
    REQUIRE(grade("owners_differ") == Grade::wrong);
    find("owners_differ")->fix();
    visit.findings.clear();
    doctor::look_at_folder(visit);
    CHECK(grade("owners_right") == Grade::fine);
    // What has a second name elsewhere may be anything: that is left to a person.
    fs::create_hard_link(file, folder.path / "kringwerk.sqlite-other");
    REQUIRE(chown(file.c_str(), 65534, 65534) == 0);
    doctor::look_at_folder(visit);
    REQUIRE(grade("owners_differ") == Grade::wrong);
    CHECK_FALSE(find("owners_differ")->fix);
}

TEST_CASE_FIXTURE(Clinic, "a clock that is behind the books is found, and time zones are known") {
    doctor::look_at_books(visit);
    doctor::look_at_machine(visit);
    CHECK_FALSE(grade("clock_behind"));
    CHECK(grade("zone_right") == Grade::fine);
    visit.now.ms = visit.last_booked.value().ms - 3'600'000;
    doctor::look_at_machine(visit);
    CHECK(grade("clock_behind") == Grade::wrong);
    CHECK(find("clock_behind")->detail == "60");
}

TEST_CASE_FIXTURE(Clinic, "scales are reached: one speaks, one is silent, one is away") {
    devices::SimulatorOptions quick;
    quick.line_every = std::chrono::milliseconds(50);
    devices::ScaleSimulator speaks(quick);
    devices::ScaleSimulator silent(quick);
    silent.silent();
    std::uint16_t closed = 0;
    {
        const devices::ScaleSimulator gone({});
        closed = gone.port();
    }
    for (const auto port : {speaks.port(), silent.port(), closed}) add_scale(port);
    doctor::look_at_devices(visit);
    CHECK(visit.facts.at("scales") == "3");
    CHECK(grade("scale_speaks") == Grade::fine);
    CHECK(grade("scale_silent") == Grade::warning);
    CHECK(grade("scale_away") == Grade::warning);
    CHECK_FALSE(grade("certificate_good")); // HTTPS was never on
}

TEST_CASE_FIXTURE(Clinic, "a certificate that ends soon is found") {
    const auto house = authority::open_or_make(folder.path / "authority", "Netwerk", {}, visit.now);
    REQUIRE(house);
    const std::array names{std::string("localhost")};
    REQUIRE(house->make_server_certificate(names, {}, visit.now));
    doctor::look_at_devices(visit);
    CHECK(grade("certificate_good") == Grade::fine);
    visit.now.ms += std::int64_t{390} * 86'400'000;
    doctor::look_at_devices(visit);
    CHECK(grade("certificate_old") == Grade::warning);
    visit.now.ms += std::int64_t{20} * 86'400'000;
    visit.findings.clear();
    doctor::look_at_devices(visit);
    CHECK(grade("certificate_old") == Grade::wrong);
}

TEST_CASE_FIXTURE(Clinic, "no server is a note, for who looks over a copy") {
    doctor::look_at_server(visit);
    CHECK(grade("server_off") == Grade::note);
}
