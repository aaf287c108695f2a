// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/links.hpp"

#include "rooms/people/queries.hpp"
#include "rooms/people/secrets.hpp"

namespace kringwerk::people {
namespace {

struct StoredLink {
    Link link;
    bool used = false;
};

StoredLink read_link(Row row) {
    StoredLink read;
    read.link.purpose = static_cast<LinkPurpose>(row.integer(0));
    if (row.integer(1) != 0) read.link.centre = row.id<Centre>(1);
    read.link.person = {row.integer(2)};
    if (row.integer(3) != 0) read.link.role = static_cast<Role>(row.integer(3));
    read.link.name = row.text(4);
    read.link.ends_at = row.instant(6);
    read.used = !row.null(7);
    return read;
}

} // namespace

std::int64_t lives_ms(LinkPurpose purpose) {
    constexpr std::int64_t hour = 3'600'000;
    switch (purpose) {
    case LinkPurpose::first:
        return 24 * hour;
    case LinkPurpose::invite:
        return 7 * 24 * hour;
    case LinkPurpose::reset:
        return 2 * hour;
    case LinkPurpose::device:
        return hour / 2;
    }
    throw Bug("a link has one of four purposes");
}

std::string make_link(Transaction& tx, Link link, Instant now) {
    auto text = new_key("kwl");
    const auto purpose = static_cast<int>(link.purpose);
    const auto centre = link.centre ? link.centre->value : 0;
    const bool one_at_a_time =
        link.purpose == LinkPurpose::first || link.purpose == LinkPurpose::reset;
    if (one_at_a_time) tx.run(sql::end_links, purpose, link.person, centre);
    tx.run(sql::insert_link, sha256(text), purpose, centre, link.person,
           link.role ? static_cast<int>(*link.role) : 0, link.name, now,
           Instant{now.ms + lives_ms(link.purpose)});
    return text;
}

Result<Link> link_of(Snapshot& view, std::string_view text, Instant now) {
    const auto found = view.first(sql::link_by_hash, read_link, sha256(text));
    if (!found) return refuse("people.link_unknown");
    if (found->used) return refuse("people.link_used");
    if (found->link.ends_at <= now) return refuse("people.link_over");
    return found->link;
}

std::vector<OpenLink> open_links(Snapshot& view, LinkPurpose purpose,
                                 std::optional<CentreId> centre, Instant now) {
    std::vector<OpenLink> found;
    const auto where = centre ? centre->value : 0;
    for (const auto row : view.rows(sql::open_links, static_cast<int>(purpose), where, now)) {
        found.push_back({row.digest(8), read_link(row).link, row.instant(5)});
    }
    return found;
}

void end_link(Transaction& tx, const Digest& hash) { tx.run(sql::end_link, hash); }

Result<Link> use_link(Transaction& tx, std::string_view text, Instant now) {
    auto link = link_of(tx, text, now);
    if (link) tx.run(sql::use_link, sha256(text), now);
    return link;
}

} // namespace kringwerk::people
