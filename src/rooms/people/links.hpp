// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/hash.hpp"
#include "platform/store/store.hpp"
#include "rooms/people/accounts.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Links that let somebody in once.
namespace kringwerk::people {

enum class LinkPurpose : std::uint8_t {
    first = 1,  ///< the first administrator
    invite = 2, ///< a new person with one role
    reset = 3,  ///< a new password for somebody
    device = 4, ///< the browser that opens it becomes a device of a centre
};

struct Link {
    LinkPurpose purpose = LinkPurpose::invite;
    std::optional<CentreId> centre;
    PersonId person = {};     ///< whose password it resets
    std::optional<Role> role; ///< that the invited person gets
    std::string name;         ///< of the person or device
    Instant ends_at;
};

/// How long one counts, by its purpose: a device is paired at once, an invitation waits a week.
std::int64_t lives_ms(LinkPurpose purpose);
/// Makes one and gives its text, "kwl_...", which is nowhere else. Older ones of the same purpose
/// for the same person no longer count.
std::string make_link(Transaction& tx, Link link, Instant now);
/// Refuses "people.link_unknown", "people.link_used", "people.link_over".
Result<Link> link_of(Snapshot& view, std::string_view text, Instant now);
/// The same, and it is used then: once.
Result<Link> use_link(Transaction& tx, std::string_view text, Instant now);

/// A link that still waits for somebody. The hash names it and opens nothing.
struct OpenLink {
    Digest hash{};
    Link link;
    Instant made_at;
};
/// Oldest first. No centre: those of the network.
std::vector<OpenLink> open_links(Snapshot& view, LinkPurpose purpose,
                                 std::optional<CentreId> centre, Instant now);
/// It no longer counts.
void end_link(Transaction& tx, const Digest& hash);

} // namespace kringwerk::people
