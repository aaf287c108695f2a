// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/register_forms.hpp"

#include "base/words.hpp"
#include "rooms/network/municipalities.hpp"

#include <algorithm>

namespace kringwerk::network {
namespace {

std::string typed(const http::Form& form, std::string_view field) {
    return std::string(trimmed(form.value_or_empty(field)));
}

/// Kilograms into grams. Where nobody can tell what a point means it is asked again: a tare that is
/// wrong a thousand times over spoils every weighing after it.
Grams read_kilograms(const http::Form& form, std::string_view field, Wrong& wrong) {
    const auto text = typed(form, field);
    const auto point = text.find('.');
    if (point != text.npos && text.size() - point == 4 && text.find(',') == text.npos) {
        wrong.add(field, "network.number_ambiguous", {{"given", text}});
        return {};
    }
    const auto grams = parse_decimal(text, 3);
    if (!grams) wrong.add(field, "network.number_unreadable", {{"given", text}});
    return {grams.value_or(0)};
}

std::int64_t read_whole(const http::Form& form, std::string_view field, Wrong& wrong) {
    const auto text = typed(form, field);
    const auto number = parse_whole(text);
    if (!number) wrong.add(field, "network.number_unreadable", {{"given", text}});
    return number.value_or(0);
}

Day read_day(const http::Form& form, std::string_view field, Wrong& wrong) {
    const auto day = parse_day(typed(form, field));
    if (!day) wrong.add(field, "network.day_needed");
    return day.value_or(Day{});
}

template <class Parse>
auto read_choice(const http::Form& form, std::string_view field, Parse parse, Wrong& wrong) {
    const auto choice = parse(typed(form, field));
    if (!choice) wrong.add(field, "network.choose");
    return choice.value_or(typename decltype(choice)::value_type{});
}

std::optional<std::int32_t> read_degrees(const http::Form& form, std::string_view field,
                                         Wrong& wrong) {
    const auto text = typed(form, field);
    if (text.empty()) return std::nullopt;
    const auto degrees = parse_decimal(text, 6);
    if (!degrees || *degrees > 180'000'000 || *degrees < -180'000'000) {
        wrong.add(field, "network.number_unreadable", {{"given", text}});
        return std::nullopt;
    }
    return static_cast<std::int32_t>(*degrees);
}

std::optional<Point> read_point(const http::Form& form, Wrong& wrong) {
    const auto latitude = read_degrees(form, "latitude", wrong);
    const auto longitude = read_degrees(form, "longitude", wrong);
    if (latitude && longitude) return Point{*latitude, *longitude};
    const bool one = !typed(form, "latitude").empty() || !typed(form, "longitude").empty();
    if (one) wrong.add(latitude ? "longitude" : "latitude", "network.point_half");
    return std::nullopt;
}

std::string read_municipality(const http::Form& form, Wrong& wrong) {
    const auto text = typed(form, "municipality");
    if (text.empty()) return {};
    const auto* const found = municipality_called(text);
    if (found == nullptr) wrong.add("municipality", "network.municipality_unknown");
    return found == nullptr ? std::string() : std::string(found->code);
}

} // namespace

Result<Details> parse_details(const http::Form& form) {
    Wrong wrong;
    Details details;
    details.name = typed(form, "name");
    const auto postcode = typed(form, "postcode");
    details.address = {typed(form, "street"), typed(form, "house_number"),
                       parse_postcode(postcode).value_or(postcode), typed(form, "place")};
    details.municipality = read_municipality(form, wrong);
    details.point = read_point(form, wrong);
    details.organisation = typed(form, "organisation");
    if (!details.organisation.empty()) {
        details.organisation_kind =
            read_choice(form, "organisation_kind", parse_organisation_kind, wrong);
    }
    check(details, wrong);
    return wrong.finish(std::move(details));
}

Result<Details> parse_first_details(const http::Form& form) {
    auto given = form;
    const auto place = typed(form, "place");
    if (typed(form, "municipality").empty() && municipality_called(place) != nullptr) {
        std::erase_if(given.parts, [](const auto& part) { return part.name == "municipality"; });
        given.parts.push_back({"municipality", {}, {}, place});
    }
    auto details = parse_details(given);
    if (!typed(form, "postcode").empty()) return details;
    auto refusal = details ? Refusal{"network.wrong_fields", {}, {}} : details.error();
    refusal.fields.push_back({"postcode", "network.first_postcode_needed", {}});
    return refuse(std::move(refusal));
}

Result<std::optional<OpeningHours>> parse_hours(const http::Form& form) {
    const auto text = typed(form, "hours");
    if (text.empty()) return std::optional<OpeningHours>{};
    auto hours = OpeningHours::parse(text);
    if (hours) return std::optional(std::move(*hours));
    Wrong wrong;
    wrong.add("hours", hours.error().code, hours.error().arguments);
    return wrong.finish(std::optional<OpeningHours>{});
}

Result<ClosedDay> parse_closed_day(const http::Form& form, Day today) {
    Wrong wrong;
    ClosedDay closed{read_day(form, "day", wrong), typed(form, "reason")};
    check(closed, today, wrong);
    return wrong.finish(std::move(closed));
}

Result<BuildingBlock> parse_building_block(const http::Form& form, Day today) {
    Wrong wrong;
    BuildingBlock block;
    block.block = read_choice(form, "block", parse_block, wrong);
    block.since = read_day(form, "since", wrong);
    block.evidence = typed(form, "evidence");
    check(block, today, wrong);
    return wrong.finish(std::move(block));
}

Result<Offered> parse_offered(const http::Form& form) {
    Wrong wrong;
    Offered offered;
    for (const auto& part : form.parts) {
        if (part.name == "places") {
            const auto place = ledger::parse_place(ledger::Book::goods, part.content);
            if (place) offered.places.insert(*place);
        } else if (part.name == "streams") {
            const auto stream = ledger::parse_key(ledger::Book::goods, part.content);
            if (stream) offered.streams.insert(*stream);
        }
    }
    check(offered, wrong);
    return wrong.finish(std::move(offered));
}

Result<Tare> parse_tare(const http::Form& form, Day today) {
    Wrong wrong;
    Tare tare;
    tare.name = typed(form, "name");
    tare.kind = read_choice(form, "kind", parse_tare_kind, wrong);
    tare.grams = read_kilograms(form, "grams", wrong);
    tare.valid_from = read_day(form, "valid_from", wrong);
    check(tare, today, wrong);
    return wrong.finish(std::move(tare));
}

Result<Scale> parse_scale(const http::Form& form) {
    Wrong wrong;
    Scale scale;
    scale.number = parse_number(form);
    scale.name = typed(form, "name");
    scale.place = typed(form, "place");
    scale.host = typed(form, "host");
    const auto port = read_whole(form, "port", wrong);
    scale.port = port >= 1 && port <= 65535 ? static_cast<int>(port) : 0;
    scale.profile = read_choice(form, "profile", parse_scale_profile, wrong);
    scale.pattern = typed(form, "pattern");
    scale.most = read_kilograms(form, "most", wrong);
    scale.step = {read_whole(form, "step", wrong)};
    if (!typed(form, "verified_until").empty()) {
        scale.verified_until = read_day(form, "verified_until", wrong);
    }
    check(scale, wrong);
    return wrong.finish(std::move(scale));
}

int parse_number(const http::Form& form) {
    const auto number = parse_whole(typed(form, "number")).value_or(0);
    return number > 0 && number < 1'000'000 ? static_cast<int>(number) : 0;
}

std::optional<std::int64_t> parse_decimal(std::string_view text, int decimals) {
    const bool minus = text.starts_with('-');
    if (minus) text.remove_prefix(1);
    const auto mark = text.find_first_of(",.");
    std::string digits(text.substr(0, mark));
    const auto part = mark == text.npos ? std::string_view() : text.substr(mark + 1);
    if (digits.empty() || digits.size() > 9 || (mark != text.npos && part.empty())) return {};
    if (static_cast<int>(part.size()) > decimals) return std::nullopt;
    digits += part;
    digits.append(static_cast<std::size_t>(decimals) - part.size(), '0');
    if (!std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
    const auto value = parse_whole(digits);
    return minus && value ? -*value : value;
}

std::string format_decimal(std::int64_t value, int decimals) {
    auto digits = std::to_string(value < 0 ? -value : value);
    const auto least = static_cast<std::size_t>(decimals) + 1;
    if (digits.size() < least) digits.insert(0, least - digits.size(), '0');
    auto part = digits.substr(digits.size() - static_cast<std::size_t>(decimals));
    part.erase(part.find_last_not_of('0') + 1);
    digits.resize(digits.size() - static_cast<std::size_t>(decimals));
    return (value < 0 ? "-" : "") + digits + (part.empty() ? "" : "," + part);
}

} // namespace kringwerk::network
