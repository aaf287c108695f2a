// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/scale_card.hpp"

#include "rooms/network/live_reading.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace kringwerk::network {
namespace {

namespace json = boost::json;

constexpr std::size_t lines_shown = 3;
/// How often somebody waits for the first line of a scale that nobody listened to until now.
constexpr int first_changes = 3;

/// One card on its way.
struct ScaleCard {
    const people::Site& site;
    const http::Request& request;
    Language language;

    std::string say(std::string_view code, const TextArguments& arguments = {}) const {
        return site.texts.say(language, code, arguments);
    }
};

std::string with_unit(Language language, Grams mass) {
    return exact_kilograms(language, mass) + "\u00A0kg";
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

std::string verified_words(const ScaleCard& page, const Scale& scale) {
    if (!scale.verified_until) return page.say("set_up.scale.unverified_words");
    const bool over = *scale.verified_until < local_day(page.request.received);
    return page.say(over ? "set_up.scale.verification_over" : "set_up.scale.verified_words",
                    {{"day", show_day(page.language, *scale.verified_until)}});
}

/// No line yet, but one may come at once.
bool just_begun(const std::optional<devices::ScaleNews>& news) {
    if (!news || !news->lines.empty()) return false;
    return news->state == devices::ScaleState::connecting ||
           news->state == devices::ScaleState::connected;
}

} // namespace

std::string exact_kilograms(Language language, Grams mass) {
    const int decimals = mass.value % 100 == 0 ? 1 : mass.value % 10 == 0 ? 2 : 3;
    const auto value = mass.value / (decimals == 1 ? 100 : decimals == 2 ? 10 : 1);
    return show_decimal(language, value, decimals);
}

std::vector<Scale> scales_in_use(Store& store, CentreId centre) {
    auto all = store.read([&](Snapshot& view) { return scales(view, centre); });
    std::erase_if(all, [](const Scale& scale) { return scale.retired_at.has_value(); });
    return all;
}

Task<ScaleNewsByNumber> latest_news(std::shared_ptr<LiveScales> live, CentreId centre,
                                    const std::vector<Scale>& scales) {
    ScaleNewsByNumber all;
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

json::object scale_card(const people::Site& site, const http::Request& request,
                        const CentreRow& centre, const Scale& scale,
                        const ScaleNewsByNumber& all_news) {
    const ScaleCard page{site, request, http::language_of(request)};
    const auto found = all_news.find(scale.number);
    const auto news = found == all_news.end() ? devices::ScaleNews{} : found->second;
    const auto reading = reading_of(news);
    const auto number = std::to_string(scale.number);
    json::object card{
        {"scale_name", scale.name},
        {"scale_place", scale.place},
        {"scale_number", number},
        {"centre_number", std::to_string(centre.id.value)},
        {"reading", json_of(reading)},
        {"chip", chip_of(reading.state)},
        {"state_words", page.say("scale_state." + std::string(code_of(reading.state)))},
        {"mass", reading.grams ? exact_kilograms(page.language, *reading.grams) : ""},
        {"heard_lines", lines_of(news)},
        {"why", reading.refusal ? page.site.texts.say(page.language, *reading.refusal) : ""},
        {"speaks", page.say("scale_profile." + std::string(code_of(scale.profile)))},
        {"pattern", scale.pattern},
        {"address", scale.host + ":" + std::to_string(scale.port)},
        {"range", page.say("scales.range_words", {{"most", with_unit(page.language, scale.most)},
                                                  {"step", with_unit(page.language, scale.step)}})},
        {"verified", verified_words(page, scale)},
        {"change_url", "/centra/" + centre.slug + "/inrichten?weegschaal=" + number + "#scale"},
        {"try_url",
         "/centra/" + centre.slug + "/weegschalen?weegschaal=" + number + "#line_trial"}};
    return card;
}

} // namespace kringwerk::network
