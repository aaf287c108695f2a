// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/network/register.hpp"
#include "rooms/network/register_rules.hpp"

/// What somebody changes in the register. The centre is there: whoever calls has looked it up. Each
/// change refuses "network.wrong_fields" with all wrong fields at once, those of register_rules.hpp
/// and those named here; doing it twice leaves what doing it once leaves, but for a new tare or
/// scale, whose name may not be in use already.
namespace kringwerk::network {

/// Refuses "network.organisation_needed" and "network.organisation_double".
Result<Organisation> add_organisation(Transaction& tx, std::string_view name, OrganisationKind kind,
                                      Instant now);

/// Also renames the centre's own row; its slug stays. An organisation that nobody knows by that
/// name, in whatever case, is added.
Result<void> save_details(Transaction& tx, CentreId centre, const Details& details, Instant now);

/// Nothing: the hours are not known.
void save_hours(Transaction& tx, CentreId centre, const std::optional<OpeningHours>& hours,
                Instant now);
Result<void> save_closed_day(Transaction& tx, CentreId centre, const ClosedDay& closed,
                             Instant now);
/// Refuses "network.no_such_closed_day".
Result<void> remove_closed_day(Transaction& tx, CentreId centre, Day day);

Result<void> save_block(Transaction& tx, CentreId centre, const BuildingBlock& block, Instant now);
/// Refuses "network.no_such_block".
Result<void> remove_block(Transaction& tx, CentreId centre, Block block);

/// Refuses besides the rules, for places and for streams: "network.still_in_use" when the books
/// still have something there; nobody could book it away any more.
Result<void> save_offered(Transaction& tx, CentreId centre, const Offered& offered);

/// Its number is made here. Refuses besides the rules for the name "network.label_taken", when
/// another tare in use has it.
Result<Tare> add_tare(Transaction& tx, CentreId centre, Tare tare, Instant now);
/// Refuses "network.no_such_tare" when it is not there or retired already.
Result<void> retire_tare(Transaction& tx, CentreId centre, int number, Instant now);

/// Its number is made here. Refuses besides the rules for the name "network.label_taken".
Result<Scale> add_scale(Transaction& tx, CentreId centre, Scale scale);
/// The one of that number. Refuses "network.no_such_scale" first, then as `add_scale`.
Result<void> change_scale(Transaction& tx, CentreId centre, const Scale& scale);
/// Refuses "network.no_such_scale" when it is not there or retired already.
Result<void> retire_scale(Transaction& tx, CentreId centre, int number, Instant now);

} // namespace kringwerk::network
