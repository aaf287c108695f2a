// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/register.hpp"

#include "base/ensure.hpp"
#include "rooms/network/network.hpp"
#include "rooms/network/queries.hpp"

#include <algorithm>

namespace kringwerk::network {
namespace {

/// What a table holds was checked when it was written.
template <class T> T known(std::optional<T> parsed) {
    ensure(parsed.has_value(), "the register holds codes that this program knows");
    return *parsed;
}

Organisation read_organisation(const Row& row, int first) {
    return {row.id<OrganisationTag>(first), std::string(row.text(first + 1)),
            known(parse_organisation_kind(row.text(first + 2)))};
}

std::optional<Point> read_point(const Row& row, int latitude) {
    if (row.null(latitude)) return std::nullopt;
    return Point{static_cast<std::int32_t>(row.integer(latitude)),
                 static_cast<std::int32_t>(row.integer(latitude + 1))};
}

std::optional<OpeningHours> read_hours(std::string_view text) {
    if (text.empty()) return std::nullopt;
    auto hours = OpeningHours::parse(text);
    ensure(hours.has_value(), "the register holds hours that this program wrote");
    return std::move(*hours);
}

void read_row(Registered& into, const Row& row) {
    into.address.street = row.text(0);
    into.address.house_number = row.text(1);
    into.address.postcode = row.text(2);
    into.point = read_point(row, 3);
    if (!row.null(5)) into.municipality = row.text(5);
    into.hours = read_hours(row.text(6));
    if (!row.null(7)) into.organisation = read_organisation(row, 7);
}

void read_switched_off(Registered& into, const Row& row) {
    if (row.text(0) == "place") {
        into.places_off.insert(known(ledger::parse_place(ledger::Book::goods, row.text(1))));
    } else {
        into.streams_off.insert(known(ledger::parse_key(ledger::Book::goods, row.text(1))));
    }
}

Tare read_tare(const Row& row) {
    Tare tare{static_cast<int>(row.integer(0)),
              std::string(row.text(1)),
              known(parse_tare_kind(row.text(2))),
              Grams{row.integer(3)},
              row.day(4),
              std::nullopt};
    if (!row.null(5)) tare.retired_at = row.instant(5);
    return tare;
}

Scale read_scale(const Row& row) {
    Scale scale;
    scale.number = static_cast<int>(row.integer(0));
    scale.name = row.text(1);
    scale.place = row.text(2);
    scale.host = row.text(3);
    scale.port = static_cast<int>(row.integer(4));
    scale.profile = known(parse_scale_profile(row.text(5)));
    scale.pattern = row.text(6);
    scale.most = {row.integer(7)};
    scale.step = {row.integer(8)};
    if (!row.null(9)) scale.verified_until = row.day(9);
    if (!row.null(10)) scale.retired_at = row.instant(10);
    return scale;
}

} // namespace

Holidays Registered::holidays() const {
    Holidays holidays;
    for (const auto& closed : closed_days) holidays.closed.push_back(closed.day);
    return holidays;
}

Registered registered(Snapshot& view, const CentreRow& centre) {
    Registered found;
    found.centre = centre.id;
    for (const auto row : view.rows(sql::register_row, centre.id)) read_row(found, row);
    found.address.place = centre.place;
    for (const auto row : view.rows(sql::closed_days, centre.id)) {
        found.closed_days.push_back({row.day(0), std::string(row.text(1))});
    }
    for (const auto row : view.rows(sql::blocks, centre.id)) {
        found.blocks.push_back(
            {known(parse_block(row.text(0))), row.day(1), std::string(row.text(2))});
    }
    std::sort(found.blocks.begin(), found.blocks.end(),
              [](const auto& left, const auto& right) { return left.block < right.block; });
    for (const auto row : view.rows(sql::switched_off, centre.id)) read_switched_off(found, row);
    return found;
}

std::vector<Organisation> organisations(Snapshot& view) {
    std::vector<Organisation> found;
    for (const auto row : view.rows(sql::organisations)) found.push_back(read_organisation(row, 0));
    return found;
}

std::vector<Tare> tares(Snapshot& view, CentreId centre) {
    std::vector<Tare> found;
    for (const auto row : view.rows(sql::tares, centre)) found.push_back(read_tare(row));
    return found;
}

std::vector<Scale> scales(Snapshot& view, CentreId centre) {
    std::vector<Scale> found;
    for (const auto row : view.rows(sql::scales, centre)) found.push_back(read_scale(row));
    return found;
}

std::optional<Tare> tare_in_use(Snapshot& view, CentreId centre, int number, Day on) {
    for (auto& tare : tares(view, centre)) {
        if (tare.number == number && !tare.retired_at && tare.valid_from <= on) return tare;
    }
    return std::nullopt;
}

std::optional<Scale> scale_in_use(Snapshot& view, CentreId centre, int number) {
    for (auto& scale : scales(view, centre)) {
        if (scale.number == number && !scale.retired_at) return scale;
    }
    return std::nullopt;
}

const std::vector<ledger::Place>& stock_places() {
    static const auto places = [] {
        std::vector<ledger::Place> found;
        for (const auto& row : ledger::all_places()) {
            if (row.side == ledger::Side::stock) found.push_back(row.place);
        }
        return found;
    }();
    return places;
}

} // namespace kringwerk::network
