// SPDX-License-Identifier: EUPL-1.2
// The question about scale, printer and scanner: each can be tried at once.
#include "app/first/pages.hpp"
#include "base/words.hpp"
#include "rooms/network/scale_card.hpp"
#include "rooms/network/scale_form.hpp"

#include <boost/json/array.hpp>

namespace kringwerk::app::first {
namespace {

namespace json = boost::json;

/// The scale that the form is about: the one asked for, else a new one with the likely answers.
network::Scale scale_for_form(const Come& come, const std::vector<network::Scale>& scales) {
    const auto asked = parse_whole(come.request.query_value("weegschaal").value_or(""));
    for (const auto& scale : scales) {
        if (asked == scale.number) return scale;
    }
    network::Scale scale;
    scale.name = come.say("begin.machines.scale_name");
    scale.place = come.say("begin.machines.scale_place");
    return scale;
}

void put_scanner(const Come& come, const std::optional<Refusal>& refusal, json::object& data) {
    if (refusal) data["scan_error"] = come.say(*refusal);
    data["scanned"] = start_of(come.request.query_value("gescand").value_or(""), longest_scan);
    come.site().store.read([&](Snapshot& view) {
        data["scanner_works"] = works(view, Machine::scanner);
        data["printer_works"] = works(view, Machine::printer);
        return true;
    });
}

} // namespace

Task<http::Response> machines_page(const Come& come, Machines given) {
    const auto& centre = *come.progress.centre;
    const auto scales = network::scales_in_use(come.site().store, centre.id);
    const auto news = co_await network::latest_news(come.with.scales, centre.id, scales);
    const bool refused = given.scale || given.scanner;
    auto data = frame_of(come, Step::machines, refused);
    json::array cards;
    for (const auto& scale : scales) {
        auto card = network::scale_card(come.site(), come.request, centre, scale, news);
        card["change_url"] =
            url_of(Step::machines) + "?weegschaal=" + std::to_string(scale.number) + "#scale-form";
        cards.push_back(std::move(card));
    }
    const bool asked = come.request.query_value("weegschaal").has_value();
    if (scales.empty() || asked || given.scale) {
        auto form = network::scale_form(come.site().texts, come.language, given.scale,
                                        scale_for_form(come, scales), url_of(Step::machines));
        form["form_title"] = ""; // the card around it has one
        form["submit"] = come.say("begin.machines.scale_button");
        data["form"] = std::move(form);
        data["form_open"] = asked || given.scale;
        data["form_words"] =
            come.say(scales.empty() ? "begin.machines.scale_add" : "set_up.scale.change_title");
    }
    data["scales"] = std::move(cards);
    data["go_form"] = "answer";
    data["here"] = url_of(Step::machines);
    put_scanner(come, given.scanner, data);
    co_return shown(come, "machines", data, refused);
}

} // namespace kringwerk::app::first
