// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/workshop/mask.hpp"

namespace kringwerk::workshop {

/// The half of `mask_contacts` that finds e-mail addresses: "jan@voorbeeld.nl", also with "[at]"
/// or "(at)" for the sign.
Masked mask_mails(std::string_view text);
/// The half that finds phone numbers.
Masked mask_phones(std::string_view text);

} // namespace kringwerk::workshop
