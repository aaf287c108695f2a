// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/actions.hpp"
#include "rooms/intake/desk_page.hpp"
#include "rooms/people/people.hpp"

#include <memory>
#include <variant>

namespace kringwerk::intake {
namespace {

using Desks = std::shared_ptr<const Desk>;

/// Who stands at which desk, or the answer that says why nobody does.
std::variant<Visit, http::Response> visit_of(const Desk& desk, const http::Request& request) {
    auto centre = desk.site.store.read(
        [&](Snapshot& view) { return network::centre_by_slug(view, request.parameter("centre")); });
    if (!centre) return people::stopped(desk.site, request, 404);
    auto caller = people::caller_of_request(desk.site.store, request);
    if (!caller) return people::lead_to_sign_in(request);
    if (!caller->works_for(centre->id)) {
        return people::stopped(desk.site, request, 403, "desk.other_centre");
    }
    return Visit{std::move(*centre), std::move(*caller)};
}

/// The story of a booking leads here with the booking's id.
std::optional<std::int64_t> booking_to_reverse(const Desk& desk, const http::Request& request,
                                               const Visit& visit) {
    const auto id = ledger::MovementId::parse(request.query_value("rechtzetten").value_or(""));
    if (!id) return std::nullopt;
    const auto movement = desk.site.store.read(
        [&](Snapshot& view) { return ledger::movement(view, visit.centre.id, *id); });
    return movement ? std::optional(movement->sequence) : std::nullopt;
}

/// The first form that the caller may use.
FormName front_form(const Visit& visit) {
    for (const auto& form : all_forms()) {
        if (may_use(visit, form)) return form.name;
    }
    return FormName::weigh_in;
}

http::Response show(const Desk& desk, const http::Request& request, const FormRow* form) {
    const auto found = visit_of(desk, request);
    if (const auto* const answer = std::get_if<http::Response>(&found)) return *answer;
    const auto& visit = std::get<Visit>(found);
    Shown shown{form ? form->name : front_form(visit), {}, std::nullopt};
    if (const auto booking = booking_to_reverse(desk, request, visit)) {
        shown.form = FormName::reverse;
        shown.answers["booking"] = std::to_string(*booking);
    } else if (const auto typed = request.query_value("boeking")) {
        shown.answers["booking"] = std::string(*typed);
    }
    return desk_page(desk, request, visit, shown);
}

Result<Answers> answers_in(const http::Request& request) {
    const auto form = request.form();
    if (!form) return refuse(form.error());
    Answers answers;
    for (const auto& part : form->parts) answers.emplace(part.name, part.content);
    return answers;
}

std::string where_to(const http::Request& request, const network::CentreRow& centre,
                     const FormRow& form, const Booked& booked) {
    auto url = form_url(request, centre, form);
    url += url.find('?') == url.npos ? '?' : '&';
    if (booked.nothing) return url + "klopt=1";
    url += "gedaan=" + std::to_string(booked.sequence);
    return booked.repeated ? url + "&al=1" : url;
}

Task<http::Response> take(const Desk& desk, const http::Request& request, const FormRow& form) {
    const auto found = visit_of(desk, request);
    if (const auto* const answer = std::get_if<http::Response>(&found)) co_return *answer;
    const auto& visit = std::get<Visit>(found);
    if (!people::sent_from_here(request)) {
        co_return people::stopped(desk.site, request, 403, "error.other_site");
    }
    auto answers = answers_in(request);
    if (!answers) co_return http::problem(request, 400, answers.error());

    Shown shown{form.name, std::move(*answers), std::nullopt};
    const auto id = ledger::MovementId::parse(answer(shown.answers, "id"));
    if (!id) {
        shown.refusal = Refusal{"intake.form_incomplete", {}, {}};
        co_return desk_page(desk, request, visit, shown);
    }
    const Sending sending{visit.centre.id, *id, request.received};
    const auto book_it = [&](Transaction& tx) {
        return book(tx, form.name, shown.answers, sending, visit.caller, desk.categories,
                    desk.on_reversal);
    };
    const auto booked = co_await desk.site.store.write_in(Strand{visit.centre.id.value}, book_it);
    if (!booked) {
        // Said for programs by the ledger; here somebody went back and changed an answer.
        const bool changed = booked.error().code == "ledger.id_reused";
        shown.refusal = changed ? Refusal{"intake.already_sent", {}, {}} : booked.error();
        co_return desk_page(desk, request, visit, shown);
    }
    co_return http::see_other(where_to(request, visit.centre, form, *booked));
}

/// Coroutines keep their arguments, not what a lambda captured: the desk comes in as one.
Task<http::Response> take_named(Desks desk, const http::Request& request) {
    const auto* const form = form_at(request.parameter("form"));
    if (form == nullptr) co_return people::stopped(desk->site, request, 404);
    co_return co_await take(*desk, request, *form);
}

Task<http::Response> take_front(Desks desk, const http::Request& request) {
    co_return co_await take(*desk, request, row_of(FormName::weigh_in));
}

} // namespace

http::Routes routes(const Desk& given) {
    const Desks desk = std::make_shared<const Desk>(given);
    const auto show_front = [desk](const http::Request& request) {
        return show(*desk, request, nullptr);
    };
    const auto show_named = [desk](const http::Request& request) {
        const auto* const form = form_at(request.parameter("form"));
        return form ? show(*desk, request, form) : people::stopped(desk->site, request, 404);
    };
    return {
        {http::Method::get, "/centra/{centre}/balie", http::at_once(show_front)},
        {http::Method::post, "/centra/{centre}/balie",
         [desk](const http::Request& request) { return take_front(desk, request); }},
        {http::Method::get, "/centra/{centre}/balie/{form}", http::at_once(show_named)},
        {http::Method::post, "/centra/{centre}/balie/{form}",
         [desk](const http::Request& request) { return take_named(desk, request); }},
    };
}

} // namespace kringwerk::intake
