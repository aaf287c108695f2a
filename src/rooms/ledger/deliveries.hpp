// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"
#include "rooms/ledger/types.hpp"

#include <boost/json/fwd.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// What the devices of a centre deliver: actions, in the order in which people did them.
namespace kringwerk::ledger {

/// What one person did at a counter, as the room that knows its kind sees it.
struct Deed {
    Action action;
    people::Caller caller; ///< who did it, at the device that sent it
    Instant happened_at;   ///< the counter's clock, corrected by the offset at its last contact
    Instant received;
};

/// Does what an action of one kind asks. A refusal undoes what it wrote, and the action is kept
/// aside. The same id comes only once.
using DoAction =
    std::function<Result<void>(Transaction&, const Deed&, const boost::json::value& body)>;

/// What whoever did an accepted action should know. It stops nothing.
struct Remark {
    std::string code; ///< text "remark.<code>"
    TextArguments arguments;
    bool attention = false; ///< the screen keeps it until somebody has seen it
};
/// Looks an accepted action's remark up in what it wrote, so that it can be said again when its
/// answer was lost.
using FindRemark = std::function<std::optional<Remark>(Snapshot&, const Action&)>;

struct ActionKind {
    DoAction act;
    FindRemark remark = nullptr;
};
/// By the name of the kind: "gate-visit".
using ActionKinds = std::map<std::string, ActionKind, std::less<>>;

/// An action that was not accepted, whole, until a person settles it.
struct RefusedAction {
    Action action;
    people::PersonId person; ///< who was at the counter
    Instant received;
    std::string code; ///< why: text "refusal.<code>"
    std::string body; ///< JSON
    std::optional<Instant> settled_at;
    people::PersonId settled_by; ///< 0: it was accepted when it came again
};
/// Newest first; `open`: only those that nobody settled.
std::vector<RefusedAction> refused_actions(Snapshot& view, CentreId centre, bool open,
                                           std::int64_t most);
/// False when there is none of that id that nobody settled.
bool settle_refused(Transaction& tx, CentreId centre, const UuidBytes& id, people::PersonId by,
                    Instant now);

/// Does what an action that was kept aside asks, now in the name of whoever settles it; accepted,
/// it is settled. Refuses "ledger.settled_already", "ledger.unknown_action" and what the room
/// refuses.
Result<void> do_again(Transaction& tx, const ActionKinds& kinds, CentreId centre,
                      const UuidBytes& id, const people::Caller& caller, Instant now);

} // namespace kringwerk::ledger
