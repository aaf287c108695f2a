// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/register.hpp"

#include <algorithm>
#include <array>

/// The names of the register's kinds, as tables, forms and the API spell them.
namespace kringwerk::network {
namespace {

constexpr std::array<std::string_view, 5> organisation_kinds{"municipality", "foundation",
                                                             "company", "cooperative", "other"};
constexpr std::array<std::string_view, 7> blocks{"yard",   "shop",  "education", "social",
                                                 "repair", "firms", "government"};
constexpr std::array<std::string_view, 7> block_icons{
    "recycle", "storefront", "graduation-cap", "hand-heart", "wrench", "handshake", "buildings"};
constexpr std::array<std::string_view, 5> tare_kinds{"cage", "container", "trailer", "vehicle",
                                                     "box"};
constexpr std::array<std::string_view, 4> scale_profiles{"sics", "toledo", "kern", "pattern"};

template <class Enum, class Codes>
std::optional<Enum> parse_code(const Codes& codes, std::string_view code) {
    const auto found = std::find(codes.begin(), codes.end(), code);
    if (found == codes.end()) return std::nullopt;
    return static_cast<Enum>(found - codes.begin());
}

} // namespace

std::span<const std::string_view> organisation_kind_codes() { return organisation_kinds; }
std::span<const std::string_view> block_codes() { return blocks; }
std::span<const std::string_view> tare_kind_codes() { return tare_kinds; }
std::span<const std::string_view> scale_profile_codes() { return scale_profiles; }

std::string_view code_of(OrganisationKind kind) {
    return organisation_kinds.at(static_cast<std::size_t>(kind));
}
std::string_view code_of(Block block) { return blocks.at(static_cast<std::size_t>(block)); }
std::string_view icon_of(Block block) { return block_icons.at(static_cast<std::size_t>(block)); }
std::string_view code_of(TareKind kind) { return tare_kinds.at(static_cast<std::size_t>(kind)); }
std::string_view code_of(ScaleProfile profile) {
    return scale_profiles.at(static_cast<std::size_t>(profile));
}

std::string_view code_of(OpenState state) {
    return state == OpenState::open ? "open" : state == OpenState::closed ? "closed" : "unknown";
}

std::optional<OrganisationKind> parse_organisation_kind(std::string_view code) {
    return parse_code<OrganisationKind>(organisation_kinds, code);
}
std::optional<Block> parse_block(std::string_view code) { return parse_code<Block>(blocks, code); }
std::optional<TareKind> parse_tare_kind(std::string_view code) {
    return parse_code<TareKind>(tare_kinds, code);
}
std::optional<ScaleProfile> parse_scale_profile(std::string_view code) {
    return parse_code<ScaleProfile>(scale_profiles, code);
}

} // namespace kringwerk::network
