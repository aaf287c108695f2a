// SPDX-License-Identifier: EUPL-1.2
// The weighings behind a number of the gate's day.
#include "base/words.hpp"
#include "rooms/intake/gate_page.hpp"
#include "rooms/intake/words.hpp"

#include <boost/json/array.hpp>

namespace kringwerk::intake {
namespace {

namespace json = boost::json;

/// More lines than this on one page help nobody; the sum is still that of all.
constexpr std::size_t most_shown = 500;

CarFilter filter_in(const http::Request& request) {
    const auto value = [&](std::string_view name) {
        return request.query_value(name).value_or("");
    };
    CarFilter filter;
    filter.lane = parse_lane(value("rijbaan"));
    filter.stream = ledger::parse_key(ledger::Book::goods, value("soort"));
    if (const auto hour = parse_whole(value("uur"))) filter.hour = static_cast<int>(*hour);
    return filter;
}

bool fits(const CarFilter& filter, const KeptVisit& kept) {
    return !filter.hour || local_minutes(kept.at) / 60 == *filter.hour;
}

bool fits(const CarFilter& filter, const GateLine& line) {
    return (!filter.lane || line.lane == *filter.lane) &&
           (!filter.stream || line.stream == *filter.stream);
}

/// How the weight came about: what the scale sent, else in words.
std::string how_known(const Words& words, const Weighing& weighing) {
    auto known = words.say("basis." + std::string(ledger::code_of(weighing.basis)));
    if (weighing.gross && weighing.tare) {
        known +=
            ", " + words.say("gate_report.gross_tare", {{"gross", words.kilograms(*weighing.gross)},
                                                        {"tare", words.kilograms(*weighing.tare)}});
    }
    return known;
}

/// What all rows of one car share.
struct ShownCar {
    std::string story_url;
    std::string correct_url;
    bool corrects = false;         ///< it stands in the place of another one
    ledger::Reason taken_back_for; ///< 0: it stands
};

ShownCar shown_car(Snapshot& view, const GateLook& look, const KeptVisit& kept) {
    const auto centre = look.centre.id;
    const auto booked = ledger::movement(view, centre, {kept.id.bytes});
    ensure(booked.has_value(), "a car stands in the books under its own id");
    ShownCar car;
    car.story_url =
        "/centra/" + look.centre.slug + "/boekingen/" + std::to_string(booked->sequence);
    car.correct_url = car_url(look.centre, look.period.code, kept.id);
    car.corrects = booked->reference.has_value();
    if (!kept.undone_at) return car;
    if (const auto back = ledger::reversal_of(view, centre, booked->id)) {
        car.taken_back_for = back->reason;
    }
    return car;
}

/// "teruggedraaid: verkeerd gewicht"
std::string taken_back(const Words& words, const ShownCar& car) {
    auto said = words.say("gate_report.taken_back");
    if (car.taken_back_for == ledger::Reason{}) return said;
    return said + ": " + words.say("reason." + std::string(ledger::code_of(car.taken_back_for)));
}

json::object row_of(const Words& words, const KeptVisit& kept, const GateLine& line,
                    const ShownCar& car) {
    return {{"when", show_day(words.language(), kept.day) + " " + format_clock(kept.at)},
            {"story_url", car.story_url},
            {"correct_url", kept.undone_at ? std::string() : car.correct_url},
            {"corrects", car.corrects},
            {"taken_back", kept.undone_at ? taken_back(words, car) : std::string()},
            {"lane", words.say("lane." + std::string(code_of(line.lane)))},
            {"stream", words.stream(line.stream)},
            {"kg", show_kilograms(words.language(), line.weighing.grams)},
            {"known", how_known(words, line.weighing)},
            {"raw", line.weighing.raw},
            {"undone", kept.undone_at.has_value()}};
}

struct Listed {
    json::array rows;
    Grams total;
    std::size_t lines = 0;   ///< that fit, also those that were taken back
    std::size_t counted = 0; ///< in the sum
};

Listed list_cars(Snapshot& view, const GateLook& look, const CarFilter& filter,
                 const Words& words) {
    Listed listed;
    const auto centre = look.centre.id;
    for (const auto& kept : visits(view, centre, look.period.first, look.period.last)) {
        if (!fits(filter, kept)) continue;
        std::optional<ShownCar> car; // looked up once, and only for what is shown
        for (const auto& line : kept.visit.lines) {
            if (!fits(filter, line)) continue;
            if (!kept.undone_at) listed.total += line.weighing.grams;
            if (!kept.undone_at) ++listed.counted;
            if (++listed.lines > most_shown) continue;
            if (!car) car = shown_car(view, look, kept);
            listed.rows.push_back(row_of(words, kept, line, *car));
        }
    }
    return listed;
}

/// "Hergebruik, Meubels, 11:00 – 12:00"; empty for all.
std::string chosen_words(const CarFilter& filter, const Words& words) {
    std::string chosen;
    const auto add = [&](const std::string& part) {
        chosen += (chosen.empty() ? "" : ", ") + part;
    };
    if (filter.lane) add(words.say("lane." + std::string(code_of(*filter.lane))));
    if (filter.stream) add(words.stream(*filter.stream));
    if (filter.hour) add(hour_in_words(*filter.hour));
    return chosen;
}

} // namespace

std::string cars_url(const network::CentreRow& centre, std::string_view period,
                     const CarFilter& filter) {
    auto url = gate_url(centre, period) + "/autos";
    char sign = '?';
    const auto add = [&](std::string_view name, std::string_view value) {
        url += sign + std::string(name) + "=" + std::string(value);
        sign = '&';
    };
    if (filter.lane) add("rijbaan", code_of(*filter.lane));
    if (filter.stream) add("soort", ledger::code_of(*filter.stream));
    if (filter.hour) add("uur", std::to_string(*filter.hour));
    return url;
}

http::Response cars_page(const people::Site& site, const http::Request& request,
                         const GateLook& look) {
    const auto language = http::language_of(request);
    const Words words(site.texts, language);
    const auto filter = filter_in(request);
    const bool may_correct = look.caller.may(people::Right::correct, look.centre.id);
    const auto listed =
        site.store.read([&](Snapshot& view) { return list_cars(view, look, filter, words); });
    auto data = gate_layout(site, request, look, words.say("gate_report.cars"));
    data["chosen"] = chosen_words(filter, words);
    const auto done = std::string(request.query_value("gedaan").value_or(""));
    data["done"] = words.say_if_there("gate_correct.done_" + done);
    data["may_correct"] = may_correct;
    data["rows"] = listed.rows;
    data["sum"] = words.kilograms(listed.total);
    data["lines"] = show_whole(language, static_cast<std::int64_t>(listed.counted));
    data["cut"] = listed.lines > most_shown;
    return http::html(site.pages.render_page(language, "rooms/intake/pages/gate-cars", data));
}

} // namespace kringwerk::intake
