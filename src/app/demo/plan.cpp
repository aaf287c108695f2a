// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/plan.hpp"

#include "app/demo/centre.hpp"

#include <algorithm>

namespace kringwerk::demo {
namespace {

int months_of(Size size) {
    switch (size) {
    case Size::standard:
        return 15;
    case Size::small:
        return 5;
    case Size::full:
    case Size::bench:
        return 36;
    }
    throw Bug("a size is one of four");
}

/// What a centre books over all the months, found by counting: each open day costs some movements
/// whoever comes (sorting, hours, the drawer), and each paying visit one and a half more.
struct Expected {
    std::int64_t by_days = 0;
    std::int64_t by_visits = 0;
};

Expected expected_of(const CentreEntry& entry, int months) {
    const auto open = std::count(entry.open_on.begin(), entry.open_on.end(), true);
    const std::int64_t months_open = months - entry.opens_after;
    const auto days = months_open * 304 * open / 70 * 97 / 100;
    const auto visits = entry.visits + entry.visits * entry.growth / 1000 * months_open / 24;
    return {days * 32, days * visits / 1000 * 155 / 100};
}

/// The fourteen stand there as often as it takes, so that none becomes larger than life.
std::vector<CentreEntry> centres_for(std::int64_t movements) {
    const auto& entries = Tables::built_in().centres;
    std::vector<CentreEntry> centres;
    for (std::int64_t expected = 0; expected < movements;) {
        auto entry = entries[centres.size() % entries.size()];
        const auto copy = centres.size() / entries.size() + 1;
        if (copy > 1) entry.name += " " + std::to_string(copy);
        const auto of_centre = expected_of(entry, months_of(Size::bench));
        expected += of_centre.by_days + of_centre.by_visits;
        centres.push_back(std::move(entry));
    }
    return centres;
}

/// How busy these centres have to be for so many movements, in thousandths.
std::int64_t busyness_for(std::int64_t movements, const std::vector<CentreEntry>& centres) {
    Expected all;
    for (const auto& entry : centres) {
        const auto of_centre = expected_of(entry, months_of(Size::bench));
        all.by_days += of_centre.by_days;
        all.by_visits += of_centre.by_visits;
    }
    return std::max<std::int64_t>(1, (movements - all.by_days) * 1000 / all.by_visits);
}

} // namespace

std::vector<CentreEntry> centres_of(const PlanRequest& request) {
    if (request.size == Size::bench) return centres_for(request.movements);
    std::vector<CentreEntry> centres;
    for (const auto& entry : Tables::built_in().centres) {
        if (request.size != Size::full && !entry.standard) continue;
        if (request.size == Size::small && centres.size() == 3) break;
        centres.push_back(entry);
    }
    return centres;
}

Day first_day_of(const PlanRequest& request) {
    return first_day(month_after(month_of(request.until), 1 - months_of(request.size)));
}

struct Plan::State {
    PlanRequest request;
    std::vector<std::unique_ptr<Centre>> centres;
    Dice dice;
    Day next;
    Instant end; ///< what is booked from here on is not there yet

    State(const PlanRequest& given, std::span<const CentreId> ids)
        : request(given),
          dice(given.seed, "network"),
          next(first_day_of(given)),
          end(local_time(given.until, 18 * 60)) {
        const auto entries = centres_of(request);
        ensure(entries.size() == ids.size(), "each centre of the plan has an id");
        std::int64_t busyness = 1000;
        if (request.size == Size::bench) busyness = busyness_for(request.movements, entries);
        for (std::size_t i = 0; i < entries.size(); ++i) {
            centres.push_back(std::make_unique<Centre>(entries[i], ids[i], request.seed,
                                                       month_of(next), busyness));
        }
    }

    /// Another centre that is open by then gets the load, a day or some later.
    void pass_on(std::size_t sender, const Dispatched& load) {
        // Some loads are put away on arrival before anybody weighs them: they stay on their way.
        if (centres.size() < 2 || dice.happens(25)) return;
        auto receiver =
            static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(centres.size()) - 1));
        if (receiver >= sender) ++receiver;
        const auto due = std::max(day_after(next, static_cast<int>(dice.between(1, 3))),
                                  day_after(centres[receiver]->opens, 2));
        const ledger::Reference sent{centres[sender]->journal.centre(), load.movement};
        centres[receiver]->arriving.push_back({due, sent, load.stream, load.mass});
    }

    void live(std::size_t number) {
        auto& centre = *centres[number];
        if (!is_open(centre, next)) return;
        const auto today = make_today(centre, next);
        if (!centre.opened) open_books(centre, today);
        centre.opened = true;
        // Customers choose from what stood there in the morning, so the shop comes first.
        live_shop(centre, today);
        live_gate(centre, today);
        live_sorting(centre, today);
        live_workshop(centre, today);
        live_repairs(centre, today);
        receive_loads(centre, today);
        if (const auto load = send_load(centre, today)) pass_on(number, *load);
        live_office(centre, today);
    }
};

Plan::Plan(const PlanRequest& request, std::span<const CentreId> ids)
    : state_(std::make_unique<State>(request, ids)) {}
Plan::~Plan() = default;
Plan::Plan(Plan&&) noexcept = default;

bool Plan::next_day(std::vector<Planned>& into) {
    auto& state = *state_;
    if (state.next > state.request.until) return false;
    const auto midnight = std::min(state.end, local_time(day_after(state.next), 0));
    for (std::size_t i = 0; i < state.centres.size(); ++i) {
        state.live(i);
        state.centres[i]->journal.release(midnight, into);
    }
    state.next = day_after(state.next);
    return true;
}

Day Plan::day() const { return day_after(state_->next, -1); }

} // namespace kringwerk::demo
