// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/monitor/behind.hpp"

namespace kringwerk::monitor {

/// The four figures of a network: collected, repaired, sold, and the share with a new owner.
enum class Figure { collected, repaired, sold, new_owner };

std::optional<Figure> parse_figure(std::string_view slug);
/// "ingezameld": in addresses, and as "figure.<slug>..." in the catalogue.
std::string_view slug_of(Figure figure);
std::string_view icon_of(Figure figure);
/// What its number opens to at a centre.
Sum sum_of(Figure figure);
/// What a figure is over some sums: whole grams, pieces, or tenths of a percent.
std::int64_t value_of(Figure figure, const Totals& totals);
/// As it is shown: value and unit.
std::pair<std::string, std::string> shown(const PageOf& page, Figure figure, std::int64_t value);

boost::json::array figure_cards(const PageOf& page, const NetworkTotals::Ptr& totals,
                                const Period& period, const Totals& sum,
                                const std::optional<Totals>& before,
                                const std::function<std::string(Figure)>& url);
/// What became of every hundred kilo that was collected.
boost::json::object hundred_of(const PageOf& page, const Totals& sum, const Period& period);
/// The sums of all centres, month by month over the period.
std::vector<std::pair<Month, Totals>> by_month(const NetworkTotals::Ptr& totals,
                                               const Period& period);

} // namespace kringwerk::monitor
