// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace kringwerk {

/// Named values for the holes in a text: {"given", "-1"} fills `{given}`.
using TextArguments = std::vector<std::pair<std::string, std::string>>;

/// One wrong field of a form, file or request body.
struct FieldRefusal {
    std::string field; ///< as the sender calls it: "mass_g", "transfers[2].from"
    std::string code;
    TextArguments arguments;
};

/// What a person, file or device can cause. The code is stable: tests name it, and the catalogue
/// of texts holds "refusal.<code>" in Dutch and English: what happened and what to do.
struct [[nodiscard]] Refusal {
    std::string code;
    TextArguments arguments;
    std::vector<FieldRefusal> fields; ///< all wrong fields at once, when it is about fields
};

template <class T> using Result = tl::expected<T, Refusal>;

inline tl::unexpected<Refusal> refuse(std::string_view code, TextArguments arguments = {}) {
    return tl::unexpected<Refusal>(Refusal{std::string(code), std::move(arguments), {}});
}
inline tl::unexpected<Refusal> refuse(Refusal refusal) {
    return tl::unexpected<Refusal>(std::move(refusal));
}

} // namespace kringwerk
