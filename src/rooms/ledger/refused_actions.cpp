// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/refused_actions.hpp"

#include "rooms/ledger/ledger.hpp"
#include "rooms/ledger/queries.hpp"

#include <boost/json.hpp>

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
    return tx.changed(sql::insert_refused, action.centre, Uuid<Action>{action.id}, action.device,
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
    return tx.changed(sql::settle_refused, centre, Uuid<Action>{id}, now, by) > 0;
}

bool was_settled(Snapshot& view, CentreId centre, const UuidBytes& id) {
    const auto read = [centre](Row row) { return read_refused(centre, row); };
    const auto refused = view.first(sql::refused_by_id, read, centre, Uuid<Action>{id});
    return refused && refused->settled_at;
}

Result<void> do_again(Transaction& tx, const ActionKinds& kinds, CentreId centre,
                      const UuidBytes& id, const people::Caller& caller, Instant now) {
    const auto read = [centre](Row row) { return read_refused(centre, row); };
    const auto refused = tx.first(sql::refused_by_id, read, centre, Uuid<Action>{id});
    if (!refused || refused->settled_at) return refuse("ledger.settled_already");
    const auto& action = refused->action;
    const auto kind = kinds.find(action.kind);
    if (kind == kinds.end()) return refuse("ledger.unknown_action", {{"kind", action.kind}});
    const Deed deed{action, caller, {action.clock_at.ms + action.offset_ms}, now};
    const auto done = kind->second.act(tx, deed, boost::json::parse(refused->body));
    if (!done) return refuse(done.error());
    keep_action(tx, action, now);
    settle_refused(tx, centre, id, caller.person, now);
    return {};
}

} // namespace kringwerk::ledger
