// SPDX-License-Identifier: EUPL-1.2
#include "platform/backup/folder.hpp"

#include "platform/backup/folder_testing.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

using namespace kringwerk;
using namespace kringwerk::backup;
using namespace kringwerk::backup::testing;

namespace {

constexpr std::size_t many = 40 * piece_bytes + 123;
constexpr std::int64_t piece = static_cast<std::int64_t>(piece_bytes);

/// What is wrong with a backup, all of whose files shall be whole; nothing: nothing is.
std::optional<Refusal> wrong_with(const Place& place, const Manifest& made) {
    const auto read = put_back(place, made, {});
    if (!read) return read.error();
    return read->empty() ? std::nullopt : std::optional(read->front());
}

std::string code_of(const std::optional<Refusal>& refusal) {
    return refusal ? refusal->code : "fine";
}

std::string argument(const Refusal& refusal, std::string_view name) {
    for (const auto& [key, value] : refusal.arguments) {
        if (key == name) return value;
    }
    return {};
}

} // namespace

TEST_CASE("what was kept comes back byte for byte, with the rights of each file") {
    const Scratch scratch;
    scratch.write("books", noise(many, "a"));
    scratch.write("authority/key.pem", "secret");
    scratch.write("empty", "");
    ::chmod((scratch.data / "books").c_str(), 0644);
    ::chmod((scratch.data / "authority/key.pem").c_str(), 0600);
    const auto made = scratch.back_up();
    REQUIRE(scratch.restore(made, "back"));
    CHECK(Scratch::files_in(scratch.root / "back") == Scratch::files_in(scratch.data));
    struct stat status {};
    ::stat((scratch.root / "back/authority/key.pem").c_str(), &status);
    CHECK((status.st_mode & 0777) == 0600);
    ::stat((scratch.root / "back/books").c_str(), &status);
    CHECK((status.st_mode & 0777) == 0644);
}

TEST_CASE("a snapshot says what it is, and reads back as it was written") {
    const Scratch scratch;
    scratch.write("books", noise(many, "a"));
    const auto made = scratch.back_up();
    CHECK(ids(scratch.place.folder) == std::vector<std::string>{made.id});
    const auto read = read_manifest(scratch.place, made.id).value();
    CHECK(read.program == "1.2.3");
    CHECK(read.engine == "sqlite");
    CHECK(read.schema == 13);
    CHECK(read.made_at == start);
    CHECK(read.heads == made.heads);
    CHECK(read.bytes() == static_cast<std::int64_t>(many));
    CHECK(read.written_bytes == made.written_bytes);
    CHECK(read.files.front().pieces == made.files.front().pieces);
}

TEST_CASE("a second backup writes only what changed, and a full one all of it") {
    const Scratch scratch;
    auto bytes = noise(many, "a");
    scratch.write("books", bytes);
    const auto first = scratch.back_up(day(0));
    CHECK(first.written_bytes > static_cast<std::int64_t>(many));
    bytes[5 * piece_bytes] ^= 1;
    bytes += "more";
    scratch.write("books", bytes);
    const auto second = scratch.back_up(day(1));
    CHECK(second.written_bytes < 3 * piece);
    CHECK(scratch.back_up(day(2)).written_bytes == 0);
    CHECK(scratch.back_up(day(3), true).written_bytes > static_cast<std::int64_t>(many));
    REQUIRE(scratch.restore(first, "first"));
    REQUIRE(scratch.restore(second, "second"));
    CHECK(Scratch::read(scratch.root / "first/books") == noise(many, "a"));
    CHECK(Scratch::read(scratch.root / "second/books") == bytes);
}

TEST_CASE("a backup that broke off leaves nothing that passes for one, and the next sweeps it") {
    const Scratch scratch;
    scratch.write("books", noise(many, "a"));
    {
        const auto lock = FolderLock::take(scratch.place.folder).value();
        auto taking = Taking::begin(scratch.place, start, false).value();
        taking.keep(scratch.data / "books", "books");
    }
    CHECK(ids(scratch.place.folder).empty());
    CHECK(names_with_ending(scratch.place.folder, ".pieces").empty());
    std::ofstream(scratch.place.folder / "20270101-000000.snapshot.part") << "half";
    scratch.back_up();
    CHECK(names_with_ending(scratch.place.folder, ".part").empty());
    CHECK(ids(scratch.place.folder).size() == 1);
}

TEST_CASE("a changed byte anywhere is found, and the file that has it is named") {
    for (const bool sealed : {false, true}) {
        CAPTURE(sealed);
        const Scratch scratch;
        auto place = scratch.place;
        if (sealed) place.key = make_key(scratch.root / "key").value();
        scratch.write("books", noise(3 * piece_bytes, "a"));
        const auto lock = FolderLock::take(place.folder).value();
        auto taking = Taking::begin(place, start, false).value();
        taking.keep(scratch.data / "books", "books");
        const auto made = taking.finish({});
        const auto file = pieces_file(place.folder, made.id);
        const auto size = static_cast<std::int64_t>(std::filesystem::file_size(file));
        REQUIRE(put_back(place, made, {}));
        for (std::int64_t at = 64; at < size; at += 4999) {
            CAPTURE(at);
            flip(file, at);
            const auto damaged = wrong_with(place, made);
            REQUIRE(damaged);
            CHECK(damaged->code.starts_with("backup."));
            CHECK(argument(*damaged, "file") == made.id + ".pieces");
            flip(file, at);
        }
        flip(file, size - 1);
        CHECK(wrong_with(place, made));
        flip(file, size - 1);
        CHECK_FALSE(wrong_with(place, made));
        const auto snapshot = place.folder / (made.id + ".snapshot");
        const auto length = static_cast<std::int64_t>(std::filesystem::file_size(snapshot));
        for (std::int64_t at = 0; at < length; at += 7) {
            CAPTURE(at);
            flip(snapshot, at);
            CHECK_FALSE(read_manifest(place, made.id));
            flip(snapshot, at);
        }
        CHECK(read_manifest(place, made.id));
    }
}

TEST_CASE("a file of pieces that was cut off is named, by its index and by reading it") {
    const Scratch scratch;
    scratch.write("books", noise(3 * piece_bytes, "a"));
    const auto made = scratch.back_up();
    cut(pieces_file(scratch.place.folder, made.id), 10);
    const auto short_one = wrong_with(scratch.place, made);
    CHECK(code_of(short_one) == "backup.cut_off");
    CHECK(argument(short_one.value(), "file") == made.id + ".pieces");
    std::filesystem::remove(index_file(scratch.place.folder, made.id));
    CHECK(code_of(wrong_with(scratch.place, made)) == "backup.cut_off");
    std::filesystem::remove(pieces_file(scratch.place.folder, made.id));
    CHECK(code_of(wrong_with(scratch.place, made)) == "backup.piece_missing");
}

TEST_CASE("a piece that is not what its name says is refused, whoever wrote it") {
    const Scratch scratch;
    std::filesystem::create_directories(scratch.place.folder);
    PieceWriter writer(scratch.place.folder, "20270312-000000", {});
    writer.add(sha256("one"), "another");
    writer.finish();
    const auto read = read_pieces(
        scratch.place.folder, "20270312-000000", {}, [](const Digest&) { return true; },
        [](const Digest&, std::string_view) {});
    CHECK(read.error().code == "backup.damaged_pieces");
}

TEST_CASE("a lost index costs time and nothing else") {
    const Scratch scratch;
    scratch.write("books", noise(many, "a"));
    const auto made = scratch.back_up(day(0));
    std::filesystem::remove(index_file(scratch.place.folder, made.id));
    CHECK(scratch.back_up(day(1)).written_bytes == 0);
    CHECK(scratch.restore(made, "back"));
}

TEST_CASE("what stands in a damaged file is written once more, and then taken from there") {
    const Scratch scratch;
    scratch.write("books", noise(many, "a"));
    const auto first = scratch.back_up(day(0));
    cut(pieces_file(scratch.place.folder, first.id), 10);
    const auto second = scratch.back_up(day(1));
    CHECK(second.written_bytes > static_cast<std::int64_t>(many));
    CHECK(scratch.restore(first, "first"));
    // The damaged file is no longer needed.
    REQUIRE(clear(scratch.place, {}));
    CHECK(names_with_ending(scratch.place.folder, ".pieces") ==
          std::vector<std::string>{second.id});
    CHECK(scratch.restore(second, "second"));
}

TEST_CASE("what is encrypted shows nothing of what it holds, and opens with its own key only") {
    Scratch scratch;
    const std::string words = "Een fiets, een wasmachine en een kast. ";
    std::string text;
    while (text.size() < 3 * piece_bytes) text += words;
    scratch.write("books", text);
    scratch.place.key = make_key(scratch.root / "key").value();
    const auto made = scratch.back_up();
    REQUIRE(scratch.restore(made, "back"));
    CHECK(Scratch::read(scratch.root / "back/books") == text);
    const auto& name = made.files.front().pieces.front();
    const std::string name_bytes(reinterpret_cast<const char*>(name.data()), name.size());
    for (const auto& [path, bytes] : Scratch::files_in(scratch.place.folder)) {
        if (path == "README.txt") continue;
        const auto name_of_file = path; // a binding cannot be captured
        CAPTURE(name_of_file);
        for (const auto& trace : {std::string("wasmachine"), std::string("books"), name_bytes}) {
            CHECK(bytes.find(trace) == bytes.npos);
        }
    }

    const auto own = scratch.place.key;
    scratch.place.key = make_key(scratch.root / "other").value();
    CHECK(read_manifest(scratch.place, made.id).error().code == "backup.wrong_key");
    CHECK(code_of(wrong_with(scratch.place, made)) == "backup.wrong_key");
    CHECK(Taking::begin(scratch.place, day(1), false).error().code == "backup.wrong_key");
    scratch.place.key.reset();
    CHECK(read_manifest(scratch.place, made.id).error().code == "backup.key_needed");
    scratch.place.key = read_key(scratch.root / "key").value();
    CHECK(scratch.place.key->bytes == own->bytes);
    CHECK(read_manifest(scratch.place, made.id));
}

TEST_CASE("a key is never written over, is for its owner only, and is told from other files") {
    const Scratch scratch;
    const auto file = scratch.root / "key";
    REQUIRE(make_key(file));
    struct stat status {};
    ::stat(file.c_str(), &status);
    CHECK((status.st_mode & 0777) == 0600);
    CHECK(make_key(file).error().code == "backup.key_exists");
    CHECK(read_key(scratch.root / "gone").error().code == "backup.no_key");
    std::ofstream(scratch.root / "words") << "no key";
    CHECK(read_key(scratch.root / "words").error().code == "backup.not_a_key");
}

TEST_CASE("one folder has one writer") {
    const Scratch scratch;
    const auto lock = FolderLock::take(scratch.place.folder).value();
    CHECK(FolderLock::take(scratch.place.folder).error().code == "backup.folder_busy");
    std::ofstream(scratch.root / "file") << "no folder";
    CHECK(FolderLock::take(scratch.root / "file").error().code == "backup.folder_closed");
}

TEST_CASE("dropped backups give their room back, and what stays comes back whole") {
    const Scratch scratch;
    std::vector<Manifest> made;
    std::vector<std::string> contents;
    for (int number = 0; number < 6; ++number) {
        // A base that stays, and as much again that is new each day.
        contents.push_back(noise(4 * piece_bytes, "base") +
                           noise(8 * piece_bytes, std::to_string(number)));
        scratch.write("books", contents.back());
        made.push_back(scratch.back_up(day(number)));
    }
    const auto lock = FolderLock::take(scratch.place.folder).value();
    const auto cleared = clear(scratch.place, {2, 0, 0, 0}).value();
    CHECK(cleared.dropped.size() == 4);
    CHECK(cleared.freed_bytes > 4 * 8 * piece);
    CHECK(ids(scratch.place.folder) == std::vector<std::string>{made[4].id, made[5].id});
    for (const std::size_t kept : {4U, 5U}) {
        REQUIRE(scratch.restore(made[kept], std::to_string(kept)));
        CHECK(Scratch::read(scratch.root / std::to_string(kept) / "books") == contents[kept]);
    }
    std::int64_t left = 0;
    for (const auto& [path, bytes] : Scratch::files_in(scratch.place.folder)) {
        left += static_cast<std::int64_t>(bytes.size());
    }
    CHECK(left < 21 * piece); // the base once, two days
}

TEST_CASE("a snapshot that cannot be read drops nothing") {
    const Scratch scratch;
    scratch.write("books", noise(piece_bytes, "a"));
    const auto first = scratch.back_up(day(0));
    scratch.back_up(day(1));
    flip(scratch.place.folder / (first.id + ".snapshot"), 60);
    CHECK_FALSE(clear(scratch.place, {1, 0, 0, 0}));
    CHECK(ids(scratch.place.folder).size() == 2);
}

TEST_CASE("no snapshot leads out of the folder into which it is put back") {
    CHECK(stays_inside("authority/key.pem"));
    for (const auto* const path : {"", "/etc/passwd", "../x", "a/../../x", "a//b", "./a"}) {
        CAPTURE(path);
        CHECK_FALSE(stays_inside(path));
    }
    Manifest manifest;
    manifest.files.push_back({"../outside", 0, 0600, {}});
    CHECK_FALSE(parse_manifest(format_manifest(manifest)));
}
