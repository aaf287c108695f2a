// SPDX-License-Identifier: EUPL-1.2
#include "base/words.hpp"
#include "rooms/monitor/booking.hpp"
#include "rooms/monitor/pages.hpp"
#include "rooms/monitor/span.hpp"

#include <map>

namespace kringwerk::monitor {
namespace {

std::string short_hash(const Digest& hash) {
    const auto text = hex(hash);
    return text.substr(0, 4) + " " + text.substr(4, 4) + " … " + text.substr(60);
}

boost::json::array transfers_of(const PageOf& page, Snapshot& view,
                                const ledger::Movement& movement) {
    boost::json::array rows;
    for (const auto& transfer : movement.transfers) {
        auto what = key_name(page, transfer.from.key);
        const bool of_goods = ledger::book_of(transfer.from.place) == ledger::Book::goods;
        if (of_goods && transfer.from.key != transfer.to.key) {
            what += " → " + key_name(page, transfer.to.key);
        }
        const auto category = category_name(page, view, transfer.category, movement.effective_on);
        if (!category.empty()) what += ", " + category;
        boost::json::object row{{"from", place_name(page, transfer.from.place)},
                                {"to", place_name(page, transfer.to.place)},
                                {"place", ledger::book_of(transfer.to.place) == ledger::Book::goods
                                              ? place_class(transfer.to.place)
                                              : "stock"},
                                {"what", what},
                                {"amount", amount_of(page, transfer)}};
        if (const auto mark = mark_of(transfer); !mark.empty()) {
            row["mark"] = mark;
            row["mark_words"] = page.say("basis." + mark);
        }
        if (transfer.item) {
            row["item"] = ledger::code_of(transfer.item);
            row["item_url"] = item_url(transfer.item);
        }
        if (transfer.oddity != ledger::Oddity::none) {
            row["odd"] = page.say("oddity." + std::to_string(static_cast<int>(transfer.oddity)));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

boost::json::object link_to(const PageOf& page, const network::CentreRow& centre,
                            const ledger::Movement& other, std::string_view words) {
    boost::json::object link{{"url", movement_url(centre, other.sequence)},
                             {"words", page.say(words, {{"when", page.moment(other.booked_at)}})}};
    if (other.reason != ledger::Reason{}) {
        link["why"] = page.say("reason." + std::string(ledger::code_of(other.reason)));
    }
    return link;
}

/// What refers to this movement and what it refers to: reversals, settlements, the other end.
void put_links(const PageOf& page, Snapshot& view, boost::json::object& data,
               const network::CentreRow& centre, const ledger::Movement& movement) {
    if (const auto undone = ledger::reversal_of(view, centre.id, movement.id)) {
        data["reversed_by"] = link_to(page, centre, *undone, "story.reversed_by");
    }
    if (movement.reverses) {
        const auto original = ledger::movement(view, centre.id, *movement.reverses);
        if (original) data["reverses"] = link_to(page, centre, *original, "story.reverses");
    }
    boost::json::array others;
    const auto add = [&](const ledger::Movement& other) {
        const auto there = centre_named(page, view, other.centre);
        others.push_back(
            {{"url", movement_url(there, other.sequence)},
             {"words", page.say("story.at_centre",
                                {{"centre", there.name}, {"kind", kind_name(page, other.kind)}})}});
    };
    const auto settle = ledger::Ways::built_in().kind("settle");
    for (const auto& other : ledger::referring_to(view, centre.id, movement.id)) {
        if (other.centre != centre.id) {
            add(other);
        } else if (other.kind == settle) {
            data["settled_by"] = link_to(page, centre, other, "story.settled_by");
        } else {
            data["corrected_by"] = link_to(page, centre, other, "story.corrected_by");
        }
    }
    if (movement.reference) {
        const auto& [there, id] = *movement.reference;
        const auto other = ledger::movement(view, there, id);
        if (other && there == centre.id && movement.kind != settle) {
            data["corrects"] = link_to(page, centre, *other, "story.corrects");
        } else if (other) {
            add(*other);
        }
    }
    if (!others.empty()) data["refers_to"] = std::move(others);
}

boost::json::array chips_of(const PageOf& page, const boost::json::object& data,
                            const ledger::Movement& movement) {
    boost::json::array chips;
    if (data.contains("reversed_by")) {
        chips.push_back(
            {{"tone", "plain"}, {"icon", "arrow-u-up-left"}, {"words", page.say("chip.reversed")}});
    }
    if (movement.late) {
        chips.push_back({{"tone", "info"}, {"icon", "clock"}, {"words", page.say("chip.late")}});
    }
    for (const auto& transfer : movement.transfers) {
        if (transfer.oddity == ledger::Oddity::none) continue;
        chips.push_back(
            {{"tone", "stop"}, {"icon", "warning-octagon"}, {"words", page.say("chip.odd")}});
        break;
    }
    return chips;
}

void put_amounts(const PageOf& page, boost::json::object& data, const ledger::Movement& movement) {
    const auto* const transfer = main_transfer(movement);
    if (transfer == nullptr) return;
    data["amount"] = amount_of(page, *transfer);
    if (const auto mark = mark_of(*transfer); !mark.empty()) {
        data["amount_mark"] = mark;
        data["amount_note"] = page.say("basis." + mark);
    }
    Cents money;
    for (const auto& other : movement.transfers) {
        if (other.from.place == ledger::Place::turnover || other.from.place == ledger::Place::vat) {
            money += other.amounts.cents;
        }
    }
    if (money > Cents{} && ledger::book_of(transfer->from.place) == ledger::Book::goods) {
        data["second"] = page.money(money);
        data["second_note"] = page.say("story.with_vat");
    }
}

} // namespace

http::Response movement_page(Monitor& monitor, const http::Request& request) {
    const PageOf page(monitor, request);
    const auto centre = centre_of(monitor, request);
    const auto sequence = parse_whole(request.parameter("sequence"));
    if (!centre || !sequence) return not_here_page(monitor, request, 404);
    if (!monitor.may_see(request, centre->id)) return closed_page(monitor, request);

    const auto data = monitor.store.read([&](Snapshot& view) -> boost::json::object {
        const auto movement = ledger::movement(view, centre->id, *sequence);
        if (!movement) return {};
        const auto kind = kind_name(page, movement->kind);
        auto story = page.start(kind, "centres",
                                {{page.say("nav.centres"), "/centra"},
                                 {centre->name, centre_url(*centre)},
                                 {show_day(page.language(), movement->effective_on),
                                  day_url(*centre, movement->effective_on)},
                                 {kind, ""}});
        story["noindex"] = true;
        story["icon"] = icon_of(*movement);
        story["kind"] = kind;
        story["id"] = movement->id.text();
        put_amounts(page, story, *movement);
        put_links(page, view, story, *centre, *movement);
        story["chips"] = chips_of(page, story, *movement);
        if (movement->late) {
            story["late_words"] = page.say(
                "story.late", {{"day", show_day(page.language(), movement->effective_on)}});
        }
        story["transfers"] = transfers_of(page, view, *movement);
        boost::json::object times{
            {"happened", page.moment(movement->happened_at)},
            {"booked", page.moment(movement->booked_at)},
            {"effective", show_day_in_words(page.language(), movement->effective_on)}};
        if (const auto action = ledger::action_of(view, centre->id, movement->id)) {
            story["device"] = action->device;
            if (action->offset_ms != 0) times["counter"] = page.moment(action->clock_at);
        }
        story["times"] = std::move(times);
        story["role"] = page.say("role." + std::to_string(static_cast<int>(movement->role)));
        if (movement->reason != ledger::Reason{}) {
            story["reason"] = page.say("reason." + std::string(ledger::code_of(movement->reason)));
        }
        if (movement->closes) {
            story["note"] = page.say("story.closes",
                                     {{"month", show_month(page.language(), *movement->closes)}});
        }
        story["chain"] = boost::json::object{{"sequence", movement->sequence},
                                             {"hash", hex(movement->hash)},
                                             {"previous", hex(movement->previous)},
                                             {"hash_short", short_hash(movement->hash)},
                                             {"ok", ledger::hash_is_right(*movement)}};
        const bool can_undo =
            !movement->reverses && !movement->closes && !story.contains("reversed_by");
        if (can_undo) {
            story["correct_url"] =
                centre_url(*centre) + "/balie?rechtzetten=" + movement->id.text();
        }
        story["day_url"] = day_url(*centre, movement->effective_on);
        story["day_label"] = show_day(page.language(), movement->effective_on);
        return story;
    });
    if (data.empty()) return not_here_page(monitor, request, 404);
    return page.answer("movement", data);
}

http::Response item_page(Monitor& monitor, const http::Request& request) {
    const PageOf page(monitor, request);
    const auto id = ledger::parse_item(request.parameter("code"));
    if (!id) return not_here_page(monitor, request, 404);
    bool closed = false;
    const auto data = monitor.store.read([&](Snapshot& view) -> boost::json::object {
        const auto item = ledger::find_item(view, *id);
        if (!item) return {};
        closed = !monitor.may_see(request, item->centre);
        const auto centre = centre_named(page, view, item->centre);
        auto name = category_name(page, view, item->category, local_day(request.received));
        if (name.empty()) name = key_name(page, item->at.key);
        const auto code = ledger::code_of(*id);
        auto story = page.start(
            name, "centres",
            {{page.say("nav.centres"), "/centra"}, {centre.name, centre_url(centre)}, {code, ""}});
        story["noindex"] = true;
        story["icon"] = stream_icon(item->at.key);
        story["name"] = name;
        story["code"] = code;
        story["now"] = boost::json::object{{"words", place_name(page, item->at.place)},
                                           {"place", place_class(item->at.place)}};
        boost::json::array steps;
        bool ok = true;
        Digest newest{};
        const auto happened = ledger::story_of(view, *id);
        for (auto step = happened.rbegin(); step != happened.rend(); ++step) {
            const auto there = centre_named(page, view, step->centre);
            ok = ok && ledger::hash_is_right(*step);
            if (step == happened.rbegin()) newest = step->hash;
            boost::json::array lines;
            std::string place = "stock";
            for (const auto& transfer : step->transfers) {
                if (transfer.item != *id) continue;
                lines.push_back(boost::json::string(
                    page.say("story.step", {{"from", place_name(page, transfer.from.place)},
                                            {"to", place_name(page, transfer.to.place)},
                                            {"amount", amount_of(page, transfer)}})));
                place = place_class(transfer.to.place);
            }
            steps.push_back({{"icon", icon_of(*step)},
                             {"place", place},
                             {"title", kind_name(page, step->kind)},
                             {"when", page.moment(step->happened_at) + " · " + there.name},
                             {"lines", std::move(lines)},
                             {"url", movement_url(there, step->sequence)},
                             {"sequence", step->sequence}});
        }
        if (!happened.empty()) {
            if (const auto* const first = main_transfer(happened.front())) {
                story["facts"] = boost::json::array{
                    {{"value", amount_of(page, *first)},
                     {"words", mark_of(*first).empty() ? page.say("basis.none")
                                                       : page.say("basis." + mark_of(*first))},
                     {"mark", mark_of(*first)}}};
            }
        }
        story["chain"] = boost::json::object{
            {"ok", ok},
            {"words", page.say(ok ? "story.chain_ok" : "story.chain_broken",
                               {{"count", page.whole(static_cast<std::int64_t>(steps.size()))}})},
            {"hash_short", short_hash(newest)}};
        story["steps"] = std::move(steps);
        return story;
    });
    if (closed) return closed_page(monitor, request);
    if (data.empty()) return not_here_page(monitor, request, 404);
    return page.answer("item", data);
}

} // namespace kringwerk::monitor
