// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/elsewhere.hpp"

#include <boost/json/object.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace kringwerk::intake {
namespace {

namespace json = boost::json;

constexpr std::size_t most_elsewhere = 3;
constexpr std::int64_t far_m = 60'000; ///< nobody drives on further than this with a full car
constexpr int days_ahead = 7;          ///< after today: a counter may be without network for days

/// The stretches of this day and the seven after it, as moments; empty: closed, or not known.
json::array open_of(const network::Registered& registered, Day today) {
    json::array list;
    if (!registered.hours) return list;
    for (int ahead = 0; ahead <= days_ahead; ++ahead) {
        const auto day = day_after(today, ahead);
        for (const auto& span : registered.hours->hours_of(day, registered.holidays())) {
            if (span.state != OpenState::open) continue;
            list.push_back(json::object{{"from", format_instant(local_time(day, span.from))},
                                        {"to", format_instant(local_time(day, span.to))}});
        }
    }
    return list;
}

/// Those near enough; else the nearest one. Where no distance is known, all of them.
void leave_out_far(std::vector<Elsewhere>& by_distance) {
    if (by_distance.empty() || !by_distance.front().distance_m) return;
    const auto far =
        std::find_if(by_distance.begin(), by_distance.end(), [](const Elsewhere& other) {
            return other.distance_m.value_or(far_m + 1) > far_m;
        });
    by_distance.erase(std::max(far, by_distance.begin() + 1), by_distance.end());
}

std::string address_of(const network::Address& address) {
    if (address.street.empty()) return address.place;
    return fmt::format("{} {}, {}", address.street, address.house_number, address.place);
}

} // namespace

std::int64_t distance_m(const network::Point& from, const network::Point& to) {
    constexpr double earth_m = 6'371'008.8; // mean radius, IUGG
    const auto radians = [](std::int32_t micro) { return micro / 1e6 * std::numbers::pi / 180.0; };
    const double up = std::sin(radians(to.latitude - from.latitude) / 2);
    const double along = std::sin(radians(to.longitude - from.longitude) / 2);
    const double part =
        up * up + std::cos(radians(from.latitude)) * std::cos(radians(to.latitude)) * along * along;
    return std::llround(2 * earth_m * std::asin(std::min(1.0, std::sqrt(part))));
}

std::vector<Elsewhere> elsewhere(Snapshot& view, const network::CentreRow& here,
                                 const network::Registered& registered) {
    std::vector<Elsewhere> others;
    for (auto& centre : network::centres(view)) {
        if (centre.id == here.id || centre.external_name) continue;
        Elsewhere other{std::move(centre), {}, std::nullopt};
        other.registered = network::registered(view, other.centre);
        if (registered.point && other.registered.point) {
            other.distance_m = distance_m(*registered.point, *other.registered.point);
        }
        others.push_back(std::move(other));
    }
    std::stable_sort(others.begin(), others.end(), [](const auto& left, const auto& right) {
        constexpr auto far = std::numeric_limits<std::int64_t>::max();
        return left.distance_m.value_or(far) < right.distance_m.value_or(far);
    });
    leave_out_far(others);
    if (others.size() > most_elsewhere) others.resize(most_elsewhere);
    return others;
}

json::array elsewhere_json(Snapshot& view, const network::CentreRow& here,
                           const network::Registered& registered, Day today) {
    json::array list;
    for (const auto& other : elsewhere(view, here, registered)) {
        list.push_back(json::object{{"centre", other.centre.id.value},
                                    {"name", other.centre.name},
                                    {"place", other.centre.place},
                                    {"address", address_of(other.registered.address)},
                                    {"distance_m", other.distance_m ? json::value(*other.distance_m)
                                                                    : json::value(nullptr)},
                                    {"open", open_of(other.registered, today)}});
    }
    return list;
}

} // namespace kringwerk::intake
