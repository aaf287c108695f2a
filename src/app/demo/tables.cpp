// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/tables.hpp"

#include "base/embedded.hpp"
#include "base/ensure.hpp"
#include "base/table.hpp"
#include "rooms/workshop/categories.hpp"

namespace kringwerk::demo {
namespace {

/// Reads the whole numbers of a line and keeps the first thing that is wrong with it.
class Numbers {
  public:
    Numbers(const Table& table, const Table::Line& line) : table_(table), line_(line) {}
    std::int64_t at(std::size_t column) {
        const auto number = table_.number(line_, column);
        if (number) return *number;
        if (!wrong) wrong = number.error();
        return 0;
    }
    std::optional<Refusal> wrong;

  private:
    const Table& table_;
    const Table::Line& line_;
};

Result<std::vector<CentreEntry>> read_centres(std::string_view csv) {
    const auto table = Table::read("reference/demo/centres.csv", csv,
                                   {"name", "municipality", "place", "set", "size", "open_on",
                                    "visits", "growth", "opens", "yard", "north", "east"});
    if (!table) return refuse(table.error());
    std::vector<CentreEntry> centres;
    for (const auto& line : table->lines()) {
        const auto& field = line.fields;
        Numbers numbers(*table, line);
        CentreEntry centre{std::string(field[0]),  std::string(field[1]), std::string(field[2]),
                           field[3] == "standard", field[4] == "village", {},
                           numbers.at(6) * 1000,   numbers.at(7),         0,
                           field[9] == "yes"};
        centre.opens_after = static_cast<int>(numbers.at(8));
        centre.north = static_cast<int>(numbers.at(10));
        centre.east = static_cast<int>(numbers.at(11));
        for (const char sign : field[5]) {
            if (sign < '0' || sign > '6') {
                return refuse(table->wrong("reference.unknown", line, field[5]));
            }
            centre.open_on.at(static_cast<std::size_t>(sign - '0')) = true;
        }
        if (numbers.wrong) return refuse(*numbers.wrong);
        centres.push_back(std::move(centre));
    }
    return centres;
}

Result<std::vector<StreamEntry>> read_streams(std::string_view csv) {
    const auto table =
        Table::read("reference/demo/streams.csv", csv,
                    {"stream", "intake", "piece_g", "cents", "line", "to_shop", "to_workshop",
                     "recycled", "energy", "disposed", "exported", "vat"});
    if (!table) return refuse(table.error());
    std::vector<StreamEntry> streams;
    for (const auto& line : table->lines()) {
        const auto stream = ledger::parse_key(ledger::Book::goods, line.fields[0]);
        const auto vat = ledger::parse_key(ledger::Book::money, line.fields[11]);
        const bool in_order = stream && stream->number == streams.size() + 1;
        if (!in_order || !vat) {
            return refuse(table->wrong("reference.unknown", line, line.fields[in_order ? 11 : 0]));
        }
        Numbers numbers(*table, line);
        streams.push_back({*stream,
                           numbers.at(1),
                           {numbers.at(2)},
                           {numbers.at(3)},
                           numbers.at(4),
                           numbers.at(5),
                           numbers.at(6),
                           numbers.at(7),
                           numbers.at(8),
                           numbers.at(9),
                           numbers.at(10),
                           *vat});
        if (numbers.wrong) return refuse(*numbers.wrong);
    }
    return streams;
}

Result<std::vector<DeviceEntry>> read_devices(std::string_view csv) {
    const auto table =
        Table::read("reference/demo/devices.csv", csv, {"category", "brought", "fixed"});
    if (!table) return refuse(table.error());
    std::vector<DeviceEntry> devices;
    for (const auto& line : table->lines()) {
        Numbers numbers(*table, line);
        const auto number = numbers.at(0);
        const auto brought = numbers.at(1);
        const auto fixed = numbers.at(2);
        if (numbers.wrong) return refuse(*numbers.wrong);
        if (number < 1 || number > workshop::category_count) {
            return refuse(table->wrong("reference.unknown", line, line.fields[0]));
        }
        const auto& category = workshop::ords_category(static_cast<int>(number));
        const auto stream = ledger::parse_key(ledger::Book::goods, category.stream);
        devices.push_back(
            {{number}, stream.value(), category.grams.value_or(Grams{}), brought, fixed});
    }
    return devices;
}

} // namespace

bool DeviceEntry::carries_data() const {
    const auto number = category.value;
    return number == 4 || number == 16 || number == 19 || number == 30;
}

ledger::Key stream_named(std::string_view code) {
    const auto stream = ledger::parse_key(ledger::Book::goods, code);
    ensure(stream.has_value(), "the example knows the streams by their codes");
    return *stream;
}

Result<Tables> Tables::read(std::string_view centres_csv, std::string_view streams_csv,
                            std::string_view devices_csv) {
    auto centres = read_centres(centres_csv);
    if (!centres) return refuse(centres.error());
    auto streams = read_streams(streams_csv);
    if (!streams) return refuse(streams.error());
    auto devices = read_devices(devices_csv);
    if (!devices) return refuse(devices.error());
    Tables tables{std::move(*centres), std::move(*streams), std::move(*devices), {}};
    for (const auto& device : tables.devices) tables.brought.push_back(device.brought);
    return tables;
}

const Tables& Tables::built_in() {
    static const Tables tables = [] {
        auto read = Tables::read(embedded_or_bug("reference/demo/centres.csv"),
                                 embedded_or_bug("reference/demo/streams.csv"),
                                 embedded_or_bug("reference/demo/devices.csv"));
        ensure(read.has_value() && read->streams.size() == ledger::all_streams().size(),
               "the tables of the example network are complete and right");
        return std::move(*read);
    }();
    return tables;
}

} // namespace kringwerk::demo
