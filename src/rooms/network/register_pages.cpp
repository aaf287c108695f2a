// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/register_pages.hpp"

#include "base/words.hpp"
#include "rooms/network/centre_for.hpp"
#include "rooms/network/network.hpp"
#include "rooms/network/register_actions.hpp"
#include "rooms/network/register_forms.hpp"
#include "rooms/network/set_up_page.hpp"

#include <array>
#include <functional>
#include <variant>

namespace kringwerk::network {
namespace {

/// What a form changes, decided before the writer is asked: so that what cannot be read never
/// waits.
using Change = std::function<Result<void>(Transaction&)>;

/// A value that was read becomes the change that `save` makes of it.
template <class T, class Save> Result<Change> change_of(Result<T> read, Save save) {
    if (!read) return refuse(std::move(read.error()));
    return Change([value = std::move(*read), save](Transaction& tx) -> Result<void> {
        return save(tx, value);
    });
}

struct Undertaking {
    std::string_view what;
    Result<Change> (*read)(const http::Form& form, CentreId centre, Instant now);
};

Result<Change> change_details(const http::Form& form, CentreId centre, Instant now) {
    return change_of(parse_details(form), [=](Transaction& tx, const Details& details) {
        return save_details(tx, centre, details, now);
    });
}

Result<Change> change_hours(const http::Form& form, CentreId centre, Instant now) {
    return change_of(parse_hours(form), [=](Transaction& tx, const auto& hours) -> Result<void> {
        save_hours(tx, centre, hours, now);
        return {};
    });
}

Result<Change> add_closed_day(const http::Form& form, CentreId centre, Instant now) {
    return change_of(parse_closed_day(form, local_day(now)),
                     [=](Transaction& tx, const ClosedDay& closed) {
                         return save_closed_day(tx, centre, closed, now);
                     });
}

Result<Change> take_closed_day(const http::Form& form, CentreId centre, Instant) {
    const auto day = parse_day(form.value_or_empty("day"));
    if (!day) return refuse("network.no_such_closed_day");
    return Change([=](Transaction& tx) { return remove_closed_day(tx, centre, *day); });
}

Result<Change> add_block(const http::Form& form, CentreId centre, Instant now) {
    return change_of(parse_building_block(form, local_day(now)),
                     [=](Transaction& tx, const BuildingBlock& block) {
                         return save_block(tx, centre, block, now);
                     });
}

Result<Change> take_block(const http::Form& form, CentreId centre, Instant) {
    const auto block = parse_block(form.value_or_empty("block"));
    if (!block) return refuse("network.no_such_block");
    return Change([=](Transaction& tx) { return remove_block(tx, centre, *block); });
}

Result<Change> change_offered(const http::Form& form, CentreId centre, Instant) {
    return change_of(parse_offered(form), [=](Transaction& tx, const Offered& offered) {
        return save_offered(tx, centre, offered);
    });
}

Result<Change> add_new_tare(const http::Form& form, CentreId centre, Instant now) {
    return change_of(parse_tare(form, local_day(now)),
                     [=](Transaction& tx, const Tare& tare) -> Result<void> {
                         const auto added = add_tare(tx, centre, tare, now);
                         if (!added) return refuse(added.error());
                         return {};
                     });
}

Result<Change> take_tare(const http::Form& form, CentreId centre, Instant now) {
    const int number = parse_number(form);
    return Change([=](Transaction& tx) { return retire_tare(tx, centre, number, now); });
}

Result<Change> save_scale(const http::Form& form, CentreId centre, Instant) {
    return change_of(parse_scale(form), [=](Transaction& tx, const Scale& scale) -> Result<void> {
        if (scale.number != 0) return change_scale(tx, centre, scale);
        const auto added = add_scale(tx, centre, scale);
        if (!added) return refuse(added.error());
        return {};
    });
}

Result<Change> take_scale(const http::Form& form, CentreId centre, Instant now) {
    const int number = parse_number(form);
    return Change([=](Transaction& tx) { return retire_scale(tx, centre, number, now); });
}

constexpr std::array<Undertaking, 11> tasks{{{"details", change_details},
                                             {"hours", change_hours},
                                             {"closed_day", add_closed_day},
                                             {"closed_day_remove", take_closed_day},
                                             {"block", add_block},
                                             {"block_remove", take_block},
                                             {"offered", change_offered},
                                             {"tare", add_new_tare},
                                             {"tare_retire", take_tare},
                                             {"scale", save_scale},
                                             {"scale_retire", take_scale}}};

Result<Change> read_change(const http::Form& form, CentreId centre, Instant now) {
    const auto what = form.value_or_empty("what");
    for (const auto& task : tasks) {
        if (task.what == what) return task.read(form, centre, now);
    }
    return refuse("network.no_such_task");
}

std::variant<CentreRow, http::Response> centre_to_set_up(const people::Site& site,
                                                         const http::Request& request) {
    return centre_for(site, request, {people::Right::manage_centre}, "set_up.not_allowed");
}

http::Response show_set_up(const people::Site& site, const http::Request& request) {
    const auto found = centre_to_set_up(site, request);
    if (const auto* const answer = std::get_if<http::Response>(&found)) return *answer;
    return set_up_page(site, request, std::get<CentreRow>(found), std::nullopt);
}

Task<http::Response> take_set_up(people::Site site, const http::Request& request) {
    const auto found = centre_to_set_up(site, request);
    if (const auto* const answer = std::get_if<http::Response>(&found)) co_return *answer;
    const auto& centre = std::get<CentreRow>(found);
    if (!people::sent_from_here(request)) {
        co_return people::stopped(site, request, 403, "error.other_site");
    }
    auto form = request.form();
    if (!form) co_return http::problem(request, 400, form.error());
    const std::string what(form->value_or_empty("what"));
    const auto come_back = [&](std::optional<Refusal> refusal) {
        return set_up_page(site, request, centre,
                           Returned{std::string(form_of(what)), *form, std::move(refusal)});
    };
    const auto change = read_change(*form, centre.id, request.received);
    if (!change && change.error().code == "network.no_such_task") {
        co_return http::problem(request, 400, change.error());
    }
    if (!change) co_return come_back(change.error());
    if (form->value("preview")) co_return come_back(std::nullopt);
    const auto changed = co_await site.store.write([&](Transaction& tx) { return (*change)(tx); });
    if (!changed) co_return come_back(changed.error());
    co_return http::see_other("/centra/" + centre.slug + "/inrichten?klaar=" + what + "#" +
                              std::string(part_of(what)));
}

} // namespace

http::Routes register_routes(const people::Site& site) {
    return {
        {http::Method::get, "/centra/{centre}/inrichten",
         http::at_once(
             [site](const http::Request& request) { return show_set_up(site, request); })},
        {http::Method::post, "/centra/{centre}/inrichten",
         [site](const http::Request& request) { return take_set_up(site, request); }},
    };
}

} // namespace kringwerk::network
