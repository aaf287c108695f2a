// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/intake/intake.hpp"
#include "rooms/network/network.hpp"

#include <optional>

namespace kringwerk::intake {

/// Who stands at the desk of which centre.
struct Visit {
    network::CentreRow centre;
    people::Caller caller;
};

/// What the page of a desk shows: a form, empty or as it was sent, and why it came back.
struct Shown {
    FormName form = FormName::weigh_in;
    Answers answers;
    std::optional<Refusal> refusal;
};

/// The address of a form, in the language that the page was asked in.
std::string form_url(const http::Request& request, const network::CentreRow& centre,
                     const FormRow& form);

/// True when the caller was granted what the form books.
bool may_use(const Visit& visit, const FormRow& form);

/// 200, or 400 when the form came back.
http::Response desk_page(const Desk& desk, const http::Request& request, const Visit& visit,
                         const Shown& shown);

} // namespace kringwerk::intake
