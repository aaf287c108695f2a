// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/quantities.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "rooms/ledger/types.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What comes to a centre: the product categories below the streams, with what a piece weighs, what
/// it would be as waste and what is dangerous about it. Read from reference/streams/.
namespace kringwerk::network {

/// Where a weight or a list comes from.
struct Source {
    std::string_view code;
    std::string_view title;
    int year = 0;
    std::string_view licence;
    std::string_view address;
};

/// Whether a code of the List of Waste always is what it is, or has a neighbour for the other case.
enum class Entry { absolute, mirror };

/// A code of the European List of Waste, in Dutch Eural.
struct WasteCode {
    std::string_view code; ///< six digits: "200136"
    bool hazardous = false;
    Entry entry = Entry::absolute;
    std::string_view name_nl; ///< the official name; there is none in English here
    Day valid_from;
};
/// "20 01 23*", as it is written on forms; the star says hazardous.
std::string written(const WasteCode& waste_code);

/// A danger that a thing may bring (a hazard), or a thing that is never taken in (a stop), and what
/// to do now in plain words.
struct Advice {
    std::string_view code;
    std::string_view name_nl;
    std::string_view name_en;
    std::string_view what_to_do_nl;
    std::string_view what_to_do_en;

    std::string_view name(Language language) const {
        return language == Language::nl ? name_nl : name_en;
    }
    std::string_view what_to_do(Language language) const {
        return language == Language::nl ? what_to_do_nl : what_to_do_en;
    }
};

/// The five groups in which the member states of the EU report reuse.
enum class EuGroup { textile, eee, furniture, construction, other };
std::string_view code_of(EuGroup group); ///< text "eu_group.<code>"

/// What a category is from one day on. A number may have several, one after the other.
struct Category {
    int number = 0;        ///< 1 to 40: of the Open Repair Data Standard; never given to another
    std::string_view code; ///< "washing-machine"
    Day from;
    std::optional<Day> until; ///< the first day on which it no longer holds; nothing: still
    ledger::Key stream;
    std::string_view name_nl;
    std::string_view name_en;
    std::string_view icon;          ///< a name of the Phosphor icons
    std::optional<Grams> grams;     ///< what a piece counts for; nothing: no figure can be defended
    std::string_view weight_source; ///< code of a `Source`; empty without a weight
    EuGroup eu_group = EuGroup::other;
    std::optional<int> weee;     ///< 1 to 6: category of the European directive
    std::string_view weee_nl;    ///< the Dutch split of it: "2C"; lamps have none
    std::string_view waste_code; ///< what it usually is when a household throws it away
    std::optional<int> ords;     ///< 1 to 40: under which the standard exchanges its repairs
    std::vector<std::string_view> hazards;
    std::string_view stop; ///< empty: welcome

    bool valid_on(Day day) const { return from <= day && (!until || day < *until); }
    std::string_view name(Language language) const {
        return language == Language::nl ? name_nl : name_en;
    }
};

/// The texts of the files of reference/streams/. They must outlive what is read from them.
struct CatalogueFiles {
    std::string_view sources;
    std::string_view waste_codes;
    std::string_view hazards;
    std::string_view stops;
    std::string_view categories;
};

/// The same as values, each list in the order of its file.
struct CatalogueTables {
    std::vector<Source> sources;
    std::vector<WasteCode> waste_codes;
    std::vector<Advice> hazards;
    std::vector<Advice> stops;
    std::vector<Category> categories;
};

/// The categories of all networks and what they refer to. Pointers that it gives last as long as
/// it.
class Catalogue {
  public:
    /// reference/streams/, out of the program.
    static const Catalogue& built_in();

    /// Refuses, with file and line, what `Table` refuses, and in the lists that categories refer to
    /// "network.field_empty", "reference.double" and "reference.unknown". A category is looked at
    /// in this order: "network.category_order" (a number below the one before it),
    /// "network.category_code" (not kebab-case, or the code of another number),
    /// "network.category_days" (no day, or an end that is not after the start),
    /// "network.category_overlap" and "network.category_gap" (two versions of a number hold on one
    /// day, or none does), "network.category_stream", "network.field_empty" (a name),
    /// "network.category_icon", "network.category_source", "network.category_weight" (not above
    /// nothing, or without its source), "network.category_group", "network.category_weee",
    /// "network.category_waste", "network.category_ords", "network.category_hazard",
    /// "network.category_stop".
    static Result<Catalogue> read(const CatalogueFiles& files);

    explicit Catalogue(CatalogueTables tables) : tables_(std::move(tables)) {}

    const CatalogueTables& tables() const { return tables_; }
    /// Nothing when the number means nothing on that day.
    const Category* find(int number, Day day) const;
    /// In the order of the file.
    std::vector<const Category*> of_stream(ledger::Key stream, Day day) const;
    /// Those that are exchanged under a number of the standard; its own category first.
    std::vector<const Category*> of_ords(int ords, Day day) const;
    const Source* source(std::string_view code) const;
    const WasteCode* waste_code(std::string_view code) const;
    const Advice* hazard(std::string_view code) const;
    const Advice* stop(std::string_view code) const;
    /// Those whose names fit what was typed, in the order of the file.
    std::vector<const Category*> search(std::string_view typed, Day day) const;

  private:
    CatalogueTables tables_;
};

/// True when each word typed begins a word of one of the names, or from four letters on stands
/// anywhere in one: Dutch writes an office chair as "bureaustoel". Capitals and accents make no
/// difference. Nothing typed fits nothing.
bool fits_names(std::string_view typed, std::string_view name_nl, std::string_view name_en);

} // namespace kringwerk::network
