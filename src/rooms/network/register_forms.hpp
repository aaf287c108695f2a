// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"
#include "rooms/network/register_rules.hpp"

#include <optional>
#include <string>
#include <string_view>

/// What somebody typed on the page that sets up a centre, as values. Each refuses
/// "network.wrong_fields" with what cannot be read and what register_rules.hpp says, all at once:
/// "network.number_unreadable", "network.number_ambiguous" ("1.250": thousands or thousandths),
/// "network.day_needed", "network.choose".
namespace kringwerk::network {

/// Besides: municipality "network.municipality_unknown" for a name that stands for none or several;
/// longitude "network.point_half" when only one of the two is there.
Result<Details> parse_details(const http::Form& form);
/// What is asked of a first centre: its name, postcode, place and municipality. Besides: postcode
/// "network.first_postcode_needed". Nothing typed as municipality: the one called as the place.
Result<Details> parse_first_details(const http::Form& form);
/// hours: what `OpeningHours::parse` refuses. Nothing typed: not known.
Result<std::optional<OpeningHours>> parse_hours(const http::Form& form);
Result<ClosedDay> parse_closed_day(const http::Form& form, Day today);
Result<BuildingBlock> parse_building_block(const http::Form& form, Day today);
/// Ticked are the codes of places and streams that the centre has.
Result<Offered> parse_offered(const http::Form& form);
Result<Tare> parse_tare(const http::Form& form, Day today);
/// Its number is 0 for a new one.
Result<Scale> parse_scale(const http::Form& form);
/// The number of a tare or scale that a button names; 0 when there is none.
int parse_number(const http::Form& form);

/// "52.1389", "52,1389" or "-6" in units of 10^-decimals; nothing when it is no such number.
std::optional<std::int64_t> parse_decimal(std::string_view text, int decimals);
/// A whole number of such units as a person would type it: "52,1389".
std::string format_decimal(std::int64_t value, int decimals);

} // namespace kringwerk::network
