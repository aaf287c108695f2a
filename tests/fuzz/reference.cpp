// SPDX-License-Identifier: EUPL-1.2
// Reference files. The first byte chooses which one is made up; the others are those in the
// program.
#include "base/embedded.hpp"
#include "fuzz.hpp"
#include "rooms/network/catalogue.hpp"
#include "rooms/network/municipalities.hpp"
#include "rooms/workshop/categories.hpp"

#include <array>

namespace kringwerk::fuzz {
namespace {

void check(const Result<network::Catalogue>& read) {
    if (!read) return promise(!read.error().code.empty(), "a refusal has its code");
    for (const auto& category : read->tables().categories) {
        promise(category.number > 0 && !category.code.empty(), "a category has number and code");
        promise(!category.grams || category.grams->value > 0, "a weight is above nothing");
    }
}

} // namespace

void look_at(std::string_view text) {
    network::CatalogueFiles files{embedded_or_bug("reference/streams/sources.csv"),
                                  embedded_or_bug("reference/streams/waste_codes.csv"),
                                  embedded_or_bug("reference/streams/hazards.csv"),
                                  embedded_or_bug("reference/streams/stops.csv"),
                                  embedded_or_bug("reference/streams/categories.csv")};
    const std::array<std::string_view*, 5> of_catalogue{
        &files.sources, &files.waste_codes, &files.hazards, &files.stops, &files.categories};
    const auto choice = take_choice(text, of_catalogue.size() + 2);
    if (choice < of_catalogue.size()) {
        *of_catalogue.at(choice) = text;
        return check(network::Catalogue::read(files));
    }
    if (choice == of_catalogue.size()) {
        const auto read = network::parse_municipalities("m.csv", text);
        if (!read) promise(!read.error().code.empty(), "a refusal has its code");
        return;
    }
    const auto read = workshop::parse_ords_categories("c.csv", text);
    promise(!read || read->size() == workshop::category_count, "the standard has its categories");
}

} // namespace kringwerk::fuzz
