// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/network/register.hpp"
#include "rooms/network/set_up_fields.hpp"

namespace kringwerk::network {

/// The form that adds or changes a scale, for `parse_scale`. It shows what `scale` says, and of a
/// new one (number 0) what is known already.
boost::json::object scale_form(const Texts& texts, Language language,
                               const std::optional<Returned>& returned, const Scale& scale,
                               std::string_view action);

} // namespace kringwerk::network
