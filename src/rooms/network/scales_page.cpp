// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/scales_page.hpp"

#include "base/words.hpp"
#include "rooms/network/centre_for.hpp"
#include "rooms/network/line_trial.hpp"
#include "rooms/network/live_reading.hpp"
#include "rooms/network/scale_card.hpp"
#include "rooms/network/set_up_fields.hpp"

namespace kringwerk::network {
namespace {

namespace json = boost::json;

constexpr std::string_view kg_unit = "\u00A0kg";

/// One page on its way.
struct ScalesPage {
    const people::Site& site;
    const http::Request& request;
    const CentreRow& centre;
    const std::vector<Scale>& scales;
    const ScaleNewsByNumber& news;
    const std::optional<Returned>& returned;
    Language language;
    std::string action;

    std::string say(std::string_view code, const TextArguments& arguments = {}) const {
        return site.texts.say(language, code, arguments);
    }
};

/// The scale whose last line stands in the form when it opens: the one asked for, else the first.
const Scale* scale_to_try(const ScalesPage& page) {
    const auto asked = parse_whole(page.request.query_value("weegschaal").value_or(""));
    for (const auto& scale : page.scales) {
        if (scale.number == asked) return &scale;
    }
    return page.scales.empty() ? nullptr : &page.scales.front();
}

json::object trial_form(const ScalesPage& page) {
    const auto* const scale = scale_to_try(page);
    const auto news = scale == nullptr ? page.news.end() : page.news.find(scale->number);
    const bool heard = news != page.news.end() && !news->second.lines.empty();
    const auto chosen = scale == nullptr ? ScaleProfile::pattern : scale->profile;
    SetUpForm form(page.site.texts, page.language, "line_trial", page.returned);
    std::vector<SetUpForm::Option> profiles;
    for (const auto code : scale_profile_codes()) {
        profiles.push_back({std::string(code), page.say("scale_profile." + std::string(code)),
                            code == code_of(chosen)});
    }
    form.select("profile", profiles);
    form.long_text("pattern", scale == nullptr ? "" : scale->pattern);
    form.long_text("line", heard ? news->second.lines.back().raw : "");
    return form.take(page.action);
}

/// What the line that was tried says.
json::object outcome_of(const ScalesPage& page) {
    if (!page.returned) return {};
    const auto tried = read_line_trial(page.returned->form);
    if (!tried) return {};
    devices::ScaleNews news;
    news.state = devices::ScaleState::connected;
    news.lines.push_back({news.since, tried->raw, std::nullopt});
    news.last = devices::HeardReading{news.since, *tried};
    const auto reading = reading_of(news);
    const auto state = page.say("scale_state." + std::string(code_of(reading.state)));
    if (!reading.grams) return {{"outcome_words", state}};
    auto words =
        page.say("scales.reads",
                 {{"mass", exact_kilograms(page.language, *reading.grams) + std::string(kg_unit)},
                  {"state", state}});
    if (tried->tare) {
        words += " " + page.say("scales.reads_tare",
                                {{"mass", exact_kilograms(page.language, *tried->tare) +
                                              std::string(kg_unit)}});
    }
    return {{"outcome_words", words}};
}

json::object data_of(const ScalesPage& page) {
    const auto heading = page.say("scales.heading", {{"centre", page.centre.name}});
    const bool refused = page.returned && page.returned->refusal;
    auto data = people::layout_of(
        page.site, page.request,
        {page.centre.name, page.centre.slug, heading, page.say("scales.name"), refused});
    data["here"] = page.action;
    data["set_up_url"] = "/centra/" + page.centre.slug + "/inrichten#scale";
    json::array cards;
    for (const auto& scale : page.scales) {
        cards.push_back(scale_card(page.site, page.request, page.centre, scale, page.news));
    }
    data["scales"] = std::move(cards);
    data["forms"] = json::array{trial_form(page)};
    auto outcome = outcome_of(page);
    if (!outcome.empty()) data["outcome"] = std::move(outcome);
    return data;
}

Task<http::Response> answer(people::Site site, std::shared_ptr<LiveScales> live,
                            const http::Request& request) {
    const auto found =
        centre_for(site, request, {people::Right::manage_devices, people::Right::manage_centre},
                   "scales.not_allowed");
    if (const auto* const other = std::get_if<http::Response>(&found)) co_return *other;
    const auto& centre = std::get<CentreRow>(found);
    std::optional<Returned> returned;
    if (request.method == http::Method::post) {
        if (!people::sent_from_here(request)) {
            co_return people::stopped(site, request, 403, "error.other_site");
        }
        auto form = request.form();
        if (!form) co_return http::problem(request, 400, form.error());
        returned = Returned{"line_trial", std::move(*form), std::nullopt};
        const auto tried = read_line_trial(returned->form);
        if (!tried) returned->refusal = tried.error();
    }
    const auto shown = scales_in_use(site.store, centre.id);
    const auto news = co_await latest_news(live, centre.id, shown);
    const auto language = http::language_of(request);
    const auto data = data_of({site, request, centre, shown, news, returned, language,
                               "/centra/" + centre.slug + "/weegschalen"});
    co_return http::html(site.pages.render_page(language, "rooms/network/pages/scales", data),
                         returned && returned->refusal ? 400 : 200);
}

} // namespace

http::Routes scales_page_routes(const people::Site& site, std::shared_ptr<LiveScales> scales) {
    const auto page = [site, live = std::move(scales)](const http::Request& request) {
        return answer(site, live, request);
    };
    return {{http::Method::get, "/centra/{centre}/weegschalen", page},
            {http::Method::post, "/centra/{centre}/weegschalen", page}};
}

} // namespace kringwerk::network
