// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/register.hpp"

#include "rooms/network/municipalities.hpp"
#include "rooms/network/register_actions.hpp"

#include <array>

namespace kringwerk::demo {
namespace {

/// Its days as the example lives them (app/demo/centre.cpp), Saturdays an hour shorter.
OpeningHours hours_of(const CentreEntry& entry) {
    static constexpr std::array<std::string_view, 7> days{"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"};
    const std::string opens = entry.village ? "10:00" : "09:00";
    std::string text;
    for (std::size_t day = 0; day < days.size(); ++day) {
        if (!entry.open_on.at(day)) continue;
        text += std::string(days.at(day)) + " " + opens + (day == 6 ? "-16:00; " : "-17:00; ");
    }
    const auto hours = OpeningHours::parse(text + "PH off");
    ensure(hours.has_value(), "the hours of the example are hours");
    return *hours;
}

void add_blocks(Transaction& tx, CentreId centre, const CentreEntry& entry, Day since,
                Instant now) {
    using network::Block;
    for (const auto block : {Block::yard, Block::shop, Block::repair, Block::social}) {
        if (block == Block::yard && !entry.yard) continue;
        const auto saved = network::save_block(tx, centre, {block, since, "voorbeeld"}, now);
        ensure(saved.has_value(), "a block of the example fits the register");
    }
}

void add_tares(Transaction& tx, CentreId centre, Day since, Instant now) {
    using network::TareKind;
    struct Bin {
        std::string_view name;
        TareKind kind;
        Grams grams;
    };
    static constexpr std::array<Bin, 3> bins{{{"rolkooi", TareKind::cage, {38'000}},
                                              {"krat", TareKind::box, {1'900}},
                                              {"palletbox", TareKind::container, {29'000}}}};
    for (const auto& bin : bins) {
        network::Tare tare;
        tare.name = bin.name;
        tare.kind = bin.kind;
        tare.grams = bin.grams;
        tare.valid_from = since;
        ensure(network::add_tare(tx, centre, tare, now).has_value(), "a bin fits the register");
    }
}

} // namespace

void set_up(Transaction& tx, CentreId centre, const CentreEntry& entry, Day since, Instant now) {
    network::Details details;
    details.name = entry.name;
    details.address.place = entry.place;
    const auto* const municipality = network::municipality_called(entry.municipality);
    ensure(municipality != nullptr, "the municipalities of the example exist");
    details.municipality = municipality->code;
    details.point = network::Point{entry.north * 1000, entry.east * 1000};
    const auto saved = network::save_details(tx, centre, details, now);
    ensure(saved.has_value(), "a centre of the example fits the register");
    network::save_hours(tx, centre, hours_of(entry), now);
    add_blocks(tx, centre, entry, since, now);
    add_tares(tx, centre, since, now);
}

} // namespace kringwerk::demo
