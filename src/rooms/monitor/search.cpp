// SPDX-License-Identifier: EUPL-1.2
#include "base/words.hpp"
#include "rooms/monitor/booking.hpp"
#include "rooms/monitor/pages.hpp"

#include <algorithm>

namespace kringwerk::monitor {
namespace {

bool only_hex(std::string_view text) {
    return text.size() >= 8 && text.size() <= 64 &&
           text.find_first_not_of("0123456789abcdef") == text.npos;
}

/// Looks for a movement by id or hash, an item by code, a centre by name, in that order.
class Search {
  public:
    Search(const PageOf& page, Snapshot& view) : page_(page), view_(view) {}

    boost::json::array look_for(std::string_view typed) {
        if (const auto id = ledger::MovementId::parse(typed)) {
            if (const auto found = ledger::find_movement(view_, *id)) add(*found);
        }
        auto digits = lower(typed);
        std::erase(digits, ' ');
        if (only_hex(digits)) {
            for (const auto& head : ledger::heads(view_)) {
                if (!sees(head.centre)) continue;
                for (const auto& found : ledger::find_by_hash(view_, head.centre, digits)) {
                    add(found);
                }
            }
        }
        if (const auto item = ledger::parse_item(typed)) add_item(*item);
        add_centres(lower(typed));
        return std::move(results_);
    }

  private:
    bool sees(CentreId centre) const { return page_.monitor.may_see(page_.request, centre); }

    void add(const ledger::Movement& movement) {
        if (!sees(movement.centre)) return;
        const auto centre = centre_named(page_, view_, movement.centre);
        const auto* const transfer = main_transfer(movement);
        results_.push_back({{"url", movement_url(centre, movement.sequence)},
                            {"icon", icon_of(movement)},
                            {"title", kind_name(page_, movement.kind)},
                            {"note", centre.name + " · " + page_.moment(movement.happened_at)},
                            {"value", transfer ? amount_of(page_, *transfer) : std::string()}});
    }

    void add_item(ledger::ItemId id) {
        const auto item = ledger::find_item(view_, id);
        if (!item || !sees(item->centre)) return;
        const auto centre = centre_named(page_, view_, item->centre);
        auto name = category_name(page_, view_, item->category, local_day(page_.request.received));
        results_.push_back({{"url", item_url(id)},
                            {"icon", stream_icon(item->at.key)},
                            {"title", name.empty() ? key_name(page_, item->at.key) : name},
                            {"note", ledger::code_of(id) + " · " + centre.name},
                            {"value", place_name(page_, item->at.place)}});
    }

    void add_centres(std::string_view typed) {
        for (const auto& centre : network::centres(view_)) {
            if (lower(centre.name).find(typed) == std::string::npos &&
                lower(centre.place).find(typed) == std::string::npos) {
                continue;
            }
            if (results_.size() >= 50) return;
            results_.push_back({{"url", centre_url(centre)},
                                {"icon", "map-pin"},
                                {"title", centre.name},
                                {"note", centre.place},
                                {"value", ""}});
        }
    }

    const PageOf& page_;
    Snapshot& view_;
    boost::json::array results_;
};

} // namespace

http::Response search_page(Monitor& monitor, const http::Request& request) {
    const PageOf page(monitor, request);
    const auto typed = trimmed(request.query_value("q").value_or(""));
    auto data = page.start(page.say("nav.search"), "search");
    data["noindex"] = true;
    data["query"] = typed;
    data["searched"] = !typed.empty();
    if (typed.size() > 100) {
        data["refused"] = page.say("search.too_long");
    } else if (typed.size() == 1) {
        data["refused"] = page.say("search.too_short");
    } else if (!typed.empty()) {
        data["results"] =
            monitor.store.read([&](Snapshot& view) { return Search(page, view).look_for(typed); });
    }
    return page.answer("search", data);
}

} // namespace kringwerk::monitor
