// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/store.hpp"

#include "rooms/workshop/queries.hpp"

namespace kringwerk::workshop {
namespace {

const SumTable day_sums{"workshop_outcome_day", &sql::add_outcome_day, 5, 1};
const SumTable month_sums{"workshop_outcome_month", &sql::add_outcome_month, 5, 1};

void count(Transaction& tx, CentreId centre, Day day, const Reading& reading,
           std::int64_t repairs) {
    const auto category = std::int64_t{reading.category};
    const auto outcome = static_cast<std::int64_t>(reading.outcome);
    const auto barrier = static_cast<std::int64_t>(reading.barrier);
    tx.add(day_sums, {centre.value, day.number, category, outcome, barrier}, {repairs});
    tx.add(month_sums, {centre.value, month_of(day).number, category, outcome, barrier}, {repairs});
}

OutcomeSum read_sum(const Row& row) {
    return {static_cast<std::int32_t>(row.integer(0)), static_cast<int>(row.integer(1)),
            static_cast<Outcome>(row.integer(2)), static_cast<Barrier>(row.integer(3)),
            row.integer(4)};
}

} // namespace

Record read_record(const Row& row) {
    Record record;
    for (std::size_t i = 0; i < column_count; ++i) {
        record.values[i] = std::string(row.text(static_cast<int>(i)));
    }
    return record;
}

std::optional<Record> known_record(Snapshot& view, const Record& like) {
    return view.first(sql::repair_by_record, read_record, like[Column::id],
                      like[Column::data_provider]);
}

void keep_repair(Transaction& tx, CentreId centre, ledger::ItemId item, const Record& record,
                 const Reading& reading, const ledger::Posted& posted) {
    const auto& text = record.values;
    tx.run(sql::insert_repair, centre, repair_id(record), posted.id, item.value, reading.category,
           static_cast<std::int64_t>(reading.outcome), static_cast<std::int64_t>(reading.barrier),
           posted.effective_on, text[0], text[1], text[2], text[3], text[4], text[5], text[6],
           text[7], text[8], text[9], text[10], text[11], text[12], text[13], text[14]);
    count(tx, centre, posted.effective_on, reading, 1);
}

void on_reversal(Transaction& tx, const ledger::Movement& original,
                 const ledger::Movement& reversal) {
    const auto read = [](const Row& row) {
        return Reading{static_cast<Outcome>(row.integer(1)), static_cast<Barrier>(row.integer(2)),
                       static_cast<int>(row.integer(0)), row.day(3)};
    };
    const auto repair = tx.first(sql::repair_of_movement, read, original.centre, original.id);
    if (!repair) return;
    tx.run(sql::mark_reversed, original.centre, original.id, reversal.effective_on);
    count(tx, original.centre, reversal.effective_on, *repair, -1);
}

std::optional<Record> record_of(Snapshot& view, CentreId centre,
                                const ledger::MovementId& movement) {
    return view.first(sql::story_of_movement, read_record, centre, movement);
}

std::optional<Outcome> outcome_of(Snapshot& view, CentreId centre,
                                  const ledger::MovementId& movement) {
    const auto outcome = view.number(sql::outcome_of_movement, centre, movement);
    if (!outcome) return std::nullopt;
    return static_cast<Outcome>(*outcome);
}

std::vector<OutcomeSum> outcomes_of_days(Snapshot& view, CentreId centre, Day first, Day last) {
    std::vector<OutcomeSum> sums;
    for (const auto row : view.rows(sql::outcomes_of_days, centre, first, last)) {
        sums.push_back(read_sum(row));
    }
    return sums;
}

std::vector<OutcomeSum> outcomes_of_months(Snapshot& view, CentreId centre, Month first,
                                           Month last) {
    std::vector<OutcomeSum> sums;
    for (const auto row : view.rows(sql::outcomes_of_months, centre, first, last)) {
        sums.push_back(read_sum(row));
    }
    return sums;
}

OutcomeCounts counts_of_days(Snapshot& view, CentreId centre, Day first, Day last) {
    OutcomeCounts counts{};
    for (const auto& sum : outcomes_of_days(view, centre, first, last)) {
        counts[static_cast<std::size_t>(sum.outcome)] += sum.repairs;
    }
    return counts;
}

std::map<Month, OutcomeCounts> counts_by_month(Snapshot& view, CentreId centre, Month first,
                                               Month last) {
    std::map<Month, OutcomeCounts> months;
    for (const auto& sum : outcomes_of_months(view, centre, first, last)) {
        months[Month{sum.period}][static_cast<std::size_t>(sum.outcome)] += sum.repairs;
    }
    return months;
}

} // namespace kringwerk::workshop
