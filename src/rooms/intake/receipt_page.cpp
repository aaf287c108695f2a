// SPDX-License-Identifier: EUPL-1.2
#include "base/words.hpp"
#include "platform/page/qr.hpp"
#include "rooms/intake/gate_http.hpp"
#include "rooms/intake/gate_store.hpp"
#include "rooms/intake/words.hpp"
#include "rooms/network/network.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace kringwerk::intake {
namespace {

namespace json = boost::json;

struct Receipt {
    network::CentreRow centre;
    KeptVisit kept;
};

/// Nobody guesses the number of a visit: who has it, was there.
std::optional<Receipt> receipt_of(Snapshot& view, const http::Request& request) {
    const auto id = VisitId::parse(request.parameter("visit"));
    const auto number = parse_whole(request.parameter("centre"));
    if (!id || !number) return std::nullopt;
    auto centre = network::centre(view, CentreId{*number});
    auto kept = centre ? visit(view, centre->id, *id) : std::nullopt;
    if (!kept) return std::nullopt;
    return Receipt{*std::move(centre), *std::move(kept)};
}

std::string address_of(const http::Request& request) {
    return std::string(request.secure ? "https://" : "http://") +
           std::string(request.header("host")) + "/bon/" +
           std::string(request.parameter("centre")) + "/" + std::string(request.parameter("visit"));
}

/// "3F2A-91BC": the end of the id, which is chance; its beginning is the time.
std::string number_of(const VisitId& id) {
    auto end = id.text().substr(28);
    std::transform(end.begin(), end.end(), end.begin(), [](char letter) {
        return letter >= 'a' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    return end.substr(0, 4) + "-" + end.substr(4);
}

json::array lines_of(const Receipt& receipt, const Words& words) {
    json::array lines;
    for (const auto& line : receipt.kept.visit.lines) {
        const auto basis = std::string(ledger::code_of(line.weighing.basis));
        lines.push_back(json::object{{"icon", icon_of(line.stream)},
                                     {"what", words.stream(line.stream)},
                                     {"lane", words.say("lane." + std::string(code_of(line.lane)))},
                                     {"basis", words.say("basis." + basis)},
                                     {"mass", words.kilograms(line.weighing.grams)}});
    }
    return lines;
}

http::Response show(const people::Site& site, const http::Request& request) {
    const auto receipt = site.store.read([&](Snapshot& view) { return receipt_of(view, request); });
    if (!receipt) return people::stopped(site, request, 404);
    const auto language = http::language_of(request);
    const Words words(site.texts, language);
    const auto& [centre, kept] = *receipt;
    Grams total;
    for (const auto& line : kept.visit.lines) total += line.weighing.grams;
    auto data = people::layout_of(site, request, words.say("receipt.title"), false);
    data["intro"] = words.say("receipt.intro", {{"centre", centre.name},
                                                {"day", show_day_in_words(language, kept.day)},
                                                {"time", format_clock(kept.at)}});
    data["number"] = words.say("receipt.number", {{"number", number_of(kept.id)}});
    data["lines"] = lines_of(*receipt, words);
    data["total"] = words.kilograms(total);
    data["undone"] = kept.undone_at.has_value();
    data["centre_url"] = "/centra/" + centre.slug;
    data["centre_name"] = centre.name;
    const auto qr = page::qr_svg(address_of(request), words.say("receipt.qr_label"));
    if (qr) data["qr"] = *qr;
    return http::html(site.pages.render_page(language, "rooms/intake/pages/receipt", data));
}

http::Response draw(const people::Site& site, const http::Request& request) {
    if (!VisitId::parse(request.parameter("visit")) || !parse_whole(request.parameter("centre"))) {
        return http::problem(request, 404, {"http.not_here", {}, {}});
    }
    const auto label = site.texts.say(http::language_of(request), "receipt.qr_label");
    auto svg = page::qr_svg(address_of(request), label);
    if (!svg) return http::problem(request, 404, svg.error());
    http::Response response;
    response.content_type = "image/svg+xml";
    response.body = *std::move(svg);
    return response;
}

} // namespace

http::Routes receipt_routes(const people::Site& site) {
    const auto page = [site](const http::Request& request) { return show(site, request); };
    const auto code = [site](const http::Request& request) { return draw(site, request); };
    return {
        {http::Method::get, "/bon/{centre}/{visit}", http::at_once(page)},
        {http::Method::get, "/bon/{centre}/{visit}/qr.svg", http::at_once(code)},
    };
}

} // namespace kringwerk::intake
