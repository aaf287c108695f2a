// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/crew_forms.hpp"

#include "base/words.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::people {
namespace {

Doer doer_of(const Visit& visit) { return {visit.caller, visit.centre(), visit.request.received}; }

/// A rule of one person, as a change of the page.
template <class Rule> CrewChange change_one(const Visit& visit, PersonId id, Rule rule) {
    return [&visit, id, rule](Transaction& tx) -> Result<CrewDone> {
        const auto done = rule(tx, doer_of(visit), id);
        if (!done) return refuse(done.error());
        return CrewDone{{}, id};
    };
}

/// Who is to come: a name, a role, and perhaps a PIN.
struct Wanted {
    std::string name;
    RoleHeld role;
    std::string pin;
};

Result<Wanted> parse_wanted(const Visit& visit, const http::Form& form) {
    Wanted wanted{std::string(trimmed(form.value_or_empty("name"))),
                  {},
                  std::string(trimmed(form.value_or_empty("pin")))};
    Refusal wrong{"fields.wrong", {}, {}};
    if (const auto fine = check_name(wanted.name); !fine) {
        wrong.fields.push_back({"name", fine.error().code, {}});
    }
    if (const auto held = parse_held(form.value_or_empty("role"), visit.centre())) {
        wanted.role = *held;
    } else {
        wrong.fields.push_back({"role", held.error().code, {}});
    }
    if (const auto fine = check_pin(wanted.pin); !wanted.pin.empty() && !fine) {
        wrong.fields.push_back({"pin", fine.error().code, {}});
    }
    if (!wrong.fields.empty()) return refuse(std::move(wrong));
    return wanted;
}

Task<Result<CrewChange>> read_invite(const Visit& visit, PersonId, const http::Form& form) {
    auto wanted = parse_wanted(visit, form);
    if (!wanted) co_return refuse(std::move(wanted.error()));
    co_return CrewChange([&visit, wanted = *wanted](Transaction& tx) -> Result<CrewDone> {
        const auto code = invite(tx, doer_of(visit), wanted.name, wanted.role);
        if (!code) return refuse(code.error());
        return CrewDone{*code};
    });
}

Task<Result<CrewChange>> read_withdraw(const Visit& visit, PersonId, const http::Form& form) {
    const std::string hash(form.value_or_empty("invitation"));
    co_return CrewChange([&visit, hash](Transaction& tx) -> Result<CrewDone> {
        const auto done = withdraw_invitation(tx, doer_of(visit), hash);
        if (!done) return refuse(done.error());
        return CrewDone{};
    });
}

Task<Result<CrewChange>> read_worker(const Visit& visit, PersonId, const http::Form& form) {
    auto wanted = parse_wanted(visit, form);
    if (!wanted) co_return refuse(std::move(wanted.error()));
    const auto pin = co_await pin_of(visit.desk.secrets, wanted->pin);
    co_return CrewChange([&visit, wanted = *wanted, pin](Transaction& tx) -> Result<CrewDone> {
        const auto added = add_worker(tx, doer_of(visit), wanted.name, wanted.role, pin);
        if (!added) return refuse(added.error());
        return CrewDone{{}, *added};
    });
}

Task<Result<CrewChange>> read_give_role(const Visit& visit, PersonId id, const http::Form& form) {
    const auto role = parse_held(form.value_or_empty("role"), visit.centre());
    if (!role) {
        co_return refuse(Refusal{"fields.wrong", {}, {{"role", role.error().code, {}}}});
    }
    co_return change_one(visit, id, [role = *role](Transaction& tx, const Doer& doer, PersonId of) {
        return grant_role(tx, doer, of, role);
    });
}

Task<Result<CrewChange>> read_take_role(const Visit& visit, PersonId id, const http::Form& form) {
    const auto role = parse_held(form.value_or_empty("role"), visit.centre());
    if (!role) co_return refuse(role.error());
    co_return change_one(visit, id, [role = *role](Transaction& tx, const Doer& doer, PersonId of) {
        return withdraw_role(tx, doer, of, role);
    });
}

Task<Result<CrewChange>> read_pin(const Visit& visit, PersonId id, const http::Form& form) {
    const std::string typed(trimmed(form.value_or_empty("pin")));
    if (const auto fine = check_pin(typed); !fine) {
        co_return refuse(Refusal{"fields.wrong", {}, {{"pin", fine.error().code, {}}}});
    }
    const auto pin = co_await pin_of(visit.desk.secrets, typed);
    co_return change_one(visit, id, [pin](Transaction& tx, const Doer& doer, PersonId of) {
        return give_pin(tx, doer, of, *pin);
    });
}

Task<Result<CrewChange>> read_reset(const Visit& visit, PersonId id, const http::Form&) {
    co_return CrewChange([&visit, id](Transaction& tx) -> Result<CrewDone> {
        const auto code = offer_reset(tx, doer_of(visit), id);
        if (!code) return refuse(code.error());
        return CrewDone{*code, id};
    });
}

Task<Result<CrewChange>> read_block(const Visit& visit, PersonId id, const http::Form&) {
    co_return change_one(visit, id, shut_out);
}

Task<Result<CrewChange>> read_unblock(const Visit& visit, PersonId id, const http::Form&) {
    co_return change_one(visit, id, let_in);
}

struct CrewTask {
    std::string_view what;
    Task<Result<CrewChange>> (*read)(const Visit&, PersonId, const http::Form&);
};
constexpr std::array<CrewTask, 9> crew_tasks{{{"invite", read_invite},
                                              {"withdraw", read_withdraw},
                                              {"worker", read_worker},
                                              {"give_role", read_give_role},
                                              {"take_role", read_take_role},
                                              {"pin", read_pin},
                                              {"offer_reset", read_reset},
                                              {"block", read_block},
                                              {"unblock", read_unblock}}};

Task<Result<CrewChange>> no_such_task() { co_return refuse("people.no_such_task"); }

} // namespace

// No coroutine itself: the frame of one may not hold what belongs to this file alone.
Task<Result<CrewChange>> read_crew_change(const Visit& visit, PersonId id, const http::Form& form) {
    const auto what = form.value_or_empty("what");
    for (const auto& task : crew_tasks) {
        if (task.what == what) return task.read(visit, id, form);
    }
    return no_such_task();
}

} // namespace kringwerk::people
