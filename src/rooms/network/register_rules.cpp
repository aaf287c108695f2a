// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/register_rules.hpp"

#include "base/words.hpp"
#include "platform/devices/line_pattern.hpp"
#include "rooms/network/municipalities.hpp"

#include <algorithm>

namespace kringwerk::network {
namespace {

constexpr std::size_t longest_line = 120;
constexpr std::size_t longest_label = 60;
constexpr std::size_t longest_story = 500;
constexpr int three_years = 3 * 366;
constexpr int one_year = 366;
constexpr Grams heaviest_tare{60'000'000}; // more than a lorry may weigh on Dutch roads
constexpr Grams heaviest_load{100'000'000};

// The Netherlands in Europe with its waters, in millionths of a degree, rounded outwards. Who swaps
// latitude and longitude lands outside.
constexpr Point south_west{50'700'000, 3'200'000};
constexpr Point north_east{53'700'000, 7'300'000};

bool in_the_netherlands(const Point& point) {
    return point.latitude >= south_west.latitude && point.latitude <= north_east.latitude &&
           point.longitude >= south_west.longitude && point.longitude <= north_east.longitude;
}

void check_length(std::string_view field, std::string_view text, std::size_t most, Wrong& wrong) {
    if (text.size() <= most) return;
    wrong.add(field, "network.too_long", {{"most", std::to_string(most)}});
}

void check_text(std::string_view field, std::string_view text, std::size_t most,
                std::string_view needed, Wrong& wrong) {
    if (trimmed(text).empty()) wrong.add(field, needed);
    check_length(field, text, most, wrong);
}

/// A street needs its number and its postcode: half an address leads nobody there. A postcode may
/// stand alone, until somebody knows the rest.
void check_address(const Address& address, Wrong& wrong) {
    if (!address.street.empty() || !address.house_number.empty()) {
        check_text("street", address.street, longest_line, "network.street_needed", wrong);
        check_text("house_number", address.house_number, 20, "network.house_number_needed", wrong);
        check_text("postcode", address.postcode, 20, "network.postcode_needed", wrong);
    }
    if (!address.postcode.empty() && parse_postcode(address.postcode) != address.postcode) {
        wrong.add("postcode", "network.postcode_wrong");
    }
    check_text("place", address.place, longest_line, "network.place_needed", wrong);
}

/// A name or an address of a machine: what stands in a host never needs more than these signs.
bool is_host(std::string_view host) {
    return !host.empty() && host.size() <= 253 &&
           std::all_of(host.begin(), host.end(), [](char sign) {
               return is_digit(sign) || (sign >= 'a' && sign <= 'z') ||
                      (sign >= 'A' && sign <= 'Z') || sign == '.' || sign == '-' || sign == ':';
           });
}

} // namespace

void Wrong::add(std::string_view field, std::string_view code, TextArguments arguments) {
    if (about(field)) return;
    fields_.push_back({std::string(field), std::string(code), std::move(arguments)});
}

bool Wrong::about(std::string_view field) const {
    return std::any_of(fields_.begin(), fields_.end(),
                       [&](const FieldRefusal& refusal) { return refusal.field == field; });
}

Result<void> Wrong::finish() {
    if (fields_.empty()) return {};
    return refuse(Refusal{"network.wrong_fields", {}, std::move(fields_)});
}

void check(const Details& details, Wrong& wrong) {
    check_text("name", details.name, longest_line, "network.name_needed", wrong);
    check_address(details.address, wrong);
    if (details.municipality.empty()) {
        wrong.add("municipality", "network.municipality_needed");
    } else if (municipality(details.municipality) == nullptr) {
        wrong.add("municipality", "network.municipality_unknown");
    }
    if (details.point && !in_the_netherlands(*details.point)) {
        wrong.add("latitude", "network.point_outside");
    }
    check_length("organisation", details.organisation, longest_line, wrong);
}

void check(const ClosedDay& closed, Day today, Wrong& wrong) {
    if (closed.day < today) wrong.add("day", "network.day_past");
    if (closed.day > day_after(today, three_years)) wrong.add("day", "network.day_far");
    check_text("reason", closed.reason, longest_line, "network.reason_needed", wrong);
}

void check(const BuildingBlock& block, Day today, Wrong& wrong) {
    if (block.since > today) wrong.add("since", "network.day_ahead");
    check_text("evidence", block.evidence, longest_story, "network.evidence_needed", wrong);
}

void check(const Offered& offered, Wrong& wrong) {
    if (offered.places.empty()) wrong.add("places", "network.places_needed");
    if (!std::all_of(offered.places.begin(), offered.places.end(), ledger::is_stock)) {
        wrong.add("places", "network.not_stock");
    }
    if (offered.streams.empty()) wrong.add("streams", "network.streams_needed");
}

void check(const Tare& tare, Day today, Wrong& wrong) {
    check_text("name", tare.name, longest_label, "network.label_needed", wrong);
    if (tare.grams <= Grams{} || tare.grams > heaviest_tare) {
        wrong.add("grams", "network.tare_outside");
    }
    if (tare.valid_from > day_after(today, one_year)) wrong.add("valid_from", "network.day_far");
}

void check(const Scale& scale, Wrong& wrong) {
    check_text("name", scale.name, longest_label, "network.label_needed", wrong);
    check_text("place", scale.place, longest_label, "network.scale_place_needed", wrong);
    if (!is_host(scale.host)) wrong.add("host", "network.host_wrong");
    if (scale.port < 1 || scale.port > 65535) wrong.add("port", "network.port_wrong");
    const bool by_pattern = scale.profile == ScaleProfile::pattern;
    if (by_pattern && scale.pattern.empty()) wrong.add("pattern", "network.pattern_needed");
    if (!by_pattern && !scale.pattern.empty()) wrong.add("pattern", "network.pattern_needless");
    const auto pattern = devices::parse_line_pattern(scale.pattern);
    if (by_pattern && !pattern) {
        wrong.add("pattern", pattern.error().code, pattern.error().arguments);
    }
    check_length("pattern", scale.pattern, longest_story, wrong);
    if (scale.most <= Grams{} || scale.most > heaviest_load) {
        wrong.add("most", "network.most_outside");
    }
    if (scale.step <= Grams{} || scale.step > scale.most) wrong.add("step", "network.step_outside");
}

std::optional<std::string> parse_postcode(std::string_view text) {
    std::string signs;
    for (const char sign : text) {
        if (sign == ' ') continue;
        signs += upper(sign);
    }
    if (signs.size() != 6 || signs[0] == '0') return std::nullopt;
    const bool digits = std::all_of(signs.begin(), signs.begin() + 4, is_digit);
    const bool letters = std::all_of(signs.begin() + 4, signs.end(),
                                     [](char sign) { return sign >= 'A' && sign <= 'Z'; });
    if (!digits || !letters) return std::nullopt;
    return signs.insert(4, " ");
}

} // namespace kringwerk::network
