// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

namespace kringwerk::workshop {

inline constexpr std::string_view phone_removed = "[phone removed]";
inline constexpr std::string_view mail_removed = "[e-mail removed]";

struct Masked {
    std::string text;
    int phones = 0;
    int mails = 0;
};

/// Takes e-mail addresses and phone numbers out of what people wrote about a repair. The words put
/// in their place are those of published repair data, so that an export reads the same everywhere;
/// masking what was masked changes nothing. Time is linear in the text.
///
/// A phone number is one of:
/// - international, with + or 00 and a country code, of the length of that country where it is
///   near by (Netherlands, Belgium, Germany, France, United Kingdom, North America);
/// - ten digits that begin with 0 (Netherlands, Belgian mobile, France, Switzerland), eleven as
///   British and German mobiles have them, nine in groups as in Belgium;
/// - 3-3-4 with dashes, dots or brackets (North America);
/// - any 7 to 15 digits right behind a word such as "tel", "gsm", "phone" or "bel".
/// Not taken for one: what hangs on letters or underscores (part numbers), stands in a web address,
/// is a date, or follows a word such as "serial", "art.", "type" or "S/N". Short service numbers
/// (0900-1234) are nobody's and stay.
Masked mask_contacts(std::string_view text);

} // namespace kringwerk::workshop
