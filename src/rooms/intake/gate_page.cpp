// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/gate_page.hpp"

#include "platform/page/charts.hpp"
#include "rooms/intake/queue.hpp"
#include "rooms/intake/words.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

namespace kringwerk::intake {
namespace {

namespace json = boost::json;
using ledger::Place;

struct GateScreen {
    const people::Site& site;
    const http::Request& request;
    const GateLook& look;
    const GatePaper& paper;
    Words words;

    std::string kg(Grams mass) const {
        return mass == Grams{} ? std::string() : show_kilograms(words.language(), mass);
    }
    std::string whole(std::int64_t value) const { return show_whole(words.language(), value); }
    std::string say(std::string_view code, const TextArguments& arguments = {}) const {
        return words.say(code, arguments);
    }
    bool may(people::Right right) const { return look.caller.may(right, look.centre.id); }
};

constexpr std::array lanes_in_order{Lane::reuse, Lane::repair, Lane::waste};

/// The weighings of which a number on this page is the sum.
std::string behind_url(const GateScreen& page, const CarFilter& filter) {
    return cars_url(page.look.centre, page.look.period.code, filter);
}

json::array cells_of(const GateScreen& page, const std::map<Lane, BasisSums>& sums,
                     std::optional<ledger::Key> stream) {
    json::array cells;
    for (const auto lane : lanes_in_order) {
        const auto found = sums.find(lane);
        json::object cell{{"cell_label", page.say("lane." + std::string(code_of(lane)))}};
        if (found != sums.end()) {
            cell["cell"] = page.kg(found->second.total());
            cell["cell_url"] = behind_url(page, {lane, stream, std::nullopt});
        }
        cells.push_back(std::move(cell));
    }
    return cells;
}

std::string basis_of(const GateScreen& page, const std::map<Lane, BasisSums>& sums) {
    std::array<Grams, 4> all{};
    for (const auto& [lane, of_lane] : sums) {
        for (std::size_t i = 0; i < all.size(); ++i) all[i] += of_lane.grams[i];
    }
    const auto total = (all[1] + all[2] + all[3]).value;
    std::string words;
    for (std::size_t i = 1; i < all.size(); ++i) {
        if (all[i] == Grams{}) continue;
        const auto basis = std::string(ledger::code_of(static_cast<ledger::Basis>(i)));
        words += (words.empty() ? "" : ", ") +
                 show_permille(page.words.language(), permille_rounded(all[i].value, total)) + " " +
                 page.say("basis." + basis);
    }
    return words;
}

json::array rows_of(const GateScreen& page) {
    json::array rows;
    const auto& report = page.paper.report;
    for (const auto& [stream, sums] : report.streams) {
        Grams total;
        for (const auto& [lane, of_lane] : sums) total += of_lane.total();
        rows.push_back(json::object{{"icon", icon_of(stream)},
                                    {"name", page.words.stream(stream)},
                                    {"cells", cells_of(page, sums, stream)},
                                    {"row_total", page.kg(total)},
                                    {"row_url", behind_url(page, {{}, stream, {}})},
                                    {"row_basis", basis_of(page, sums)}});
    }
    if (rows.empty()) return rows;
    rows.push_back(json::object{{"icon", "equals"},
                                {"name", page.say("gate_report.together")},
                                {"cells", cells_of(page, report.lanes, std::nullopt)},
                                {"row_total", page.kg(report.all.total())},
                                {"row_url", behind_url(page, {})},
                                {"row_basis", basis_of(page, report.lanes)},
                                {"total", true}});
    return rows;
}

json::array figures_of(const GateScreen& page) {
    const auto& report = page.paper.report;
    json::array figures;
    json::object cars{{"icon", "car"},
                      {"url", behind_url(page, {})},
                      {"name", page.say("gate_report.cars")},
                      {"value", page.whole(report.cars)}};
    if (report.usual_ms) {
        cars["context"] = page.say(
            "gate_report.usual",
            {{"seconds", show_decimal(page.words.language(), (*report.usual_ms + 50) / 100, 1)}});
    }
    figures.push_back(std::move(cars));
    figures.push_back(json::object{
        {"icon", "arrow-square-in"},
        {"url", behind_url(page, {})},
        {"name", page.say("gate_report.in")},
        {"value", show_kilograms(page.words.language(), report.all.total())},
        {"unit", "kg"},
        {"context", page.say("gate_report.times", {{"count", page.whole(report.all.lines)}})}});
    figures.push_back(json::object{{"icon", "prohibit"},
                                   {"url", report.refusals > 0 ? "#refused" : ""},
                                   {"name", page.say("gate_report.refused")},
                                   {"value", page.whole(report.refusals)}});
    figures.push_back(json::object{{"icon", "cloud-slash"},
                                   {"url", "#look-here"},
                                   {"name", page.say("gate_report.waiting")},
                                   {"value", page.whole([&] {
                                        std::int64_t waiting = 0;
                                        for (const auto& device : page.paper.waiting.devices)
                                            waiting += device.waiting;
                                        return waiting;
                                    }())},
                                   {"context", page.say("gate_report.waiting_words")}});
    return figures;
}

json::array hours_of(const GateScreen& page) {
    json::array rows;
    for (const auto& [hour, sums] : page.paper.report.hours) {
        rows.push_back(json::object{{"hour", hour_in_words(hour)},
                                    {"hour_url", behind_url(page, {{}, {}, hour})},
                                    {"hour_cars", page.whole(sums.cars)},
                                    {"hour_kg", page.kg(sums.grams)}});
    }
    return rows;
}

/// "10:42, 13:05", of more than a day with the day.
std::string moments_of(const GateScreen& page, const std::vector<Instant>& moments) {
    std::string words;
    for (const auto moment : moments) {
        if (!words.empty()) words += ", ";
        if (!page.paper.period.is_day()) {
            words += show_day(page.words.language(), local_day(moment)) + " ";
        }
        words += format_clock(moment);
    }
    return words;
}

json::array refused_of(const GateScreen& page) {
    json::array rows;
    for (const auto& reason : refusal_reasons()) {
        const auto found = page.paper.report.refused.find(std::string(reason.code));
        if (found == page.paper.report.refused.end()) continue;
        rows.push_back(
            json::object{{"icon", reason.icon},
                         {"reason", page.say("refusal_reason." + std::string(reason.code))},
                         {"reason_times", page.whole(std::ssize(found->second))},
                         {"reason_moments", moments_of(page, found->second)}});
    }
    return rows;
}

std::string about_device(const GateScreen& page, const people::Device& device) {
    if (device.missing() > 0) {
        return page.say("gate_report.device_gap",
                        {{"name", device.name}, {"count", page.whole(device.missing())}});
    }
    if (device.waiting > 0) {
        return page.say("gate_report.device_waits",
                        {{"name", device.name},
                         {"count", page.whole(device.waiting)},
                         {"day", show_day(page.words.language(), local_day(device.seen_at))},
                         {"time", format_clock(device.seen_at)}});
    }
    return page.say("gate_report.device_wiped", {{"name", device.name}});
}

json::array look_here_of(const GateScreen& page) {
    json::array rows;
    const auto& waiting = page.paper.waiting;
    for (const auto& device : waiting.devices) {
        rows.push_back(json::object{{"icon", "cloud-slash"},
                                    {"tone", device.missing() > 0 ? "stop" : "wait"},
                                    {"words", about_device(page, device)}});
    }
    for (const auto& ticket : waiting.tickets) {
        rows.push_back(json::object{
            {"icon", "truck"},
            {"tone", "wait"},
            {"words", page.say("gate_report.ticket_open",
                               {{"word", ticket.ticket.word},
                                {"mass", page.words.kilograms(*ticket.ticket.line.weighing.gross)},
                                {"time", format_clock(ticket.opened_at)}})}});
    }
    if (waiting.unexplained != Grams{}) {
        rows.push_back(
            json::object{{"icon", "warning-octagon"},
                         {"tone", "wait"},
                         {"words", page.say("gate_report.unexplained_words",
                                            {{"mass", page.words.kilograms(waiting.unexplained)}})},
                         {"action", page.say("gate_report.see_day")},
                         {"url", "/centra/" + page.look.centre.slug + "/dagen/" +
                                     format_day(page.look.period.first)}});
    }
    return rows;
}

json::array not_accepted_of(const GateScreen& page) {
    json::array rows;
    for (const auto& refused : page.paper.waiting.refused) {
        const auto moment = Instant{refused.action.clock_at.ms + refused.action.offset_ms};
        rows.push_back(
            json::object{{"kept_id", format_uuid(refused.action.id)},
                         {"kept_what", page.words.say_if_there("action." + refused.action.kind)},
                         {"kept_why", page.words.say(Refusal{refused.code, {}, {}})},
                         {"kept_when", show_day(page.words.language(), local_day(moment)) + " " +
                                           format_clock(moment) + " · " + refused.action.device},
                         {"kept_body", refused.body}});
    }
    return rows;
}

void put_periods(const GateScreen& page, json::object& data) {
    const auto& period = page.look.period;
    json::array periods;
    using enum GatePeriod::Unit;
    for (const auto& [unit, code] : {std::pair{day, "gate_report.day"},
                                     {week, "gate_report.week"},
                                     {month, "gate_report.month"}}) {
        periods.push_back(
            json::object{{"label", page.say(code)},
                         {"url", gate_url(page.look.centre, period_of(period.first, unit).code)},
                         {"current", unit == period.unit}});
    }
    data["periods"] = std::move(periods);
    data["before"] = json::object{{"url", gate_url(page.look.centre, beside(period, -1).code)}};
    if (beside(period, 1).first <= local_day(page.request.received)) {
        data["after"] = json::object{{"url", gate_url(page.look.centre, beside(period, 1).code)}};
    }
}

void put_closing(const GateScreen& page, json::object& data) {
    const auto& period = page.look.period;
    if (!period.is_day()) return;
    json::array closings;
    for (const auto& closing : page.paper.closings) {
        closings.push_back(json::value(in_words(page.words, closing)));
    }
    data["closed"] = !closings.empty();
    data["closings"] = std::move(closings);
    if (page.paper.changed_since > 0) data["changed"] = changed_in_words(page.words, page.paper);
    data["close_words"] =
        page.say(page.paper.closings.empty() ? "gate_report.close" : "gate_report.close_again");
    const bool over = period.first <= local_day(page.request.received);
    data["may_close"] = over && page.may(people::Right::close_day);
    data["note"] = page.look.typed_note;
}

void put_setting(const GateScreen& page, json::object& data, const GateSetting& setting) {
    if (!page.may(people::Right::manage_centre)) return;
    json::array options;
    for (const auto check :
         {ResidentCheck::off, ResidentCheck::optional, ResidentCheck::required}) {
        const auto code = std::string(code_of(check));
        options.push_back(json::object{{"check", code},
                                       {"check_label", page.say("resident_check." + code)},
                                       {"check_chosen", check == setting.check}});
    }
    data["setting"] =
        json::object{{"checks", std::move(options)},
                     {"quota", setting.quota == 0 ? std::string() : std::to_string(setting.quota)}};
}

std::string queue_in_words(const GateScreen& page, const Queue& queue) {
    const std::string count = queue.waiting == 0 ? "none" : queue.waiting == 1 ? "one" : "more";
    auto words =
        page.say("gate_report.queue_" + count,
                 {{"count", page.whole(queue.waiting)}, {"time", format_clock(*queue.counted_at)}});
    if (const auto minutes = wait_minutes(queue.waiting, queue.busiest_hour)) {
        words +=
            " " +
            page.say(*minutes == 1 ? "gate_report.queue_wait_one" : "gate_report.queue_wait_more",
                     {{"minutes", page.whole(*minutes)}, {"cars", page.whole(queue.busiest_hour)}});
    }
    return words;
}

/// A queue is of now: on the page of today only, once somebody counted.
void put_queue(const GateScreen& page, json::object& data) {
    const auto now = page.request.received;
    const auto& period = page.look.period;
    if (!period.is_day() || period.first != local_day(now)) return;
    const auto queue = page.site.store.read(
        [&](Snapshot& view) { return queue_now(view, page.look.centre.id, now); });
    if (!queue.counted_at) return;
    data["queue"] = queue_in_words(page, queue);
    data["queue_tone"] = queue.waiting == 0 ? "ok" : "wait";
}

void put_done(const GateScreen& page, json::object& data) {
    if (page.look.refusal) {
        data["refused"] = page.words.say(*page.look.refusal);
        return;
    }
    const auto done = page.request.query_value("gedaan").value_or("");
    data["done"] = page.words.say_if_there("gate_report.done_" + std::string(done));
}

} // namespace

std::string gate_url(const network::CentreRow& centre, std::string_view period) {
    return "/centra/" + centre.slug + "/poort/" + std::string(period);
}

json::object gate_layout(const people::Site& site, const http::Request& request,
                         const GateLook& look, const std::string& heading) {
    const Words words(site.texts, http::language_of(request));
    const auto period = in_words(site.texts, words.language(), look.period);
    const auto crumb = words.say("gate_report.title") + ", " + period;
    auto data = people::layout_of(
        site, request,
        {look.centre.name, look.centre.slug, heading, crumb, look.refusal.has_value()});
    data["breadcrumb"].as_array().back().as_object()["url"] =
        gate_url(look.centre, look.period.code);
    if (!look.refusal) data["title"] = heading + ", " + period;
    data["period"] = period;
    data["centre_name"] = look.centre.name;
    return data;
}

http::Response gate_page(const people::Site& site, const http::Request& request,
                         const GateLook& look) {
    const auto language = http::language_of(request);
    const auto [paper, setting] = site.store.read([&](Snapshot& view) {
        return std::pair{read_paper(view, look.centre, look.period),
                         gate_setting(view, look.centre.id)};
    });
    const GateScreen page{site, request, look, paper, Words(site.texts, language)};
    auto data = gate_layout(site, request, look, page.say("gate_report.title"));
    data["page_url"] = gate_url(look.centre, look.period.code);
    data["empty"] = paper.report.cars == 0 && paper.report.refusals == 0;
    data["figures"] = figures_of(page);
    data["rows"] = rows_of(page);
    data["hours"] = hours_of(page);
    data["turned_away"] = refused_of(page);
    data["look_here"] = look_here_of(page);
    data["kept"] = not_accepted_of(page);
    data["may_settle"] = page.may(people::Right::correct);
    put_periods(page, data);
    put_closing(page, data);
    put_queue(page, data);
    put_setting(page, data, setting);
    put_done(page, data);
    return http::html(site.pages.render_page(language, "rooms/intake/pages/gate", data),
                      look.refusal ? 400 : 200);
}

} // namespace kringwerk::intake
