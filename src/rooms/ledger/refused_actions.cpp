// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/refused_actions.hpp"

#include "rooms/ledger/queries.hpp"

namespace kringwerk::ledger {
namespace {

RefusedAction read_refused(CentreId centre, Row row) {
    RefusedAction read;
    read.action = {centre,         row.uuid<Action>(0).bytes, std::string(row.text(1)),
                   row.integer(2), std::string(row.text(3)),  row.instant(5),
                   row.integer(6)};
    read.person = {row.integer(4)};
    read.received = row.instant(7);
    read.code = row.text(8);
    read.body = row.text(9);
    if (!row.null(10)) read.settled_at = row.instant(10);
    read.settled_by = {row.integer(11)};
    return read;
}

} // namespace

bool keep_refused(Transaction& tx, const RefusedAction& refused) {
    const auto& action = refused.action;
    return tx.run(sql::insert_refused, action.centre, Uuid<Action>{action.id}, action.device,
                  action.device_sequence, action.kind, refused.person, action.clock_at,
                  action.offset_ms, refused.received, refused.code, refused.body) > 0;
}

std::vector<RefusedAction> refused_actions(Snapshot& view, CentreId centre, bool open,
                                           std::int64_t most) {
    std::vector<RefusedAction> found;
    for (const auto row : view.rows(sql::refused_of_centre, centre, open ? 1 : 0, most)) {
        found.push_back(read_refused(centre, row));
    }
    return found;
}

bool settle_refused(Transaction& tx, CentreId centre, const UuidBytes& id, people::PersonId by,
                    Instant now) {
    return tx.run(sql::settle_refused, centre, Uuid<Action>{id}, now, by) > 0;
}

} // namespace kringwerk::ledger
