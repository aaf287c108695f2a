// SPDX-License-Identifier: EUPL-1.2
#include "app/keep/watch.hpp"

#include "app/keep/clockwork.hpp"
#include "app/keep/keep_testing.hpp"
#include "app/rooms.hpp"
#include "platform/mail/sink_testing.hpp"
#include "rooms/people/pages_testing.hpp"
#include "rooms/people/sessions.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace kringwerk;
using namespace kringwerk::app;
using namespace kringwerk::app::keep;
using people::testing::says;

namespace {

constexpr std::int64_t hour_ms = 3600 * 1000;

/// A network whose server is told what time it is, with an administrator, a manager and a mail
/// server.
struct Server {
    people::testing::House house;
    keep::testing::Books books; // its folder only: the network stands in the house
    mail::testing::Sink sink;
    app::Rooms rooms{*house.store, "Rivierenland", false};
    http::Routes routes = app::all_routes(rooms);
    http::Router router{routes};
    std::atomic<std::int64_t> now_ms{local_time(*make_day(2027, 3, 12), 3 * 60).ms};
    std::string administrator = somebody("Mara", "mara@example.org", people::Role::administrator);
    std::string coordinator = somebody("Cor", "cor@example.org", people::Role::coordinator);
    std::string auditor = somebody("Aad", "aad@example.org", people::Role::auditor);
    cli::Invocation words;
    cli::Settings settings = keep::testing::settings({{"backup_folder", books.folder.string()},
                                                      {"smtp_url", sink.url()},
                                                      {"mail_from", "kringwerk@example.org"}});
    cli::Log log{cli::LogLevel::error, [](std::string_view) {}};
    Call call{words, settings, books.directory(), Language::en};

    Server() {
        std::filesystem::create_directories(books.data);
        rooms.backups.follow(schedule_of(settings).value());
    }
    std::string somebody(std::string name, std::string email, people::Role role) {
        return house.store
            ->write([&](Transaction& tx) {
                const auto id =
                    people::add_person(tx, {std::move(name), std::move(email)}, house.now).value();
                people::give_role(tx, id, {std::nullopt, role}, house.now);
                return people::start_session(tx, id, "test", house.now);
            })
            .get();
    }
    Instant now() const { return {now_ms}; }
    Clockwork start() {
        return start_clockwork(call, *house.store, rooms.backups, rooms.network_name, log,
                               [this] { return now(); });
    }
    Standing standing() const { return rooms.backups.standing(now()); }
    http::Response page(const std::string& session, std::string_view target) const {
        return people::testing::Visitor{router, now(), session}.get(target);
    }
    template <class Holds> static bool soon(Holds holds) {
        for (int i = 0; i < 600; ++i) {
            if (holds()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return false;
    }
    /// How the row of the job would look after such a run.
    void note_run(Instant due, bool good) const {
        jobs::Job job{std::string(backup_job), [due](Instant) { return due; },
                      [good](Instant) -> Result<void> {
                          if (good) return {};
                          return refuse("backup.no_key", {{"file", "key"}});
                      }};
        REQUIRE(jobs::run_when_due(*house.store, job, "test", [due] { return due; }));
    }
};

bool has(const std::string& letter, std::string_view words) {
    return letter.find(words) != letter.npos;
}

} // namespace

TEST_CASE("a backup that is two hours over its time is missed, one that runs or is late is not") {
    const Server server;
    const auto due = local_time(*make_day(2027, 3, 12), 150);
    const_cast<Server&>(server).note_run({due.ms - 24 * hour_ms}, true);
    CHECK_FALSE(server.rooms.backups.standing({due.ms + hour_ms}).missed);
    CHECK(server.rooms.backups.standing({due.ms + 2 * hour_ms + 1}).missed);
    CHECK(server.rooms.backups.standing(due).next == local_time(*make_day(2027, 3, 13), 150));
    server.note_run(due, true);
    CHECK_FALSE(server.rooms.backups.standing({due.ms + 2 * hour_ms + 1}).missed);
    CHECK(server.rooms.backups.standing({due.ms + 26 * hour_ms + 1}).missed);
}

TEST_CASE("who arranges the network sees a missed backup on every page, others do not") {
    Server server;
    const auto due = local_time(*make_day(2027, 3, 9), 150);
    server.note_run(due, true);
    REQUIRE(server.standing().missed);
    const auto people_page = server.page(server.administrator, "/mensen");
    CHECK(says(people_page, "warning-bar"));
    CHECK(says(people_page, "09-03-2027 02:30"));
    CHECK(says(server.page(server.coordinator, "/mensen"), "warning-bar"));
    CHECK_FALSE(says(server.page(server.auditor, "/mensen"), "warning-bar"));
    CHECK(says(server.page(server.administrator, "/back-ups"), "niet gemaakt"));
    CHECK(server.page(server.auditor, "/back-ups").status == 403);
}

TEST_CASE("a failed backup is shown with what went wrong, until a good one is there") {
    Server server;
    const auto due = local_time(*make_day(2027, 3, 12), 150);
    server.note_run(due, false);
    CHECK(server.standing().fault->code == "backup.no_key");
    const auto page = server.page(server.administrator, "/back-ups");
    CHECK(says(page, "mislukt"));
    CHECK(says(page, "Er is geen bestand key."));
    // By hand, into the same folder.
    std::filesystem::create_directories(server.books.folder);
    std::ofstream(server.books.folder / "20270312-014500.snapshot") << "one";
    server.rooms.backups.look_into_folder();
    CHECK_FALSE(server.standing().alarming());
    CHECK(server.standing().last_good == parse_instant("2027-03-12T01:45:00Z"));
}

TEST_CASE("a server that starts makes the backup that was due, and says so on its page") {
    Server server;
    server.books.book(2); // books of SQLite in its folder
    const auto clockwork = server.start();
    REQUIRE(Server::soon([&] { return server.standing().last_good.has_value(); }));
    REQUIRE(Server::soon([&] { return !server.standing().running; }));
    CHECK_FALSE(server.standing().fault);
    CHECK(backup::ids(server.books.folder).size() == 1);
    CHECK(says(server.page(server.administrator, "/back-ups"), "in orde"));
    CHECK(server.sink.letters().empty());
}

TEST_CASE("a folder that lost its backups is not begun anew without a person") {
    Server server;
    server.books.book(1);
    server.note_run(local_time(*make_day(2027, 3, 11), 150), true); // when its disk was there
    auto clockwork = server.start();
    REQUIRE(Server::soon([&] { return server.standing().fault.has_value(); }));
    clockwork = {};
    CHECK(server.standing().fault->code == "backup.folder_emptied");
    CHECK(backup::ids(server.books.folder).empty());
}

TEST_CASE("a failed backup is mailed once to the administrators and to nobody else") {
    Server server; // there are no books in its folder
    auto clockwork = server.start();
    REQUIRE(Server::soon([&] { return !server.sink.letters().empty(); }));
    clockwork = {};
    const auto letters = server.sink.letters();
    REQUIRE(letters.size() == 1);
    CHECK(has(letters.front(), "RCPT TO:<mara@example.org>"));
    CHECK(has(letters.front(), "Subject: Rivierenland: de back-up is mislukt"));
    CHECK(has(letters.front(), "Beste Mara"));
}

TEST_CASE("a missed backup is mailed when the patience with it is over") {
    Server server;
    server.note_run(local_time(*make_day(2027, 3, 11), 150), true);
    const auto due = local_time(*make_day(2027, 3, 12), 150);
    const auto clock = [&] { return server.now(); };
    const auto look = [&](Instant since) {
        const auto job =
            missed_backups(*server.house.store, server.rooms.backups, "Rivierenland", clock, since);
        return jobs::run_when_due(*server.house.store, job, "test", clock).has_value();
    };
    // Another server took the run of this night, says that it is at it, and goes on for hours.
    const jobs::Job hangs{std::string(backup_job), [due](Instant) { return due; },
                          [&](Instant) -> Result<void> {
                              server.now_ms = due.ms + hour_ms;
                              CHECK(look({}));
                              CHECK_FALSE(server.standing().missed);
                              server.now_ms = due.ms + 3 * hour_ms;
                              CHECK(server.standing().missed);
                              CHECK_FALSE(look({server.now_ms - 60'000})); // just started
                              CHECK(look({}));
                              CHECK_FALSE(look({}));
                              return {};
                          }};
    REQUIRE(jobs::run_when_due(*server.house.store, hangs, "other", [due] { return due; }));
    const auto mailing_job = mailing(*server.house.store, server.settings, server.log, clock);
    REQUIRE(jobs::run_when_due(*server.house.store, mailing_job, "test", clock));
    REQUIRE(server.sink.letters().size() == 1);
    CHECK(has(server.sink.letters().front(), "er is geen back-up gemaakt"));
    CHECK(has(server.sink.letters().front(), "RCPT TO:<mara@example.org>"));
}

TEST_CASE("a schedule that cannot be read, or mail without a sender, is refused at the start") {
    const auto code = [](cli::Words flags) {
        const auto made = schedule_of(keep::testing::settings(std::move(flags)));
        return made ? std::string("fine") : made.error().code;
    };
    CHECK(code({}) == "fine");
    CHECK(code({{"backup_times", "night"}}) == "backup.wrong_times");
    CHECK(code({{"smtp_url", "smtp://mail.example.org"}}) == "mail.no_sender");
    CHECK(moment_of("20270312-014500") == parse_instant("2027-03-12T01:45:00Z"));
    CHECK_FALSE(moment_of("20270312-014500-2"));
    CHECK_FALSE(moment_of("notes"));
}
