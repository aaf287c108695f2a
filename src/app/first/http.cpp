// SPDX-License-Identifier: EUPL-1.2
#include "app/first/answers.hpp"
#include "app/first/pages.hpp"
#include "rooms/people/people.hpp"

#include <memory>
#include <variant>

namespace kringwerk::app::first {
namespace {

using Shared = std::shared_ptr<const FirstRun>;

/// Who came, or the answer that says why they may not be here. `step`: the question that the page
/// is about; without it it is one of those that come later.
std::variant<Come, http::Response> come_in(const FirstRun& with, const http::Request& request,
                                           std::optional<Step> step) {
    const auto& site = with.desk.site;
    auto caller = people::caller_of_request(site.store, request);
    if (!caller) return people::lead_to_sign_in(request);
    if (!may_begin(*caller)) return people::stopped(site, request, 403, "begin.not_allowed");
    if (request.method == http::Method::post && !people::sent_from_here(request)) {
        return people::stopped(site, request, 403, "error.other_site");
    }
    auto far = site.store.read([](Snapshot& view) { return progress(view); });
    if (!far.centre && far.ended) return http::see_other("/centra");
    if (!far.centre && step != Step::centre) return http::see_other(url_of(Step::centre));
    return Come{with, request, http::language_of(request), std::move(*caller), std::move(far)};
}

http::Response lead_on(const FirstRun& with, const http::Request& request) {
    const auto came = come_in(with, request, std::nullopt);
    if (const auto* const answer = std::get_if<http::Response>(&came)) return *answer;
    return http::see_other(url_of_next(std::get<Come>(came).progress));
}

Task<http::Response> ask(Shared with, const http::Request& request) {
    const auto* const row = step_at(request.parameter("step"));
    const auto came = come_in(*with, request, row ? std::optional(row->step) : std::nullopt);
    if (const auto* const answer = std::get_if<http::Response>(&came)) co_return *answer;
    const auto& come = std::get<Come>(came);
    if (!row) co_return people::stopped(with->desk.site, request, 404);
    switch (row->step) {
    case Step::centre:
        co_return centre_page(come, std::nullopt);
    case Step::blocks:
        co_return blocks_page(come, std::nullopt);
    case Step::machines:
        co_return co_await machines_page(come, {});
    case Step::crew:
        co_return crew_page(come, nullptr);
    default:
        co_return books_page(come);
    }
}

Task<http::Response> wait_with(const Come& come, Step step) {
    const auto write = [&](Transaction& tx) {
        if (progress(tx).of(step) == State::open) remember(tx, step, State::later);
        return true;
    };
    std::ignore = co_await come.site().store.write(write);
    co_return to_next(come);
}

Task<http::Response> take(Shared with, const http::Request& request) {
    const auto* const row = step_at(request.parameter("step"));
    const auto came = come_in(*with, request, row ? std::optional(row->step) : std::nullopt);
    if (const auto* const answer = std::get_if<http::Response>(&came)) co_return *answer;
    const auto& come = std::get<Come>(came);
    if (!row) co_return people::stopped(with->desk.site, request, 404);
    const auto form = request.form();
    if (!form) co_return http::problem(request, 400, form.error());
    if (form->value("later") && row->may_wait) co_return co_await wait_with(come, row->step);
    switch (row->step) {
    case Step::centre:
        co_return co_await take_centre(come, *form);
    case Step::blocks:
        co_return co_await take_blocks(come, *form);
    case Step::machines:
        co_return co_await take_machines(come, *form);
    case Step::crew:
        co_return co_await take_crew(come, *form);
    default:
        co_return co_await take_books(come);
    }
}

Task<http::Response> end_now(Shared with, const http::Request& request) {
    const auto came = come_in(*with, request, std::nullopt);
    if (const auto* const answer = std::get_if<http::Response>(&came)) co_return *answer;
    const auto& come = std::get<Come>(came);
    const auto write = [](Transaction& tx) {
        end_first_run(tx);
        return true;
    };
    std::ignore = co_await with->desk.site.store.write(write);
    co_return http::see_other("/centra/" + come.progress.centre->slug + "/balie");
}

/// A page that asks nothing any more.
http::Handler later_page(const Shared& with, http::Response (*page)(const Come&)) {
    return http::at_once([with, page](const http::Request& request) {
        const auto came = come_in(*with, request, std::nullopt);
        const auto* const answer = std::get_if<http::Response>(&came);
        return answer ? *answer : page(std::get<Come>(came));
    });
}

} // namespace

http::Routes routes(const FirstRun& given) {
    const auto with = std::make_shared<const FirstRun>(given);
    using enum http::Method;
    return {
        {get, "/begin",
         http::at_once([with](const http::Request& request) { return lead_on(*with, request); })},
        {get, "/begin/{step}", [with](const http::Request& request) { return ask(with, request); }},
        {post, "/begin/{step}",
         [with](const http::Request& request) { return take(with, request); }},
        {get, "/begin/klaar", later_page(with, done_page)},
        {post, "/begin/klaar",
         [with](const http::Request& request) { return end_now(with, request); }},
        {get, "/begin/proefprint", later_page(with, proof_page)},
        {get, "/begin/herstelblad", later_page(with, sheet_page)}};
}

std::string home_of(Snapshot& view, const people::Caller& caller) {
    if (!may_begin(caller)) return {};
    const auto far = progress(view);
    return !far.over() && far.next() ? "/begin" : "";
}

bool begins_at(Snapshot& view, const people::Caller& caller, CentreId centre) {
    if (!may_begin(caller)) return false;
    const auto far = progress(view);
    return far.centre && far.centre->id == centre && !far.over();
}

} // namespace kringwerk::app::first
