// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/scales_page.hpp"

#include "base/words.hpp"
#include "rooms/network/centre_for.hpp"
#include "rooms/network/line_trial.hpp"
#include "rooms/network/live_reading.hpp"
#include "rooms/network/register_forms.hpp"
#include "rooms/network/set_up_fields.hpp"

#include <map>

namespace kringwerk::network {
namespace {

namespace json = boost::json;

constexpr std::string_view no_break_space = "\u00A0";
constexpr std::size_t lines_shown = 3;
/// How often somebody waits for the first line of a scale that nobody listened to until now.
constexpr int first_changes = 3;

using Scales = std::vector<Scale>;
using News = std::map<int, devices::ScaleNews>; ///< by number

/// One page on its way.
struct ScalesPage {
    const people::Site& site;
    const http::Request& request;
    const CentreRow& centre;
    const Scales& scales;
    const News& news;
    const std::optional<Returned>& returned;
    Language language;
    std::string action;

    std::string say(std::string_view code, const TextArguments& arguments = {}) const {
        return site.texts.say(language, code, arguments);
    }
};

/// As exact as a scale shows it: "18,2", "18,26", "0,005".
std::string exact_kilograms(Language language, Grams mass) {
    const int decimals = mass.value % 100 == 0 ? 1 : mass.value % 10 == 0 ? 2 : 3;
    const auto value = mass.value / (decimals == 1 ? 100 : decimals == 2 ? 10 : 1);
    return show_decimal(language, value, decimals);
}

std::string kilograms(Language language, Grams mass) {
    return exact_kilograms(language, mass) + std::string(no_break_space) + "kg";
}

std::string_view chip_of(WeighState state) {
    switch (state) {
    case WeighState::still:
        return "ok";
    case WeighState::moving:
        return "wait";
    default:
        return "stop";
    }
}

/// "11:36:07", as the clock of the house shows it.
std::string clock_with_seconds(Instant moment) {
    const auto seconds = std::to_string(moment.ms / 1000 % 60);
    return format_clock(moment) + (seconds.size() < 2 ? ":0" : ":") + seconds;
}

json::array lines_of(const devices::ScaleNews& news) {
    json::array lines;
    const auto size = news.lines.size();
    for (auto i = size - std::min(size, lines_shown); i < size; ++i) {
        lines.push_back(json::object{{"heard_at", clock_with_seconds(news.lines[i].at)},
                                     {"heard", news.lines[i].raw},
                                     {"latest", i + 1 == size}});
    }
    return lines;
}

std::string verified_words(const ScalesPage& page, const Scale& scale) {
    if (!scale.verified_until) return page.say("set_up.scale.unverified_words");
    const bool over = *scale.verified_until < local_day(page.request.received);
    return page.say(over ? "set_up.scale.verification_over" : "set_up.scale.verified_words",
                    {{"day", show_day(page.language, *scale.verified_until)}});
}

json::object card_of(const ScalesPage& page, const Scale& scale) {
    const auto found = page.news.find(scale.number);
    const auto news = found == page.news.end() ? devices::ScaleNews{} : found->second;
    const auto reading = reading_of(news);
    const auto number = std::to_string(scale.number);
    json::object card{
        {"scale_name", scale.name},
        {"scale_place", scale.place},
        {"scale_number", number},
        {"centre_number", std::to_string(page.centre.id.value)},
        {"reading", json_of(reading)},
        {"chip", chip_of(reading.state)},
        {"state_words", page.say("scale_state." + std::string(code_of(reading.state)))},
        {"mass", reading.grams ? exact_kilograms(page.language, *reading.grams) : ""},
        {"heard_lines", lines_of(news)},
        {"why", reading.refusal ? page.site.texts.say(page.language, *reading.refusal) : ""},
        {"speaks", page.say("scale_profile." + std::string(code_of(scale.profile)))},
        {"pattern", scale.pattern},
        {"address", scale.host + ":" + std::to_string(scale.port)},
        {"range", page.say("scales.range_words", {{"most", kilograms(page.language, scale.most)},
                                                  {"step", kilograms(page.language, scale.step)}})},
        {"verified", verified_words(page, scale)},
        {"change_url",
         "/centra/" + page.centre.slug + "/inrichten?weegschaal=" + number + "#scale"},
        {"try_url", page.action + "?weegschaal=" + number + "#line_trial"}};
    return card;
}

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
    auto words = page.say("scales.reads",
                          {{"mass", kilograms(page.language, *reading.grams)}, {"state", state}});
    if (tried->tare) {
        words +=
            " " + page.say("scales.reads_tare", {{"mass", kilograms(page.language, *tried->tare)}});
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
    for (const auto& scale : page.scales) cards.push_back(card_of(page, scale));
    data["scales"] = std::move(cards);
    data["forms"] = json::array{trial_form(page)};
    auto outcome = outcome_of(page);
    if (!outcome.empty()) data["outcome"] = std::move(outcome);
    return data;
}

Scales scales_to_show(const people::Site& site, CentreId centre) {
    auto all = site.store.read([&](Snapshot& view) { return scales(view, centre); });
    std::erase_if(all, [](const Scale& scale) { return scale.retired_at.has_value(); });
    return all;
}

/// No line yet, but one may come at once.
bool just_begun(const std::optional<devices::ScaleNews>& news) {
    if (!news || !news->lines.empty()) return false;
    return news->state == devices::ScaleState::connecting ||
           news->state == devices::ScaleState::connected;
}

Task<News> latest_of(std::shared_ptr<LiveScales> live, CentreId centre, const Scales& scales) {
    News all;
    int patience = first_changes;
    for (const auto& scale : scales) std::ignore = live->latest(centre, scale.number);
    for (const auto& scale : scales) {
        auto news = live->latest(centre, scale.number);
        while (just_begun(news) && patience-- > 0) {
            co_await live->next_change(centre, scale.number);
            news = live->latest(centre, scale.number);
        }
        if (news) all.emplace(scale.number, std::move(*news));
    }
    co_return all;
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
        auto form = request.form();
        if (!form) co_return http::problem(request, 400, form.error());
        returned = Returned{"line_trial", std::move(*form), std::nullopt};
        const auto tried = read_line_trial(returned->form);
        if (!tried) returned->refusal = tried.error();
    }
    const auto shown = scales_to_show(site, centre.id);
    const auto news = co_await latest_of(live, centre.id, shown);
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
