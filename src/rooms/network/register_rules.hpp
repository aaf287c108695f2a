// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/network/register.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What may stand in the register. Forms and actions ask the same rules, so that a form can say all
/// that is wrong at once, and nothing gets in by another way.
namespace kringwerk::network {

/// Remembers the first complaint about each field, in the order in which they come.
class Wrong {
  public:
    void add(std::string_view field, std::string_view code, TextArguments arguments = {});
    bool about(std::string_view field) const;
    bool none() const { return fields_.empty(); }

    /// Refuses "network.wrong_fields" with all of them.
    Result<void> finish();
    template <class T> Result<T> finish(T value) {
        auto finished = finish();
        if (!finished) return refuse(std::move(finished.error()));
        return Result<T>(std::move(value));
    }

  private:
    std::vector<FieldRefusal> fields_;
};

/// What a centre is called, where it stands and whose it is.
struct Details {
    std::string name;
    Address address;
    std::string municipality; ///< code
    std::optional<Point> point;
    std::string organisation; ///< its name; empty: not known
    /// Of an organisation that is not in the register yet.
    OrganisationKind organisation_kind = OrganisationKind::foundation;
};

/// What a centre has: all else is switched off.
struct Offered {
    std::set<ledger::Place> places;
    std::set<ledger::Key> streams;
};

// Each says in the order of its fields what is wrong, under the field's name in forms and the API.
// A text that is too long is "network.too_long" everywhere.

/// name "network.name_needed"; street, house_number and postcode "network.street_needed",
/// "network.house_number_needed" and "network.postcode_needed" when a street or a number is there
/// and the others are not, postcode "network.postcode_wrong"; place "network.place_needed";
/// municipality "network.municipality_needed", "network.municipality_unknown"; latitude
/// "network.point_outside" when it is not in the Netherlands (of Europe).
void check(const Details& details, Wrong& wrong);
/// day "network.day_past", "network.day_far" (over three years ahead); reason
/// "network.reason_needed".
void check(const ClosedDay& closed, Day today, Wrong& wrong);
/// since "network.day_ahead"; evidence "network.evidence_needed".
void check(const BuildingBlock& block, Day today, Wrong& wrong);
/// places "network.places_needed", "network.not_stock"; streams "network.streams_needed".
void check(const Offered& offered, Wrong& wrong);
/// name "network.label_needed"; grams "network.tare_outside" (above nothing, up to 60 t);
/// valid_from "network.day_far" (over a year ahead).
void check(const Tare& tare, Day today, Wrong& wrong);
/// name "network.label_needed"; place "network.scale_place_needed"; host "network.host_wrong"; port
/// "network.port_wrong"; pattern "network.pattern_needed", "network.pattern_needless" or what
/// `devices::parse_line_pattern` refuses; most "network.most_outside" (above nothing, up to 100 t);
/// step "network.step_outside" (above nothing, up to `most`).
void check(const Scale& scale, Wrong& wrong);

/// "7201ab" and "7201 AB" to "7201 AB"; nothing when it is no Dutch postcode.
std::optional<std::string> parse_postcode(std::string_view text);

} // namespace kringwerk::network
