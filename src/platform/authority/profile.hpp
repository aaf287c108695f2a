// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

namespace kringwerk::authority {

/// An Apple configuration profile that carries one root certificate. Its ids follow from the
/// certificate.
std::string apple_profile(std::string_view der, std::string_view name);

} // namespace kringwerk::authority
