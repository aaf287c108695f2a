// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/charts.hpp"
#include "platform/page/sankey.hpp"
#include "rooms/monitor/span.hpp"

#include <algorithm>
#include <map>

namespace kringwerk::monitor {
namespace {

using ledger::Place;
using ledger::Side;

constexpr int last_column = 4;

/// Where a place stands in the drawing, from left to right.
int column_of(Place place) {
    switch (place) {
    case Place::sorting:
    case Place::hold:
        return 1;
    case Place::workshop:
    case Place::parts:
    case Place::lending:
    case Place::lent:
        return 2;
    case Place::shop:
    case Place::outgoing:
        return 3;
    default:
        break;
    }
    return ledger::row_of(place).side == Side::from_outside ? 0 : last_column;
}

/// Goods that went from one place to another, less what went back.
std::map<std::pair<Place, Place>, std::int64_t> net_flows(const std::vector<ledger::Flow>& flows) {
    std::map<std::pair<Place, Place>, std::int64_t> net;
    for (const auto& flow : flows) {
        if (ledger::book_of(flow.from.place) != ledger::Book::goods) continue;
        const auto grams = flow.amounts.grams.value;
        const auto back = std::pair(flow.to.place, flow.from.place);
        const bool draws_back = net.contains(back) && flow.from.place != flow.to.place;
        // An owner's device comes and goes: both ways are drawn, they are not each other's undoing.
        if (draws_back && flow.from.place != Place::owner && flow.to.place != Place::owner) {
            net[back] -= grams;
        } else {
            net[{flow.from.place, flow.to.place}] += grams;
        }
    }
    return net;
}

class Drawing {
  public:
    Drawing(const PageOf& page, const Span& span) : page_(page), span_(span) {}

    void draw() {
        for (const auto& [way, grams] : net_flows(span_.flows)) {
            const auto [from, to] = way;
            if (grams > 0) add(from, to, grams);
            if (grams < 0) add(to, from, -grams);
        }
        for (const auto& [place, grams] : standing_) stock(place, grams);
    }

    boost::json::object result() {
        std::stable_sort(nodes_.begin(), nodes_.end(), [](const auto& left, const auto& right) {
            return left.order < right.order;
        });
        std::vector<page::FlowNode> nodes;
        for (const auto& node : nodes_) {
            nodes.push_back(
                {node.id, node.name,
                 show_kilograms(page_.language(), Grams{std::max(node.grams, node.left)}),
                 node.colour, node.column});
        }
        boost::json::array list;
        std::int64_t largest = 1;
        for (const auto& ribbon : ribbons_) largest = std::max(largest, ribbon.amount);
        for (const auto& ribbon : ribbons_) {
            const auto colon = ribbon.label.rfind(": ");
            list.push_back({{"label", ribbon.label.substr(0, colon)},
                            {"value", ribbon.label.substr(colon + 2)},
                            {"bar", page::flow_bar(ribbon.place, ribbon.amount, largest)},
                            {"flow_url", ribbon.url}});
        }
        return {{"sankey",
                 page::sankey(nodes, ribbons_, page_.say("flow.summary"), page_.say("flow.empty"))},
                {"flow_list", std::move(list)}};
    }

  private:
    struct Node {
        std::string id;
        std::string name;
        std::string colour;
        int column = 0;
        int order = 0;
        std::int64_t grams = 0; ///< that entered it
        std::int64_t left = 0;  ///< that left it; a place shows the larger of the two
    };

    Node& node(const std::string& id, const std::string& name, const std::string& colour,
               int column, int order) {
        for (auto& known : nodes_) {
            if (known.id == id) return known;
        }
        return nodes_.emplace_back(Node{id, name, colour, column, order, 0, 0});
    }

    /// A source at the left has no colour of its own: it is ink.
    std::string id_of(Place place, bool as_source, std::int64_t grams) {
        const bool middle = ledger::is_stock(place);
        const int column = middle ? column_of(place) : (as_source ? 0 : last_column);
        const auto id =
            std::to_string(static_cast<int>(place)) + (as_source && !middle ? "in" : "");
        const auto name = place == Place::owner
                              ? page_.say(as_source ? "flow.from_owner" : "flow.to_owner")
                              : place_name(page_, place);
        auto& found = node(id, name, column == 0 ? "source" : place_class(place), column,
                           static_cast<int>(place) * 10);
        if (!middle || !as_source) found.grams += grams;
        if (middle && as_source) found.left += grams;
        if (middle) standing_[place] += as_source ? -grams : grams;
        return id;
    }

    void add(Place from, Place to, std::int64_t grams) {
        const bool between = ledger::is_stock(from) && ledger::is_stock(to);
        if (between && column_of(from) == column_of(to)) return; // beside each other: not drawn
        if (between && column_of(from) > column_of(to)) {
            // Not drawn from right to left: it shows as what leaves and enters the stock.
            standing_[from] -= grams;
            standing_[to] += grams;
            return;
        }
        const auto left = id_of(from, true, grams);
        const auto right = id_of(to, false, grams);
        const auto label = page_.say("flow.ribbon", {{"from", place_name(page_, from)},
                                                     {"to", place_name(page_, to)},
                                                     {"mass", page_.kilograms(Grams{grams})}});
        ribbons_.push_back({left, right, grams, label,
                            movements_url(span_.centre, {span_.days(), {}, from, to}),
                            ledger::is_stock(to) ? "stock" : place_class(to)});
    }

    /// What stays at a place goes to its stock at the right; what it gave out of stock it had at
    /// the left.
    void stock(Place place, std::int64_t grams) {
        if (grams == 0) return;
        const bool stays = grams > 0;
        const auto amount = std::abs(grams);
        const auto id = std::to_string(static_cast<int>(place));
        const auto name = page_.say(stays ? "flow.stays" : "flow.from_stock",
                                    {{"place", place_name(page_, place)}});
        const auto other = id + (stays ? "stays" : "stock");
        auto& middle = node(id, place_name(page_, place), place_class(place), column_of(place),
                            static_cast<int>(place) * 10);
        if (!stays) middle.grams += amount;
        node(other, name, stays ? "stock" : "source", stays ? last_column : 0,
             static_cast<int>(place) * 10 + (stays ? 5 : -500))
            .grams += amount;
        const auto label = name + ": " + page_.kilograms(Grams{amount});
        ribbons_.push_back({stays ? id : other, stays ? other : id, amount, label, {}, "stock"});
    }

    const PageOf& page_;
    const Span& span_;
    std::vector<Node> nodes_;
    std::vector<page::FlowRibbon> ribbons_;
    std::map<Place, std::int64_t> standing_; ///< what entered each place less what left it
};

} // namespace

boost::json::object flow_of(const PageOf& page, const Span& span) {
    Drawing drawing(page, span);
    drawing.draw();
    auto flow = drawing.result();
    flow["flow_title"] = page.say(span.first == span.last ? "flow.title_day" : "flow.title_month");
    const auto& all = span.equations.back();
    const auto number = [&](Grams mass) { return show_kilograms(page.language(), mass); };
    const auto behind = [&](const Days& days, Sum sum) {
        return movements_url(span.centre, {days, sum});
    };
    boost::json::object equation{
        {"opening", number(all.opening)},
        {"opening_url", behind({beginning_of_time, day_after(span.first, -1)}, Sum::stock)},
        {"in", number(all.in)},
        {"in_url", behind(span.days(), Sum::in)},
        {"out", number(all.out)},
        {"out_url", behind(span.days(), Sum::out)},
        {"closing", number(all.closing)},
        {"closing_url", behind({beginning_of_time, span.last}, Sum::stock)},
        {"gap", page.kilograms(all.unexplained)},
        {"closed", all.unexplained == Grams{}}};
    if (all.unexplained != Grams{}) {
        equation["gap_note"] = page.say("flow.gap_note");
        equation["gap_url"] =
            movements_url(span.centre, {span.days(), {}, {}, ledger::Place::unexplained});
    }
    flow["equation"] = std::move(equation);
    return flow;
}

} // namespace kringwerk::monitor
