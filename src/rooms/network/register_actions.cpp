// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/register_actions.hpp"

#include "base/words.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/network/municipalities.hpp"
#include "rooms/network/network.hpp"
#include "rooms/network/queries.hpp"

#include <algorithm>

namespace kringwerk::network {
namespace {

/// "Stichting Kringloop" and "stichting kringloop" are one.
std::optional<Organisation> organisation_called(Snapshot& view, std::string_view name) {
    const auto wanted = slug_of(name);
    for (auto& organisation : organisations(view)) {
        if (slug_of(organisation.name) == wanted) return organisation;
    }
    return std::nullopt;
}

Result<std::optional<OrganisationId>> organisation_of(Transaction& tx, const Details& details,
                                                      Instant now) {
    const auto name = trimmed(details.organisation);
    if (name.empty()) return std::optional<OrganisationId>{};
    if (const auto known = organisation_called(tx, name)) return std::optional(known->id);
    const auto added = add_organisation(tx, name, details.organisation_kind, now);
    if (!added) return refuse(added.error());
    return std::optional(added->id);
}

/// Whether the name is that of another one in use.
template <class List>
void check_label(const List& list, int number, std::string_view name, Wrong& wrong) {
    const bool taken = std::any_of(list.begin(), list.end(), [&](const auto& other) {
        return other.number != number && !other.retired_at && slug_of(other.name) == slug_of(name);
    });
    if (taken) wrong.add("name", "network.label_taken");
}

void check_empty(Snapshot& view, CentreId centre, const Offered& offered, Wrong& wrong) {
    for (const auto& balance : ledger::balances(view, centre)) {
        if (!ledger::is_stock(balance.account.place)) continue;
        if (balance.amounts.grams == Grams{} && balance.amounts.pieces == Pieces{}) continue;
        const auto amount = std::to_string(balance.amounts.grams.value / 1000);
        if (!offered.places.contains(balance.account.place)) {
            wrong.add("places", "network.still_in_use", {{"kg", amount}});
        }
        if (!offered.streams.contains(balance.account.key)) {
            wrong.add("streams", "network.still_in_use", {{"kg", amount}});
        }
    }
}

} // namespace

Result<Organisation> add_organisation(Transaction& tx, std::string_view name, OrganisationKind kind,
                                      Instant now) {
    Organisation made{{}, std::string(trimmed(name)), kind};
    if (made.name.empty()) return refuse("network.organisation_needed");
    if (organisation_called(tx, made.name)) return refuse("network.organisation_double");
    made.id = {tx.number(sql::newest_organisation).value_or(0) + 1};
    tx.run(sql::insert_organisation, made.id, made.name, code_of(kind), now);
    return made;
}

Result<void> save_details(Transaction& tx, CentreId centre, const Details& details, Instant now) {
    Wrong wrong;
    check(details, wrong);
    if (auto finished = wrong.finish(); !finished) return finished;
    const auto organisation = organisation_of(tx, details, now);
    if (!organisation) return refuse(organisation.error());
    const auto& address = details.address;
    using Degrees = std::optional<std::int32_t>;
    const auto latitude = details.point ? Degrees(details.point->latitude) : Degrees();
    const auto longitude = details.point ? Degrees(details.point->longitude) : Degrees();
    tx.run(sql::rename_centre, centre, details.name, municipality(details.municipality)->name,
           address.place);
    tx.run(sql::write_details, centre, address.street, address.house_number, address.postcode,
           latitude, longitude, details.municipality, *organisation, now);
    return {};
}

void save_hours(Transaction& tx, CentreId centre, const std::optional<OpeningHours>& hours,
                Instant now) {
    tx.run(sql::write_hours, centre, hours ? hours->text() : std::string(), now);
}

Result<void> save_closed_day(Transaction& tx, CentreId centre, const ClosedDay& closed,
                             Instant now) {
    Wrong wrong;
    check(closed, local_day(now), wrong);
    if (auto finished = wrong.finish(); !finished) return finished;
    tx.run(sql::write_closed_day, centre, closed.day, closed.reason);
    return {};
}

Result<void> remove_closed_day(Transaction& tx, CentreId centre, Day day) {
    const auto removed = tx.changed(sql::delete_closed_day, centre, day);
    if (removed == 0) return refuse("network.no_such_closed_day");
    return {};
}

Result<void> save_block(Transaction& tx, CentreId centre, const BuildingBlock& block, Instant now) {
    Wrong wrong;
    check(block, local_day(now), wrong);
    if (auto finished = wrong.finish(); !finished) return finished;
    tx.run(sql::write_block, centre, code_of(block.block), block.since, block.evidence);
    return {};
}

Result<void> remove_block(Transaction& tx, CentreId centre, Block block) {
    const auto removed = tx.changed(sql::delete_block, centre, code_of(block));
    if (removed == 0) return refuse("network.no_such_block");
    return {};
}

Result<void> save_offered(Transaction& tx, CentreId centre, const Offered& offered) {
    Wrong wrong;
    check(offered, wrong);
    check_empty(tx, centre, offered, wrong);
    if (auto finished = wrong.finish(); !finished) return finished;
    tx.run(sql::switch_all_on, centre);
    for (const auto place : stock_places()) {
        if (offered.places.contains(place)) continue;
        tx.run(sql::switch_off, centre, "place", ledger::row_of(place).code);
    }
    for (const auto& stream : ledger::all_streams()) {
        if (offered.streams.contains(stream.key)) continue;
        tx.run(sql::switch_off, centre, "stream", stream.code);
    }
    return {};
}

Result<Tare> add_tare(Transaction& tx, CentreId centre, Tare tare, Instant now) {
    Wrong wrong;
    check(tare, local_day(now), wrong);
    check_label(tares(tx, centre), 0, tare.name, wrong);
    if (auto finished = wrong.finish(); !finished) return refuse(finished.error());
    tare.number = static_cast<int>(tx.number(sql::newest_tare, centre).value_or(0)) + 1;
    tx.run(sql::insert_tare, centre, tare.number, tare.name, code_of(tare.kind), tare.grams,
           tare.valid_from);
    return tare;
}

Result<void> retire_tare(Transaction& tx, CentreId centre, int number, Instant now) {
    if (tx.changed(sql::retire_tare, centre, number, now) == 0)
        return refuse("network.no_such_tare");
    return {};
}

Result<Scale> add_scale(Transaction& tx, CentreId centre, Scale scale) {
    Wrong wrong;
    check(scale, wrong);
    check_label(scales(tx, centre), 0, scale.name, wrong);
    if (auto finished = wrong.finish(); !finished) return refuse(finished.error());
    scale.number = static_cast<int>(tx.number(sql::newest_scale, centre).value_or(0)) + 1;
    tx.run(sql::insert_scale, centre, scale.number, scale.name, scale.place, scale.host, scale.port,
           code_of(scale.profile), scale.pattern, scale.most, scale.step, scale.verified_until);
    return scale;
}

Result<void> change_scale(Transaction& tx, CentreId centre, const Scale& scale) {
    if (!scale_in_use(tx, centre, scale.number)) return refuse("network.no_such_scale");
    Wrong wrong;
    check(scale, wrong);
    check_label(scales(tx, centre), scale.number, scale.name, wrong);
    if (auto finished = wrong.finish(); !finished) return finished;
    tx.run(sql::change_scale, centre, scale.number, scale.name, scale.place, scale.host, scale.port,
           code_of(scale.profile), scale.pattern, scale.most, scale.step, scale.verified_until);
    return {};
}

Result<void> retire_scale(Transaction& tx, CentreId centre, int number, Instant now) {
    if (tx.changed(sql::retire_scale, centre, number, now) == 0)
        return refuse("network.no_such_scale");
    return {};
}

} // namespace kringwerk::network
