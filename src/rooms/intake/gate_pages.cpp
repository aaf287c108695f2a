// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/gate_pages.hpp"

#include "base/words.hpp"
#include "rooms/intake/gate_actions.hpp"
#include "rooms/intake/gate_page.hpp"

#include <memory>
#include <variant>

namespace kringwerk::intake {
namespace {

struct Context {
    people::Site site;
    ledger::ActionKinds kinds;
};
using Shared = std::shared_ptr<const Context>;

std::optional<GatePeriod> asked_period(const http::Request& request) {
    return parse_gate_period(request.parameter("period"));
}

http::Response show(const Context& context, const http::Request& request,
                    const std::optional<GatePeriod>& period) {
    const auto look = gate_look(context.site, request, period);
    if (const auto* const answer = std::get_if<http::Response>(&look)) return *answer;
    return gate_page(context.site, request, std::get<GateLook>(look));
}

http::Response show_cars(const Context& context, const http::Request& request) {
    const auto look = gate_look(context.site, request, asked_period(request));
    if (const auto* const answer = std::get_if<http::Response>(&look)) return *answer;
    return cars_page(context.site, request, std::get<GateLook>(look));
}

http::Response show_paper(const Context& context, const http::Request& request) {
    const auto found = gate_look(context.site, request, asked_period(request));
    if (const auto* const answer = std::get_if<http::Response>(&found)) return *answer;
    const auto& look = std::get<GateLook>(found);
    const auto paper = context.site.store.read(
        [&](Snapshot& view) { return read_paper(view, look.centre, look.period); });
    http::Response response;
    response.content_type = "application/pdf";
    response.body = paper_pdf(context.site, paper, http::language_of(request), request.received);
    response.with("Content-Disposition", "inline; filename=\"poort-" + look.centre.slug + "-" +
                                             look.period.code + ".pdf\"");
    return response;
}

/// What one of the forms of the page asks.
using Change = std::function<Result<void>(Transaction&)>;

/// Refuses "people.not_allowed", "intake.day_not_over", "intake.note_too_long".
Result<Change> closing(const GateLook& look, const http::Form& form, Instant now) {
    const auto allowed = people::may_at(look.caller, people::Right::close_day, look.centre.id);
    if (!allowed) return refuse(allowed.error());
    if (!look.period.is_day() || look.period.first > local_day(now)) {
        return refuse("intake.day_not_over");
    }
    constexpr std::size_t longest_note = 1000;
    const std::string note(trimmed(form.value_or_empty("note")));
    if (note.size() > longest_note) return refuse("intake.note_too_long");
    const ClosedDay closed{now, look.caller.person, note};
    return Change([centre = look.centre.id, day = look.period.first, closed](Transaction& tx) {
        close_day(tx, centre, day, closed);
        return Result<void>();
    });
}

/// Refuses "people.not_allowed", "ledger.settled_already" and, tried again, what the room refuses.
Result<Change> settling(const Context& context, const GateLook& look, const http::Form& form,
                        Instant now, bool again) {
    const auto allowed = people::may_at(look.caller, people::Right::correct, look.centre.id);
    if (!allowed) return refuse(allowed.error());
    const auto id = parse_uuid(form.value_or_empty("action"));
    if (!id) return refuse("ledger.settled_already");
    return Change([&context, look, id = *id, now, again](Transaction& tx) -> Result<void> {
        if (again) {
            return ledger::do_again(tx, context.kinds, look.centre.id, id, look.caller, now);
        }
        if (!ledger::settle_refused(tx, look.centre.id, id, look.caller.person, now)) {
            return refuse("ledger.settled_already");
        }
        return {};
    });
}

/// Refuses "people.not_allowed", "intake.quota_shape".
Result<Change> setting(const GateLook& look, const http::Form& form, Instant now) {
    const auto allowed = people::may_at(look.caller, people::Right::manage_centre, look.centre.id);
    if (!allowed) return refuse(allowed.error());
    const auto check = parse_resident_check(form.value_or_empty("resident_check"));
    const auto typed = trimmed(form.value_or_empty("quota"));
    const auto quota = typed.empty() ? std::optional<std::int64_t>(0) : parse_whole(typed);
    if (!check || !quota || *quota < 0 || *quota > 366) return refuse("intake.quota_shape");
    const GateSetting chosen{*check, *quota};
    return Change([centre = look.centre.id, chosen, now](Transaction& tx) {
        save_gate_setting(tx, centre, chosen, now);
        return Result<void>();
    });
}

Result<Change> change_of(const Context& context, const GateLook& look, const http::Form& form,
                         Instant now) {
    const auto what = form.value_or_empty("what");
    if (what == "close") return closing(look, form, now);
    if (what == "settle") return settling(context, look, form, now, false);
    if (what == "again") return settling(context, look, form, now, true);
    if (what == "check") return setting(look, form, now);
    return refuse("intake.form_incomplete");
}

Task<http::Response> take(Shared context, const http::Request& request) {
    const auto& site = context->site;
    auto found = gate_look(context->site, request, asked_period(request));
    if (const auto* const answer = std::get_if<http::Response>(&found)) co_return *answer;
    auto& look = std::get<GateLook>(found);
    if (!people::sent_from_here(request)) {
        co_return people::stopped(site, request, 403, "error.other_site");
    }
    const auto form = request.form();
    if (!form) co_return http::problem(request, 400, form.error());
    look.typed_note = form->value_or_empty("note");
    const auto change = change_of(*context, look, *form, request.received);
    if (!change && change.error().code == "people.not_allowed") {
        co_return people::stopped(site, request, 403);
    }
    if (!change) {
        look.refusal = change.error();
        co_return gate_page(site, request, look);
    }
    const auto done = co_await site.store.write_in(Strand{look.centre.id.value}, *change);
    if (!done) {
        look.refusal = done.error();
        co_return gate_page(site, request, look);
    }
    co_return http::see_other(gate_url(look.centre, look.period.code) +
                              "?gedaan=" + std::string(form->value_or_empty("what")));
}

} // namespace

std::variant<GateLook, http::Response> gate_look(const people::Site& site,
                                                 const http::Request& request,
                                                 const std::optional<GatePeriod>& period) {
    auto centre = site.store.read(
        [&](Snapshot& view) { return network::centre_by_slug(view, request.parameter("centre")); });
    if (!centre || !period) return people::stopped(site, request, 404);
    auto caller = people::caller_of_request(site.store, request);
    if (!caller) return people::lead_to_sign_in(request);
    if (!caller->may(people::Right::read, centre->id)) {
        return people::stopped(site, request, 403, "desk.other_centre");
    }
    return GateLook{*std::move(centre), *std::move(caller), *period, {}};
}

http::Routes gate_page_routes(const people::Site& site, const ledger::OnReversal* on_reversal) {
    const auto context = std::make_shared<const Context>(Context{site, gate_kinds(on_reversal)});
    const auto today = [context](const http::Request& request) {
        const auto period = period_of(local_day(request.received), GatePeriod::Unit::day);
        return show(*context, request, period);
    };
    const auto page = [context](const http::Request& request) {
        return show(*context, request, asked_period(request));
    };
    const auto paper = [context](const http::Request& request) {
        return show_paper(*context, request);
    };
    const auto cars = [context](const http::Request& request) {
        return show_cars(*context, request);
    };
    const std::string at = "/centra/{centre}/poort";
    http::Routes routes{
        {http::Method::get, at, http::at_once(today)},
        {http::Method::get, at + "/{period}", http::at_once(page)},
        {http::Method::post, at + "/{period}",
         [context](const http::Request& request) { return take(context, request); }},
        {http::Method::get, at + "/{period}/autos", http::at_once(cars)},
        {http::Method::get, at + "/{period}/pdf", http::at_once(paper)},
    };
    for (auto& route : correction_routes(site, on_reversal)) routes.push_back(std::move(route));
    return routes;
}

} // namespace kringwerk::intake
