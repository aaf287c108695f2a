// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/cards.hpp"

#include "platform/page/charts.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::monitor {
namespace {

struct FigureRow {
    Figure figure;
    std::string_view slug;
    std::string_view icon;
    Sum sum;
};

constexpr std::array figures{
    FigureRow{Figure::collected, "ingezameld", "arrow-square-in", Sum::collected},
    FigureRow{Figure::repaired, "gerepareerd", "wrench", Sum::repaired},
    FigureRow{Figure::sold, "verkocht", "storefront", Sum::sold},
    FigureRow{Figure::new_owner, "nieuwe-eigenaar", "hand-heart", Sum::new_owner},
};

const FigureRow& row_of(Figure figure) { return figures.at(static_cast<std::size_t>(figure)); }

std::string text_code(Figure figure, std::string_view part) {
    return "figure." + std::string(slug_of(figure)) + "." + std::string(part);
}

/// "6 % meer dan in 2025", when there is something to compare with.
void put_change(const PageOf& page, boost::json::object& card, Figure figure, const Totals& sum,
                const std::optional<Totals>& before, const Period& period) {
    if (!before) return;
    const auto now = value_of(figure, sum);
    const auto then = value_of(figure, *before);
    if (then <= 0 || figure == Figure::new_owner || period.code == "12") return;
    const auto percent = permille_rounded(now - then, then) / 10;
    const auto year = std::to_string(year_of(period.first) - 1);
    card["change"] = boost::json::object{
        {"icon", percent < 0 ? "arrow-down" : "arrow-up"},
        {"tone", percent < 0 ? "plain" : "ok"},
        {"amount", std::to_string(std::abs(percent)) + "\u00a0%"},
        {"words",
         page.say(percent < 0 ? "figure.less_than" : "figure.more_than", {{"year", year}})}};
}

void put_spark(const PageOf& page, boost::json::object& card, Figure figure,
               const NetworkTotals::Ptr& totals, const Period& period) {
    std::vector<std::int64_t> values;
    const auto months = by_month(totals, period);
    for (const auto& [month, sum] : months) values.push_back(value_of(figure, sum));
    if (months.size() < 2) return;
    const auto first = show_month(page.language(), months.front().first);
    const auto last = show_month(page.language(), months.back().first);
    card["spark"] = page::sparkline(
        values, page.say("figure.spark", {{"name", page.say(text_code(figure, "name"))},
                                          {"first", first},
                                          {"last", last}}));
    card["spark_from"] = first;
    card["spark_to"] = last;
}

/// One line of context under the figure: what stands beside it.
std::string context_of(const PageOf& page, Figure figure, const Totals& sum) {
    switch (figure) {
    case Figure::repaired:
        return page.say("figure.repairs_context", {{"total", page.whole(sum.repairs.total())},
                                                   {"unknown", page.whole(sum.repairs.unknown)}});
    case Figure::sold:
        return page.say("figure.sold_context", {{"pieces", page.whole(sum.sold.pieces.value)},
                                                {"money", page.money(sum.turnover)}});
    case Figure::new_owner:
        return page.say("figure.share_context",
                        {{"kept", page.mass(sum.sold.total() + sum.given.total())},
                         {"collected", page.mass(sum.collected.total())}});
    case Figure::collected:
        return page.say("figure.collected_context",
                        {{"times", page.whole(sum.collected.transfers)}});
    }
    throw Bug("a figure is one of four");
}

} // namespace

std::optional<Figure> parse_figure(std::string_view slug) {
    for (const auto& row : figures) {
        if (row.slug == slug) return row.figure;
    }
    return std::nullopt;
}

std::string_view slug_of(Figure figure) { return row_of(figure).slug; }
std::string_view icon_of(Figure figure) { return row_of(figure).icon; }
Sum sum_of(Figure figure) { return row_of(figure).sum; }

std::int64_t value_of(Figure figure, const Totals& totals) {
    switch (figure) {
    case Figure::collected:
        return totals.collected.total().value;
    case Figure::repaired:
        return totals.repairs.fixed;
    case Figure::sold:
        return totals.sold.total().value;
    case Figure::new_owner:
        return totals.new_owner_permille().value_or(0);
    }
    throw Bug("a figure is one of four");
}

std::pair<std::string, std::string> shown(const PageOf& page, Figure figure, std::int64_t value) {
    switch (figure) {
    case Figure::repaired:
        return {page.whole(value), page.say("unit.things")};
    case Figure::new_owner:
        return {show_decimal(page.language(), value, 1), "%"};
    default:
        return page.report(Grams{value});
    }
}

std::vector<std::pair<Month, Totals>> by_month(const NetworkTotals::Ptr& totals,
                                               const Period& period) {
    const auto until = std::min(period.last, last_month(totals).value_or(period.last));
    std::vector<std::pair<Month, Totals>> months;
    for (auto month = period.first; month <= until; month = month_after(month)) {
        Totals sum;
        for (const auto& centre : *totals) sum += centre->over(month, month);
        months.emplace_back(month, sum);
    }
    return months;
}

boost::json::array figure_cards(const PageOf& page, const NetworkTotals::Ptr& totals,
                                const Period& period, const Totals& sum,
                                const std::optional<Totals>& before,
                                const std::function<std::string(Figure)>& url) {
    boost::json::array cards;
    for (const auto& [figure, slug, icon, counted] : figures) {
        const auto value = value_of(figure, sum);
        const auto [number, unit] = shown(page, figure, value);
        boost::json::object card{{"icon", icon},
                                 {"name", page.say(text_code(figure, "name"))},
                                 {"url", url(figure)},
                                 {"value", number},
                                 {"unit", unit},
                                 {"definition", page.say(text_code(figure, "definition"))},
                                 {"definition_url", "/zo-rekenen-we#" + std::string(slug)}};
        if (value == 0) card["zero"] = page.say(text_code(figure, "zero"));
        if (value != 0) {
            card["context"] = context_of(page, figure, sum);
            put_change(page, card, figure, sum, before, period);
            put_spark(page, card, figure, totals, period);
        }
        if (figure == Figure::collected) put_basis(page, card, sum.collected);
        if (figure == Figure::sold) put_basis(page, card, sum.sold);
        cards.push_back(std::move(card));
    }
    return cards;
}

boost::json::object hundred_of(const PageOf& page, const Totals& sum, const Period& period) {
    const std::array<std::pair<std::string_view, Grams>, 8> flows{{
        {"sold", sum.sold.total()},
        {"given", sum.given.total()},
        {"sent", sum.sent - sum.received + sum.exported},
        {"recycled", sum.recycled},
        {"energy", sum.energy},
        {"disposed", sum.disposed},
        {"stock", sum.stock_growth},
        {"unexplained", sum.unexplained},
    }};
    std::vector<page::Part> bar;
    std::vector<std::int64_t> amounts;
    for (const auto& [code, mass] : flows) amounts.push_back(std::max(mass, Grams{}).value);
    const auto shares = page::shares_of(amounts, 100);
    boost::json::array parts;
    std::string summary;
    for (std::size_t i = 0; i < flows.size(); ++i) {
        if (amounts[i] == 0) continue;
        const auto name = page.say("hundred." + std::string(flows[i].first));
        const auto value = shares[i] == 0 ? page.say("hundred.less_than_one")
                                          : std::to_string(shares[i]) + "\u00a0kg";
        bar.push_back({std::string(flows[i].first), amounts[i], name + " " + value, ""});
        parts.push_back({{"place", flows[i].first}, {"name", name}, {"value", value}});
        summary += (summary.empty() ? "" : ", ") + name + " " + value;
    }
    return {{"title", page.say("hundred.title")},
            {"bar", page::hundred_bar(bar, summary)},
            {"parts", std::move(parts)},
            {"more_url", "/cijfers/nieuwe-eigenaar?periode=" + period.code},
            {"more_words", page.say("hundred.more")}};
}

} // namespace kringwerk::monitor
