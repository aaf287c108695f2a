// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/first/steps.hpp"
#include "app/premises.hpp"
#include "rooms/network/live_scales.hpp"
#include "rooms/people/desk.hpp"

#include <memory>

namespace kringwerk::app::first {

/// What its pages are made with. `premises` lives as long as the routes.
struct FirstRun {
    people::Desk desk;
    std::shared_ptr<network::LiveScales> scales;
    const Premises& premises;
};

/// GET /begin leads to the first open question; GET and POST /begin/{step} asks it and takes the
/// answer; /begin/klaar comes at the end, with the way to the first tablet; /begin/proefprint and
/// /begin/herstelblad are for the printer. For administrators of the network alone.
http::Routes routes(const FirstRun& with);

/// Where somebody begins who has just signed in: "/begin" as long as a question is open to them.
std::string home_of(Snapshot& view, const people::Caller& caller);
/// True for who may go on with it, as long as it is about this centre and not over.
bool begins_at(Snapshot& view, const people::Caller& caller, CentreId centre);
/// The steps for the page of the first manager, which comes before there is anybody to ask.
boost::json::object stepper_of_manager(Language language);

} // namespace kringwerk::app::first
