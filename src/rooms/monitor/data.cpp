// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/data.hpp"

#include "platform/page/charts.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::monitor {

PageOf::PageOf(Monitor& of, const http::Request& asked)
    : monitor(of), request(asked), language_(http::language_of(asked)) {}

std::string PageOf::say(std::string_view code, const TextArguments& arguments) const {
    return Texts::built_in().say(language_, code, arguments);
}

boost::json::object
PageOf::start(std::string_view title, std::string_view nav,
              std::initializer_list<std::pair<std::string, std::string>> breadcrumb) const {
    const auto other = language_ == Language::nl ? Language::en : Language::nl;
    boost::json::object data{{"title", title},
                             {"nav", nav},
                             {"network", monitor.network_name},
                             {"demo", monitor.demo},
                             {"signed_in", request.cookie("kw_session").has_value()},
                             {"other_url", page::in_language(request.target, other)}};
    boost::json::array crumbs;
    for (const auto& [label, url] : breadcrumb) crumbs.push_back({{"label", label}, {"url", url}});
    if (!crumbs.empty()) data["breadcrumb"] = std::move(crumbs);
    return data;
}

http::Response PageOf::answer(std::string_view template_name, const boost::json::object& data,
                              int status) const {
    const bool of_all_rooms = template_name.find('/') != template_name.npos;
    const auto path = (of_all_rooms ? "" : "rooms/monitor/pages/") + std::string(template_name);
    return http::html(monitor.pages.render_page(language_, path, data), status);
}

std::string PageOf::kilograms(Grams mass) const {
    return show_kilograms(language_, mass) + "\u00a0kg";
}

std::pair<std::string, std::string> PageOf::report(Grams mass) const {
    const auto text = show_report_mass(language_, mass);
    const auto space = text.find("\u00a0");
    return {text.substr(0, space), text.substr(space + std::string_view("\u00a0").size())};
}

std::string PageOf::hours(Minutes worked) const {
    // A tenth of an hour is six minutes.
    const auto half = worked < Minutes{} ? -3 : 3;
    return show_decimal(language_, (worked.value + half) / 6, 1) + "\u00a0" + say("unit.hours");
}

std::string PageOf::moment(Instant at) const {
    return show_day(language_, local_day(at)) + " · " + format_clock(at);
}

void put_basis(const PageOf& page, boost::json::object& figure, const Mass& mass) {
    const auto total = mass.total();
    if (total <= Grams{}) return;
    const auto share = [&](Grams part) {
        return permille_rounded(std::max(part, Grams{}).value, total.value) / 10;
    };
    const std::array<std::pair<Grams, std::string_view>, 3> parts{
        {{mass.measured, "basis.measured"},
         {mass.standard, "basis.standard"},
         {mass.estimated, "basis.estimated"}}};
    std::string words;
    for (const auto& [part, code] : parts) {
        if (part <= Grams{}) continue;
        if (!words.empty()) words += " · ";
        words += page.say("figure.share_of_basis",
                          {{"percent", std::to_string(share(part))}, {"basis", page.say(code)}});
    }
    figure["basis"] = page::basis_bar({std::max(mass.measured, Grams{}).value,
                                       std::max(mass.standard, Grams{}).value,
                                       std::max(mass.estimated, Grams{}).value, 0},
                                      words);
    figure["basis_words"] = words;
}

std::string place_name(const PageOf& page, ledger::Place place) {
    const auto& row = ledger::row_of(place);
    return page.say("place." + std::string(ledger::code_of(row.book)) + "." +
                    std::string(row.code));
}

std::string key_name(const PageOf& page, ledger::Key key) {
    return page.say("key." + std::string(ledger::code_of(key)));
}

std::string kind_name(const PageOf& page, ledger::Kind kind) {
    const auto* const row = ledger::Ways::built_in().find(kind);
    return row ? page.say("kind." + std::string(row->code)) : std::to_string(kind.number);
}

std::string stream_icon(ledger::Key stream) {
    constexpr std::array<std::string_view, 12> icons{
        "stack",        "armchair", "cooking-pot", "plug", "t-shirt", "books",
        "puzzle-piece", "bicycle",  "hammer",      "wall", "package", "stack"};
    return std::string(stream.number < icons.size() ? icons[stream.number] : icons[0]);
}

std::string place_class(ledger::Place place) {
    using ledger::Place;
    if (place == Place::owner) return "workshop";
    if (ledger::is_stock(place) && place != Place::workshop && place != Place::parts)
        return "stock";
    if (place == Place::exported) return "sent";
    return std::string(ledger::row_of(place).code);
}

std::string centre_url(const network::CentreRow& centre) { return "/centra/" + centre.slug; }

std::string day_url(const network::CentreRow& centre, Day day) {
    return centre_url(centre) + "/dagen/" + format_day(day);
}

std::string month_url(const network::CentreRow& centre, Month month) {
    return centre_url(centre) + "/maanden/" + format_month(month);
}

std::string movement_url(const network::CentreRow& centre, std::int64_t sequence) {
    return centre_url(centre) + "/boekingen/" + std::to_string(sequence);
}

std::string item_url(ledger::ItemId item) { return "/dingen/" + ledger::code_of(item); }

} // namespace kringwerk::monitor
