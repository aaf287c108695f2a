// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/load.hpp"

#include "app/demo/people.hpp"
#include "app/demo/register.hpp"
#include "app/demo/repair_record.hpp"
#include "rooms/intake/gate_actions.hpp"
#include "rooms/intake/gate_store.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/network/network.hpp"
#include "rooms/network/setting.hpp"
#include "rooms/people/people.hpp"
#include "rooms/workshop/workshop.hpp"

#include <chrono>
#include <map>
#include <utility>
#include <vector>

namespace kringwerk::demo {
namespace {

/// Movements in one write: enough to spread the cost of a commit, few enough to let others in.
constexpr std::size_t in_one_write = 4000;

/// Fewer is less than one centre books in three years.
constexpr std::int64_t fewest_for_bench = 100'000;

struct Counts {
    std::int64_t movements = 0;
    std::int64_t transfers = 0;
    std::int64_t repairs = 0;
};

people::Caller demo_caller() {
    people::Kinds kinds;
    for (const auto& row : ledger::Ways::built_in().kinds()) kinds.set(row.kind.number);
    return people::internal_caller(people::Role::demo, "demo", kinds);
}

Result<std::vector<CentreId>> add_centres(Transaction& tx, const PlanRequest& plan) {
    if (!network::centres(tx).empty()) return refuse("demo.not_empty");
    std::vector<CentreId> ids;
    for (const auto& entry : centres_of(plan)) {
        network::CentreRow row;
        row.name = entry.name;
        row.municipality = entry.municipality;
        row.place = entry.place;
        const auto added =
            network::add_centre(tx, std::move(row), local_time(first_day_of(plan), 0));
        if (!added) return refuse(added.error());
        ids.push_back(added->id);
    }
    network::set_setting(tx, "demo", "1");
    network::set_setting(tx, "demo_until", format_day(plan.until));
    network::set_setting(tx, "network_name", "Kringwerk-voorbeeldnetwerk");
    return ids;
}

/// The centres of the example with their registers and people, each in a transaction of its own.
Result<std::vector<CentreId>> make_network(Store& store, const PlanRequest& plan) {
    const auto ids = store.write([&](Transaction& tx) { return add_centres(tx, plan); }).get();
    if (!ids) return refuse(ids.error());
    const auto since = first_day_of(plan);
    const auto entries = centres_of(plan);
    for (std::size_t i = 0; i < ids->size(); ++i) {
        const auto furnish = [&, centre = ids->at(i)](Transaction& tx) {
            set_up(tx, centre, entries[i], since, local_time(since, 0));
            add_people(tx, centre, local_time(since, 0));
            return true;
        };
        store.write(furnish).get();
    }
    return ids;
}

/// The envelope in which a device sent it, with the clock that the device showed: a little off.
void keep_envelope(Transaction& tx, const Planned& planned) {
    ledger::Action action;
    action.centre = planned.draft.centre;
    action.id = planned.draft.id.bytes;
    action.device = planned.device;
    action.device_sequence = planned.device_sequence;
    action.kind = ledger::Ways::built_in().find(planned.draft.kind)->code;
    action.offset_ms = planned.device_sequence % 7 * 1300 - 2600;
    action.clock_at = {planned.draft.happened_at.ms - action.offset_ms};
    ledger::keep_action(tx, action, planned.booked_at);
}

/// Who books, and what that needs besides the transaction.
struct Booker {
    people::Caller caller = demo_caller();
    ledger::OnReversal on_reversal = [](Transaction& tx, const ledger::Movement& original,
                                        const ledger::Movement& reversal) {
        workshop::on_reversal(tx, original, reversal);
        intake::on_reversal(tx, original, reversal);
    };
    ledger::Kind gate = ledger::Ways::built_in().kind("gate");
};

intake::Lane lane_of(const ledger::Transfer& transfer) {
    if (transfer.from.place == ledger::Place::owner) return intake::Lane::repair;
    return transfer.to.place == ledger::Place::outgoing ? intake::Lane::waste : intake::Lane::reuse;
}

/// The car of a movement at the gate, and what was turned away from it.
void keep_car(Transaction& tx, const Planned& planned) {
    const auto& draft = planned.draft;
    const auto day = local_day(draft.happened_at);
    intake::KeptVisit kept{{draft.id.bytes}, day, draft.happened_at, 1, {}, std::nullopt};
    kept.visit.vehicle = "car";
    kept.visit.took_ms = 5000 + draft.id.bytes[15] * 40;
    kept.visit.taps = 4 + 3 * (static_cast<std::int64_t>(draft.transfers.size()) - 1);
    for (const auto& transfer : draft.transfers) {
        intake::GateLine line{lane_of(transfer), transfer.to.key, transfer.category, {}};
        line.weighing.grams = transfer.amounts.grams;
        line.weighing.basis = transfer.basis;
        kept.visit.lines.push_back(std::move(line));
    }
    intake::keep_visit(tx, draft.centre, kept);
    if (planned.turned_away.empty()) return;
    intake::GateRefusal refusal;
    refusal.reason = planned.turned_away;
    const auto text = draft.id.text();
    const std::array<std::string_view, 2> parts{"turned away", text};
    intake::keep_refusal(tx, draft.centre,
                         {{derive_uuid8(parts)}, day, draft.happened_at, 1, refusal, std::nullopt});
}

Result<void> book(Transaction& tx, const Booker& booker, const Planned& planned) {
    ledger::Posting posting(tx, booker.caller, planned.booked_at, &booker.on_reversal);
    // The plan counts as the books do. Two labels printed in the same minute may have changed
    // places in it, so that only the number of labels is the same after each.
    if (planned.issues_item) posting.issue_item(planned.draft.centre);
    const auto posted = posting.post(planned.draft);
    if (!posted) return refuse(posted.error());
    posting.finish();
    if (planned.marks) ledger::mark_item(tx, *planned.marks);
    if (!planned.device.empty()) keep_envelope(tx, planned);
    if (planned.draft.kind == booker.gate) keep_car(tx, planned);
    if (planned.repair) {
        const auto record = record_of(planned, posted->sequence);
        workshop::keep_repair(tx, planned.draft.centre, planned.draft.transfers.front().item,
                              record, reading_of(planned), *posted);
    }
    return {};
}

Result<Counts> book_all(Transaction& tx, const std::vector<Planned>& batch) {
    const Booker booker;
    Counts counts;
    for (const auto& planned : batch) {
        const auto booked = book(tx, booker, planned);
        if (!booked) return refuse(booked.error());
        ++counts.movements;
        counts.transfers += static_cast<std::int64_t>(planned.draft.transfers.size());
        counts.repairs += planned.repair ? 1 : 0;
    }
    return counts;
}

/// Plans one batch while the store writes the one before it.
class Loader {
  public:
    Loader(Store& store, const DemoRequest& request) : store_(store), request_(request) {}

    Result<Counts> load(Plan& plan) {
        std::vector<Planned> batch;
        bool more = true;
        while (more) {
            more = plan.next_day(batch);
            // A month that begins is always told of, so that whoever waits sees it move.
            const bool month_begins = calendar(plan.day()).day == 1;
            if (batch.size() < in_one_write && more && !month_begins) continue;
            const auto before = finish();
            if (!before) return refuse(before.error());
            day_ = plan.day();
            book_each_centre(std::exchange(batch, {}));
        }
        const auto last = finish();
        if (!last) return refuse(last.error());
        return total_;
    }

  private:
    void book_each_centre(std::vector<Planned> batch) {
        std::map<std::int64_t, std::vector<Planned>> by_centre;
        for (auto& planned : batch) {
            by_centre[planned.draft.centre.value].push_back(std::move(planned));
        }
        for (auto& [centre, own] : by_centre) {
            writing_.push_back(
                store_.write_in(Strand{centre}, [given = std::move(own)](Transaction& tx) {
                    return book_all(tx, given);
                }));
        }
    }
    Result<void> finish() {
        if (writing_.empty()) return {};
        for (auto& writing : std::exchange(writing_, {})) {
            const auto counts = writing.get();
            if (!counts) return refuse(counts.error());
            total_.movements += counts->movements;
            total_.transfers += counts->transfers;
            total_.repairs += counts->repairs;
        }
        if (request_.progress) request_.progress(day_, total_.movements);
        return {};
    }

    Store& store_;
    const DemoRequest& request_;
    Day day_;
    Counts total_;
    std::vector<Pending<Result<Counts>>> writing_;
};

} // namespace

Result<DemoReport> load_demo(Store& store, const DemoRequest& request) {
    const auto began = std::chrono::steady_clock::now();
    const auto until = request.until ? *request.until : make_day(2026, 11, 14).value();
    const PlanRequest planned{request.seed, request.size, until, request.movements};
    if (request.size == Size::bench && request.movements < fewest_for_bench) {
        return refuse("demo.too_few", {{"given", std::to_string(request.movements)}});
    }
    const auto ids = make_network(store, planned);
    if (!ids) return refuse(ids.error());
    Plan plan(planned, *ids);
    const auto counts = Loader(store, request).load(plan);
    if (!counts) return refuse(counts.error());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    return DemoReport{static_cast<std::int64_t>(ids->size()), counts->movements, counts->transfers,
                      counts->repairs, took.count()};
}

} // namespace kringwerk::demo
