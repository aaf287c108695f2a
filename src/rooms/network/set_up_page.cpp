// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/set_up_page.hpp"

#include "base/words.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/network/hours_words.hpp"
#include "rooms/network/municipalities.hpp"
#include "rooms/network/register.hpp"
#include "rooms/network/register_forms.hpp"
#include "rooms/network/scale_form.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace kringwerk::network {
namespace {

namespace json = boost::json;

using Options = std::vector<SetUpForm::Option>;

/// One page on its way.
struct SetUp {
    const people::Site& site;
    const http::Request& request;
    const CentreRow& centre;
    const std::optional<Returned>& returned;
    Snapshot& view;
    Registered known;
    Language language;
    std::string action;

    std::string say(std::string_view code, const TextArguments& arguments = {}) const {
        return site.texts.say(language, code, arguments);
    }
    SetUpForm form(std::string_view what) const {
        return SetUpForm(site.texts, language, what, returned);
    }
    Day today() const { return local_day(request.received); }
};

/// A line of what is there, with the button that takes it away, if any.
json::object line_of(const SetUp& page, std::string name, std::string note, std::string_view what,
                     std::string_view key, std::string value) {
    json::object line{{"line_name", std::move(name)}, {"line_note", std::move(note)}};
    if (what.empty()) return line;
    line["take_away"] =
        json::object{{"take_away_words", page.say("set_up." + std::string(what) + ".button")},
                     {"take_away_what", what},
                     {"take_away_key", key},
                     {"take_away_value", std::move(value)},
                     {"take_away_action", page.action}};
    return line;
}

json::object section(const SetUp& page, std::string_view id, json::array forms, json::array lines) {
    const auto code = "set_up." + std::string(id);
    return {{"section_id", id},
            {"section_title", page.say(code + ".title")},
            {"forms", std::move(forms)},
            {"lines", std::move(lines)},
            {"lines_title", page.site.texts.has(page.language, code + ".there")
                                ? page.say(code + ".there")
                                : std::string()},
            {"lines_none", page.site.texts.has(page.language, code + ".none")
                               ? page.say(code + ".none")
                               : std::string()}};
}

template <class Codes, class Chosen>
Options options_of_codes(const SetUp& page, std::string_view text, const Codes& codes,
                         Chosen chosen) {
    Options options;
    for (const auto code : codes) {
        options.push_back({std::string(code), page.say(std::string(text) + "." + std::string(code)),
                           chosen(code)});
    }
    return options;
}

json::object details_section(const SetUp& page) {
    const auto& known = page.known;
    auto form = page.form("details");
    form.text("name", page.centre.name);
    form.text("street", known.address.street);
    form.text("house_number", known.address.house_number);
    form.text("postcode", known.address.postcode);
    form.text("place", known.address.place);
    const auto* const municipality = network::municipality(known.municipality);
    form.text("municipality", municipality ? municipality->name : page.centre.municipality,
              "municipalities");
    form.text("latitude", known.point ? format_decimal(known.point->latitude, 6) : "");
    form.text("longitude", known.point ? format_decimal(known.point->longitude, 6) : "");
    form.text("organisation", known.organisation ? known.organisation->name : "", "organisations");
    const auto kind = known.organisation ? known.organisation->kind : OrganisationKind::foundation;
    form.select("organisation_kind",
                options_of_codes(page, "organisation_kind", organisation_kind_codes(),
                                 [&](auto code) { return code == code_of(kind); }));
    return section(page, "details", {form.take(page.action)}, {});
}

/// What the hours mean in the coming week; those that were typed last, as long as they can be read.
json::object preview_of(const SetUp& page) {
    auto hours = page.known.hours;
    if (page.returned && page.returned->what == "hours") {
        auto typed = parse_hours(page.returned->form);
        if (typed) hours = std::move(*typed);
    }
    if (!hours) return {};
    const HoursWords words(page.site.texts, page.language);
    json::array days;
    for (int ahead = 0; ahead < 7; ++ahead) {
        const auto day = day_after(page.today(), ahead);
        days.push_back(json::object{{"week_day", show_day_in_words(page.language, day)},
                                    {"week_hours", words.day(*hours, page.known, day)}});
    }
    return {{"week", std::move(days)},
            {"now", words.now(*hours, page.known, page.request.received)}};
}

/// As OSM writes them, with the days of the week as the reader's language does: "ma-vr
/// 09:00-17:00".
std::string typed_hours(const SetUp& page) {
    if (!page.known.hours) return {};
    auto text = page.known.hours->text();
    if (page.language == Language::en) return text;
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> days{{{"Mo", "ma"},
                                                                                 {"Tu", "di"},
                                                                                 {"We", "wo"},
                                                                                 {"Th", "do"},
                                                                                 {"Fr", "vr"},
                                                                                 {"Sa", "za"},
                                                                                 {"Su", "zo"}}};
    const auto is_letter = [&](std::size_t at) {
        return at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0;
    };
    bool quoted = false; // what people wrote themselves stays
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"') quoted = !quoted;
        if (quoted || (at > 0 && is_letter(at - 1)) || is_letter(at + 2)) continue;
        for (const auto& [osm, dutch] : days) {
            if (text.compare(at, osm.size(), osm) == 0) text.replace(at, osm.size(), dutch);
        }
    }
    return text;
}

json::object hours_section(const SetUp& page) {
    auto form = page.form("hours");
    form.long_text("hours", typed_hours(page));
    form.other_button("preview");
    auto closed = page.form("closed_day");
    closed.date("day", "");
    closed.text("reason", "");
    json::array lines;
    for (const auto& day : page.known.closed_days) {
        lines.push_back(line_of(page, show_day_in_words(page.language, day.day), day.reason,
                                "closed_day_remove", "day", format_day(day.day)));
    }
    auto made = section(page, "hours", {form.take(page.action), closed.take(page.action)},
                        std::move(lines));
    if (auto preview = preview_of(page); !preview.empty()) made["preview"] = std::move(preview);
    return made;
}

json::object blocks_section(const SetUp& page) {
    auto form = page.form("block");
    const auto has = [&](std::string_view code) {
        const auto& blocks = page.known.blocks;
        return std::any_of(blocks.begin(), blocks.end(),
                           [&](const auto& row) { return code_of(row.block) == code; });
    };
    auto options = options_of_codes(page, "block", block_codes(), [](auto) { return false; });
    for (auto& option : options) option.chosen = !has(option.value);
    // A list shows the last chosen one; the first that is missing shall be it.
    const auto first = std::find_if(options.begin(), options.end(),
                                    [](const auto& option) { return option.chosen; });
    for (auto& option : options) option.chosen = first != options.end() && &option == &*first;
    form.select("block", options);
    form.date("since", format_day(page.today()));
    form.long_text("evidence", "");
    json::array lines;
    for (const auto& row : page.known.blocks) {
        const auto code = std::string(code_of(row.block));
        const auto since =
            page.say("set_up.block.since_words", {{"day", show_day(page.language, row.since)}});
        lines.push_back(line_of(page, page.say("block." + code), since + " · " + row.evidence,
                                "block_remove", "block", code));
    }
    return section(page, "block", {form.take(page.action)}, std::move(lines));
}

json::object offered_section(const SetUp& page) {
    Options places;
    for (const auto place : stock_places()) {
        const auto code = std::string(ledger::row_of(place).code);
        places.push_back({code, page.say("place.goods." + code), page.known.offers(place)});
    }
    Options streams;
    for (const auto& stream : ledger::all_streams()) {
        const std::string code(stream.code);
        streams.push_back({code, page.say("key." + code), page.known.offers(stream.key)});
    }
    auto form = page.form("offered");
    form.checks("places", places);
    form.checks("streams", streams);
    return section(page, "offered", {form.take(page.action)}, {});
}

std::string kilograms(const SetUp& page, Grams mass) {
    auto number = format_decimal(mass.value, 3);
    if (page.language == Language::en) std::replace(number.begin(), number.end(), ',', '.');
    return number + "\u00A0kg";
}

json::object tares_section(const SetUp& page) {
    auto form = page.form("tare");
    form.text("name", "");
    form.select("kind", options_of_codes(page, "tare_kind", tare_kind_codes(),
                                         [](auto code) { return code == "cage"; }));
    form.kilograms("grams", "");
    form.date("valid_from", format_day(page.today()));
    json::array lines;
    for (const auto& tare : tares(page.view, page.centre.id)) {
        auto note = page.say("tare_kind." + std::string(code_of(tare.kind))) + " · " +
                    kilograms(page, tare.grams) + " · ";
        const auto day = tare.retired_at ? local_day(*tare.retired_at) : tare.valid_from;
        note += page.say(tare.retired_at ? "set_up.retired_words" : "set_up.tare.valid_words",
                         {{"day", show_day(page.language, day)}});
        lines.push_back(line_of(page, std::to_string(tare.number) + ". " + tare.name, note,
                                tare.retired_at ? "" : "tare_retire", "number",
                                std::to_string(tare.number)));
    }
    return section(page, "tare", {form.take(page.action)}, std::move(lines));
}

std::string scale_note(const SetUp& page, const Scale& scale) {
    auto note = scale.place + " · " + scale.host + ":" + std::to_string(scale.port) + " · " +
                page.say("scale_profile." + std::string(code_of(scale.profile))) + " · ";
    if (scale.retired_at) {
        const auto day = show_day(page.language, local_day(*scale.retired_at));
        return note + page.say("set_up.retired_words", {{"day", day}});
    }
    if (!scale.verified_until) return note + page.say("set_up.scale.unverified_words");
    const bool over = *scale.verified_until < page.today();
    return note + page.say(over ? "set_up.scale.verification_over" : "set_up.scale.verified_words",
                           {{"day", show_day(page.language, *scale.verified_until)}});
}

json::object scales_section(const SetUp& page) {
    const auto asked = parse_whole(page.request.query_value("weegschaal").value_or("")).value_or(0);
    std::optional<Scale> changed;
    json::array lines;
    for (const auto& scale : scales(page.view, page.centre.id)) {
        const auto number = std::to_string(scale.number);
        auto line = line_of(page, number + ". " + scale.name, scale_note(page, scale),
                            scale.retired_at ? "" : "scale_retire", "number", number);
        if (!scale.retired_at) {
            line["change_url"] =
                "/centra/" + page.centre.slug + "/inrichten?weegschaal=" + number + "#scale";
            if (scale.number == asked) changed = scale;
        }
        lines.push_back(std::move(line));
    }
    auto made = section(page, "scale",
                        {scale_form(page.site.texts, page.language, page.returned,
                                    changed.value_or(Scale{}), page.action)},
                        std::move(lines));
    made["more"] = json::object{{"more_words", page.say("set_up.scale.live")},
                                {"more_url", "/centra/" + page.centre.slug + "/weegschalen"}};
    return made;
}

/// What a text field offers to choose from, as HTML's datalist.
json::array lists_of(const SetUp& page) {
    json::array municipality_names;
    for (const auto& row : municipalities()) municipality_names.push_back(json::value(row.name));
    json::array organisation_names;
    for (const auto& row : organisations(page.view)) {
        organisation_names.push_back(json::value(row.name));
    }
    return {json::object{{"list_id", "municipalities"},
                         {"list_options", std::move(municipality_names)}},
            json::object{{"list_id", "organisations"},
                         {"list_options", std::move(organisation_names)}}};
}

json::object data_of(const SetUp& page) {
    const auto heading = page.say("set_up.heading", {{"centre", page.centre.name}});
    const bool refused = page.returned && page.returned->refusal;
    auto data = people::layout_of(
        page.site, page.request,
        {page.centre.name, page.centre.slug, heading, page.say("set_up.name"), refused});
    const auto done = page.request.query_value("klaar").value_or("");
    const auto words = "set_up.done." + std::string(done);
    if (!page.returned && page.site.texts.has(page.language, words)) data["done"] = page.say(words);
    data["sections"] =
        json::array{details_section(page), hours_section(page), blocks_section(page),
                    offered_section(page), tares_section(page), scales_section(page)};
    data["lists"] = lists_of(page);
    return data;
}

} // namespace

http::Response set_up_page(const people::Site& site, const http::Request& request,
                           const CentreRow& centre, const std::optional<Returned>& returned) {
    const auto language = http::language_of(request);
    const auto data = site.store.read([&](Snapshot& view) {
        return data_of({site, request, centre, returned, view, registered(view, centre), language,
                        "/centra/" + centre.slug + "/inrichten"});
    });
    return http::html(site.pages.render_page(language, "rooms/network/pages/set-up", data),
                      returned && returned->refusal ? 400 : 200);
}

} // namespace kringwerk::network
