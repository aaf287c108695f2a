// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/categories.hpp"
#include "rooms/workshop/place_testing.hpp"

#include <doctest/doctest.h>

#include <sys/resource.h>

#include <chrono>
#include <set>
#include <sstream>

using namespace kringwerk;
using namespace kringwerk::workshop;
using namespace kringwerk::workshop::testing;
namespace fs = std::filesystem;

namespace {

const fs::path golden = fs::path(KRINGWERK_SOURCE_DIR) / "src/rooms/workshop/golden/repairs.csv";

/// The most that this process ever had.
long most_memory_kb() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace

TEST_CASE(
    "a repair is a customer's thing that comes in and goes back, with the weight of its kind") {
    Place place;
    const auto report = place.take(place.file("one.csv", file_text({kettle})));
    CHECK(report.booked == 1);
    CHECK(report.centres_made == 1);
    const auto centre = place.centres().at("Proef: Noord");
    const auto movement = place.store->read(
        [&](Snapshot& view) { return ledger::movement(view, centre, std::int64_t{1}); });
    REQUIRE(movement);
    REQUIRE(movement->transfers.size() == 2);
    const auto& in = movement->transfers[0];
    CHECK(in.from.place == ledger::Place::owner);
    CHECK(in.to.place == ledger::Place::workshop);
    CHECK(movement->transfers[1].to.place == ledger::Place::owner);
    CHECK(in.amounts.grams == Grams{1250});
    CHECK(in.amounts.pieces == Pieces{1});
    CHECK(in.basis == ledger::Basis::standard);
    CHECK(in.item.value != 0);
    CHECK(movement->happened_at == *parse_instant("2020-03-14T12:00:00+01:00"));
    CHECK(movement->effective_on == *parse_day("2020-03-14"));
    CHECK(movement->role == people::Role::import);
    CHECK(place.counts(centre) == OutcomeCounts{0, 1, 0, 0});
    const auto record =
        place.store->read([&](Snapshot& view) { return record_of(view, centre, movement->id); });
    REQUIRE(record);
    CHECK((*record)[Column::problem] == "lekt");
}

TEST_CASE("the same file again changes nothing and says so") {
    Place place;
    const auto first = place.take(golden);
    CHECK(first.rows == 39);
    CHECK(first.booked == 28);
    CHECK(first.already == 1);
    CHECK(first.rejected == 10);
    const auto text = place.exported();
    const auto heads = place.store->read([](Snapshot& view) { return ledger::heads(view).size(); });
    const auto second = place.take(golden);
    CHECK(second.booked == 0);
    CHECK(second.already == 29);
    CHECK(second.rejected == 10);
    CHECK(second.centres_made == 0);
    CHECK(place.exported() == text);
    CHECK(place.store->read([](Snapshot& view) { return ledger::heads(view).size(); }) == heads);
    CHECK(place.sums_are_true());
}

TEST_CASE("groups of two providers with the same number are two centres") {
    Place place;
    place.take(golden);
    const auto centres = place.centres();
    CHECK(centres.count("Werkplaats Proef: 0074") == 1);
    CHECK(centres.count("Werkplaats Twee: 0074") == 1);
    CHECK(centres.count("Werkplaats Proef") == 1); // the row without a group
}

TEST_CASE("a dry run says what would happen and writes nothing") {
    Place place;
    ImportOptions options;
    options.dry_run = true;
    std::vector<std::int64_t> lines;
    options.each_row = [&](const RowReport& row) { lines.push_back(row.line); };
    const auto report = place.take(golden, options);
    CHECK(report.booked == 28);
    CHECK(report.rejected == 10);
    CHECK(report.findings.at(Rule::phone_masked) == 1);
    CHECK(lines.size() == 39);
    CHECK(lines[0] == 2);
    CHECK(lines[2] == 5); // the row before it runs over two lines
    CHECK(place.centres().empty());
    CHECK(place.exported() == ords_header(OrdsVersion::v03, false));
}

TEST_CASE("a row that changed under its id is rejected, and the books stay as they are") {
    Place place;
    place.take(place.file("one.csv", file_text({kettle})));
    auto changed = kettle;
    changed.replace(changed.find("Fixed"), 5, "Unknown");
    ImportOptions options;
    std::vector<RowReport> rows;
    options.each_row = [&](const RowReport& row) { rows.push_back(row); };
    const auto report = place.take(place.file("two.csv", file_text({changed})), options);
    CHECK(report.rejected == 1);
    CHECK(report.findings.at(Rule::changed_id) == 1);
    CHECK(place.counts(place.centres().at("Proef: Noord")) == OutcomeCounts{0, 1, 0, 0});
    std::string text;
    append_reject(text, report.layout, rows.at(0), Language::en);
    const auto cells = parse_csv(text).value().at(0).fields;
    CHECK(cells.size() == 16);
    CHECK(cells[0] == "p_1");
    CHECK(cells[14] == "workshop.ords_changed_id");
}

TEST_CASE("a rejects file that was set right can be imported as it is") {
    Place place;
    std::string rejects;
    ImportOptions options;
    std::vector<RowReport> rejected;
    options.each_row = [&](const RowReport& row) {
        if (row.fate == Fate::rejected) rejected.push_back(row);
    };
    auto wrong = kettle;
    wrong.replace(wrong.find("2020-03-14"), 10, "2020-02-30");
    const auto report = place.take(place.file("wrong.csv", file_text({wrong})), options);
    rejects = rejects_header(report.layout);
    for (const auto& row : rejected) append_reject(rejects, report.layout, row, Language::nl);
    rejects.replace(rejects.find("2020-02-30"), 10, "2020-02-29");
    CHECK(place.take(place.file("right.csv", rejects)).booked == 1);
}

TEST_CASE("a reversal takes the repair out of the sums and the export, and it does not come back") {
    Place place;
    const auto file = place.file("one.csv", file_text({kettle}));
    place.take(file);
    const auto centre = place.centres().at("Proef: Noord");
    place.reverse_first(centre);
    CHECK(place.counts(centre) == OutcomeCounts{0, 0, 0, 0});
    CHECK(place.sums_are_true());
    CHECK(place.exported() == ords_header(OrdsVersion::v03, false));
    CHECK(place.take(file).already == 1);
    CHECK(place.counts(centre) == OutcomeCounts{0, 0, 0, 0});
}

TEST_CASE("all rows may go to one centre; one that does not exist is refused") {
    Place place;
    ImportOptions options;
    options.centre = CentreId{7};
    const auto refused = import_ords(*place.store, golden, options, at);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "workshop.no_such_centre");
    const auto made = place.store
                          ->write([](Transaction& tx) {
                              network::CentreRow row;
                              row.name = "Ambachtscentrum Proef";
                              return network::add_centre(tx, row, at);
                          })
                          .get();
    options.centre = made->id;
    CHECK(place.take(golden, options).booked == 28);
    CHECK(place.centres().size() == 1);
}

TEST_CASE("an export reads back to the same bytes, in both versions") {
    Place place;
    place.take(golden);
    for (const auto version : {OrdsVersion::v03, OrdsVersion::v02}) {
        const auto text = place.exported(version);
        Place other;
        const auto report = other.take(other.file("again.csv", text));
        CHECK(report.rejected == 0);
        CHECK(report.booked == 28);
        CHECK(other.exported(version) == text);
        // What came from us says nothing new to us.
        CHECK(place.take(place.file("own.csv", text)).already == 28);
    }
}

TEST_CASE("a file without a header is refused") {
    Place place;
    CHECK(import_ords(*place.store, place.file("empty.csv", ""), {}, at).error().code ==
          "workshop.ords_empty");
}

namespace {

/// Counts that the test makes itself, straight from the cells of a file.
struct Count {
    std::map<std::string, std::int64_t> statuses, groups, years, categories;
};

Count count_of(const std::string& text) {
    Count count;
    const auto rows = parse_csv(text).value();
    const auto place = [&](std::string_view name) {
        const auto& names = rows.at(0).fields;
        return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) -
                                        names.begin());
    };
    const auto status = place("repair_status"), group = place("group_identifier"),
               date = place("event_date"), category = place("product_category");
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const auto& fields = rows[i].fields;
        ++count.statuses[fields.at(status)];
        auto name = fields.at(group);
        name.erase(0, name.find_first_not_of(' '));
        name.erase(name.find_last_not_of(' ') + 1);
        ++count.groups[name];
        ++count.years[fields.at(date).substr(0, 4)];
        ++count.categories[fields.at(category)];
    }
    return count;
}

/// The same counts, as the books have them.
Count counted_in_books(Place& place) {
    constexpr std::array<std::string_view, 4> names{"Unknown", "Fixed", "Repairable",
                                                    "End of life"};
    Count count;
    for (const auto& [external, centre] : place.centres()) {
        const auto sums = place.store->read([id = centre](Snapshot& view) {
            return outcomes_of_days(view, id, first_day_ever, last_day_ever);
        });
        for (const auto& sum : sums) {
            count.statuses[std::string(names[static_cast<std::size_t>(sum.outcome)])] +=
                sum.repairs;
            count.groups[external.substr(external.find(": ") + 2)] += sum.repairs;
            count.years[format_day(Day{sum.period}).substr(0, 4)] += sum.repairs;
            count.categories[std::string(ords_category(sum.category).name)] += sum.repairs;
        }
    }
    return count;
}

std::string unpacked(const fs::path& file) {
    std::string text; // through our own reader, whose rows are written out again
    REQUIRE(read_csv_file(file, [&](const CsvRow& row) -> Result<void> {
        append_csv_row(text, row.fields);
        return {};
    }));
    return text;
}

fs::path data_folder() {
    const char* set = std::getenv("KRINGWERK_TEST_DATA");
    const auto root =
        set != nullptr ? fs::path(set) : fs::path(KRINGWERK_SOURCE_DIR) / "../shared/data";
    return root / "ords";
}

} // namespace

TEST_CASE("real files go in whole: counts by status, group, year and category are the file's own") {
    const std::map<std::string, std::int64_t> files{
        {"ords_FixitClinic_202507.csv", 1033},
        {"ords_RepairConnects_202507.csv", 2885},
        {"ords_RepairCafeInternational_202009_even_groups.csv.zst", 12525},
        {"ords_RestartProject_202204.csv.zst", 23940}};
    if (!fs::is_directory(data_folder())) {
        MESSAGE("SKIPPED: no real repair files at " << data_folder().string()
                                                    << " (KRINGWERK_TEST_DATA names their folder)");
        return;
    }
    for (const auto& file : files) {
        const auto& name = file.first; // clang 14 cannot capture a structured binding
        const auto rows = file.second;
        CAPTURE(name);
        Place place;
        const auto began = std::chrono::steady_clock::now();
        const auto report = place.take(data_folder() / name);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        MESSAGE(name << ": " << rows << " rows in " << took.count() << " s, " << report.centres_made
                     << " centres");
        CHECK(report.rows == rows);
        CHECK(report.booked == rows);
        CHECK(report.rejected == 0);
        const auto own = count_of(unpacked(data_folder() / name));
        const auto books = counted_in_books(place);
        CHECK(books.statuses == own.statuses);
        CHECK(books.groups == own.groups);
        CHECK(books.years == own.years);
        CHECK(books.categories == own.categories);
        CHECK(place.sums_are_true());
        CHECK(place.take(data_folder() / name).already == rows);

        const auto text = place.exported();
        Place other;
        CHECK(other.take(other.file("again.csv", text)).booked == rows);
        CHECK(other.exported() == text);
    }
}

TEST_CASE("a packed file that unpacks to one endless row is refused before it is unpacked") {
    const fs::path file = fs::temp_directory_path() / "kringwerk-bomb.csv.zst";
    // A frame of blocks that repeat one byte: four bytes stand for 128 kB.
    std::string packed = "\x28\xB5\x2F\xFD";
    packed += std::string("\x00\x38", 2); // no content size, a window of 128 kB
    constexpr std::uint32_t repeated = 128 * 1024;
    for (int i = 0; i < 20'000; ++i) { // 2.6 GB
        const std::uint32_t head = repeated << 3 | 1U << 1;
        for (const int shift : {0, 8, 16}) packed += static_cast<char>(head >> shift & 0xFF);
        packed += 'x';
    }
    std::ofstream(file, std::ios::binary) << packed;
    int rows = 0;
    const auto before = most_memory_kb();
    const auto read = read_csv_file(file, [&](const CsvRow&) -> Result<void> {
        ++rows;
        return {};
    });
    const auto more = most_memory_kb() - before;
    fs::remove(file);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == "csv.row_too_long");
    CHECK(rows == 0);
    CHECK(more < 500'000); // a fifth of what it would unpack to
}

TEST_CASE("a packed file that was cut off is refused, and a whole one needs no unpacking") {
    Place place;
    const auto text = file_text({kettle});
    // zstd keeps small frames raw: magic number, one-byte size, one raw block.
    const auto size = static_cast<unsigned>(text.size());
    std::string packed = "\x28\xB5\x2F\xFD";
    packed += '\x60'; // one segment, content size in two bytes
    packed += static_cast<char>((size - 256) & 0xFF);
    packed += static_cast<char>((size - 256) >> 8);
    const auto block = size << 3 | 1U; // last block, raw
    for (int shift = 0; shift < 24; shift += 8)
        packed += static_cast<char>((block >> shift) & 0xFF);
    packed += text;
    CHECK(place.take(place.file("whole.csv.zst", packed)).booked == 1);
    packed.resize(packed.size() - 5);
    const auto cut = import_ords(*place.store, place.file("cut.csv.zst", packed), {}, at);
    REQUIRE_FALSE(cut);
    CHECK(cut.error().code == "workshop.file_packed_wrongly");
    CHECK(import_ords(*place.store, place.file("no.csv.zst", "id,data"), {}, at).error().code ==
          "workshop.file_packed_wrongly");
}
