// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/devices.hpp"

#include "base/words.hpp"
#include "rooms/people/queries.hpp"
#include "rooms/people/secrets.hpp"

#include <algorithm>

namespace kringwerk::people {
namespace {

Device read_device(Row row) {
    Device read;
    read.centre = row.id<Centre>(0);
    read.device = row.integer(1);
    read.name = row.text(2);
    read.made_at = row.instant(3);
    read.seen_at = row.instant(4);
    read.store = row.text(5);
    read.sequence = row.integer(6);
    read.received = row.integer(7);
    read.waiting = row.integer(8);
    read.oldest_at = row.instant(9);
    read.offset_ms = row.integer(10);
    if (!row.null(11)) read.wiped_at = row.instant(11);
    if (!row.null(12)) read.blocked_at = row.instant(12);
    return read;
}

} // namespace

bool is_device_name(std::string_view name) {
    constexpr std::size_t longest = 60;
    return !name.empty() && name.size() <= longest;
}

Result<std::string> add_device(Transaction& tx, CentreId centre, std::string_view name,
                               Instant now) {
    if (!is_device_name(trimmed(name))) return refuse("people.device_name_needed");
    auto key = new_key("kwd_" + std::to_string(centre.value));
    const auto number = tx.number(sql::newest_device, centre).value_or(0) + 1;
    tx.run(sql::insert_device, centre, number, trimmed(name), sha256(key), now);
    return key;
}

std::optional<Device> device_of(Snapshot& view, std::string_view key) {
    const auto parts = split(key, '_');
    if (parts.size() != 3 || parts[0] != "kwd") return std::nullopt;
    const auto centre = parse_whole(parts[1]);
    if (!centre) return std::nullopt;
    return view.first(sql::device_by_hash, read_device, CentreId{*centre}, sha256(key));
}

std::vector<Device> devices(Snapshot& view, CentreId centre) {
    std::vector<Device> found;
    for (const auto row : view.rows(sql::devices_of_centre, centre)) {
        found.push_back(read_device(row));
    }
    return found;
}

void block_device(Transaction& tx, CentreId centre, std::int64_t device, Instant now) {
    tx.run(sql::block_device, centre, device, now);
}

void unblock_device(Transaction& tx, CentreId centre, std::int64_t device) {
    tx.run(sql::unblock_device, centre, device);
}

Result<void> rename_device(Transaction& tx, CentreId centre, std::int64_t device,
                           std::string_view name) {
    if (!is_device_name(trimmed(name))) return refuse("people.device_name_needed");
    tx.run(sql::rename_device, centre, device, trimmed(name));
    return {};
}

void note_device(Transaction& tx, const Device& device, const DeviceReport& report, Instant now) {
    const bool other_store = !device.store.empty() && report.store != device.store;
    auto wiped_at = device.wiped_at;
    if (other_store) wiped_at = now;
    tx.run(sql::note_device, device.centre, device.device, now, report.store,
           std::max(device.sequence, report.highest), device.received + report.fresh,
           report.waiting, report.oldest_at, report.offset_ms, wiped_at);
}

} // namespace kringwerk::people
