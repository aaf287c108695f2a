// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/network.hpp"

#include "base/words.hpp"
#include "rooms/network/queries.hpp"

#include <array>

namespace kringwerk::network {
namespace {

CentreRow read_centre(const Row& row) {
    CentreRow centre{row.id<Centre>(0),
                     std::string(row.text(1)),
                     std::string(row.text(2)),
                     std::string(row.text(3)),
                     std::string(row.text(4)),
                     std::string(row.text(5)),
                     std::nullopt};
    if (!row.null(6)) centre.external_name = std::string(row.text(6));
    return centre;
}

/// The plain letter behind an accented one of Latin-1 (UTF-8 lead byte C3), or nothing.
std::string_view without_accent(unsigned char second) {
    static constexpr std::array<std::string_view, 32> letters{
        "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
        "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "",  "ss"};
    return second < 0x80 ? "" : letters[second & 0x1F];
}

} // namespace

std::string plain_of(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 'A' && byte <= 'Z') {
            plain += static_cast<char>(byte - 'A' + 'a');
        } else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
            plain += static_cast<char>(byte);
        } else if (byte == 0xC3 && i + 1 < text.size()) {
            plain += without_accent(static_cast<unsigned char>(text[++i]));
        } else if (byte < 0x80 && !plain.empty() && plain.back() != '-') {
            plain += '-';
        }
    }
    while (!plain.empty() && plain.back() == '-') plain.pop_back();
    return plain;
}

std::string slug_of(std::string_view name) {
    auto slug = plain_of(name);
    return slug.empty() ? "centrum" : slug;
}

std::vector<CentreRow> centres(Snapshot& view) {
    std::vector<CentreRow> found;
    for (const auto row : view.rows(sql::all_centres)) found.push_back(read_centre(row));
    return found;
}

std::optional<CentreRow> centre(Snapshot& view, CentreId id) {
    return view.first(sql::centre_by_number, read_centre, id);
}

std::optional<CentreRow> centre_by_slug(Snapshot& view, std::string_view slug) {
    return view.first(sql::centre_by_slug, read_centre, slug);
}

std::optional<CentreRow> centre_by_external_name(Snapshot& view, std::string_view name) {
    return view.first(sql::centre_by_external_name, read_centre, name);
}

Result<CentreRow> add_centre(Transaction& tx, CentreRow centre, Instant now) {
    if (trimmed(centre.name).empty()) return refuse("network.name_needed");
    centre.id = {tx.number(sql::newest_centre).value_or(0) + 1};
    const auto wanted = slug_of(centre.name);
    centre.slug = wanted;
    for (int number = 2; centre_by_slug(tx, centre.slug); ++number) {
        centre.slug = wanted + "-" + std::to_string(number);
    }
    tx.run(sql::insert_centre, centre.id, centre.name, centre.slug, centre.municipality,
           centre.place, centre.country, centre.external_name, now);
    return centre;
}

} // namespace kringwerk::network
