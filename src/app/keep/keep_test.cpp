// SPDX-License-Identifier: EUPL-1.2
#include "app/keep/keep.hpp"

#include "app/booking_testing.hpp"
#include "app/keep/keep_testing.hpp"
#include "platform/store/store_testing.hpp"
#include "rooms/network/network.hpp"

#include <doctest/doctest.h>

using namespace kringwerk;
using namespace kringwerk::app;
using namespace kringwerk::app::keep;
using kringwerk::app::keep::testing::Books;

TEST_CASE("books come back with the same chains, and the proof replays them") {
    const Books books;
    books.book(3);
    const auto kept = books.back_up();
    CHECK(kept.made.engine == "sqlite");
    CHECK(kept.made.heads.size() == 1);
    CHECK(kept.made.heads.front().sequence == 3);
    books.book(2); // what comes later is not in it
    const auto restored = restore(books.restoring(kept, "there"));
    REQUIRE(restored);
    CHECK(restored->empty());
    CHECK(books.movements_in("there") == 3);
    const auto proof = prove(books.restoring(kept, "proof"), Language::en).value();
    CHECK_FALSE(proof.wrong);
    CHECK(proof.movements == 3);
    CHECK(proof.centres == 1);
}

TEST_CASE(
    "the other files of the data directory come along, what belongs to this machine does not") {
    const Books books;
    books.book(1);
    books.write("authority/authority.key.pem", "secret");
    books.write("kringwerk.toml", "network_name = \"X\"\n");
    books.write("snapshots/before-0009.sqlite", "an old copy");
    const auto kept = books.back_up();
    std::vector<std::string> paths;
    for (const auto& file : kept.made.files) paths.push_back(file.path);
    CHECK(paths == std::vector<std::string>{"kringwerk.sqlite", "authority/authority.key.pem",
                                            "kringwerk.toml"});
    CHECK_FALSE(std::filesystem::exists(books.data / "backup-work"));
}

TEST_CASE("a backup folder inside the data directory is not kept in itself") {
    Books books;
    books.book(1);
    books.folder = books.data / "backups";
    books.back_up();
    CHECK(books.back_up().made.files.size() == 1);
}

TEST_CASE("the proof of a backup names what is wrong in its books") {
    const Books books;
    books.book(3);
    books.tamper("UPDATE ledger_balance SET grams = grams + 1 WHERE grams > 0");
    const auto kept = books.back_up();
    const auto proof = prove(books.restoring(kept, "proof"), Language::en).value();
    REQUIRE(proof.wrong);
    CHECK_FALSE(proof.wrong->empty());
}

TEST_CASE("books whose chains do not end where the backup says are not put back") {
    const Books books;
    books.book(2);
    auto kept = books.back_up();
    kept.made.heads.front().hash[0] ^= 1;
    const auto restored = restore(books.restoring(kept, "there"));
    CHECK(restored.error().code == "backup.other_heads");
    CHECK_FALSE(std::filesystem::exists(books.root / "there"));
    CHECK_FALSE(std::filesystem::exists(books.root / "there.restoring"));
}

TEST_CASE("a restore that cannot go well is refused before it writes") {
    const Books books;
    books.book(1);
    auto kept = books.back_up();
    CHECK(restore(books.restoring(kept, "data")).error().code == "backup.target_in_use");
    kept.made.schema = 9999;
    CHECK(restore(books.restoring(kept, "there")).error().code == "store.schema_newer");
    kept.made.schema = 1;
    kept.made.engine = "postgres";
    CHECK(restore(books.restoring(kept, "there")).error().code == "backup.needs_database");
    CHECK_FALSE(std::filesystem::exists(books.root / "there"));
    std::filesystem::create_directory(books.root / "empty");
    kept.made.engine = "sqlite";
    CHECK(restore(books.restoring(kept, "empty")));
}

TEST_CASE("a plan says where backups go, and refuses a place that would not help") {
    const Books books;
    const auto plan = [&](cli::Words flags, const cli::Words& options = {}) {
        const auto settings = keep::testing::settings(std::move(flags));
        const auto made = plan_of(books.directory(), settings, options);
        return made ? std::string("fine") : made.error().code;
    };
    const auto inside = (books.root / "backups" / "key").string();
    CHECK(plan({}) == "backup.no_place");
    CHECK(plan({{"backup_folder", (books.root / "backups").string()}}) == "fine");
    CHECK(plan({}, {{"to", (books.root / "backups").string()}}) == "fine");
    CHECK(plan({}, {{"to", books.data.string()}}) == "backup.place_is_data");
    CHECK(plan({}, {{"to", books.root.string()}}) == "backup.place_is_data");
    CHECK(plan({{"backup_folder", (books.root / "backups").string()}, {"backup_key", inside}}) ==
          "backup.key_inside");
    CHECK(plan({{"backup_folder", (books.root / "backups").string()},
                {"backup_key", (books.root / "gone").string()}}) == "backup.no_key");
}

TEST_CASE("a damaged old backup keeps nobody from making a new one, and is named") {
    const Books books;
    books.book(1);
    const auto first = books.back_up().made.id + ".snapshot";
    std::filesystem::resize_file(books.folder / first, 100);
    books.now.ms += 60'000;
    const auto second = make_backup(books.plan(), false, books.now);
    CHECK(second.error().code == "backup.not_cleared");
    CHECK(second.error().arguments.back().second == first);
    const auto newest = choose({books.folder, {}}, {}).value();
    CHECK_FALSE(prove(books.restoring({newest, {}}, "proof"), Language::en)->wrong);
    std::filesystem::remove(books.folder / first); // as the words say
    CHECK(books.back_up().cleared.dropped.empty());
}

TEST_CASE("two backups of the same books do not run at once") {
    const Books books;
    books.book(1);
    const auto lock = backup::FolderLock::take(books.data / "backup-work").value();
    CHECK(make_backup(books.plan(), false, books.now).error().code == "backup.folder_busy");
}

TEST_CASE("books in PostgreSQL come back into an empty database, with the same chains") {
    if (!kringwerk::testing::Cluster::installed()) {
        MESSAGE("skipped: PostgreSQL's server is not installed");
        return;
    }
    auto& cluster = kringwerk::testing::Cluster::instance();
    Books books;
    books.engine = cluster.fresh_database();
    books.book(3);
    const auto kept = books.back_up();
    CHECK(kept.made.engine == "postgres");
    CHECK(kept.made.heads.front().sequence == 3);
    auto restoring = books.restoring(kept, "there");
    restoring.database = books.engine;
    CHECK(restore(restoring).error().code == "store.not_empty");
    cluster.run("postgres", "CREATE DATABASE back");
    restoring.database = cluster.url("back");
    const auto proof = prove(restoring, Language::en).value();
    CHECK(proof.replayed);
    CHECK_FALSE(proof.wrong);
    CHECK(proof.movements == 3);
}
