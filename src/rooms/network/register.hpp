// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/opening_hours.hpp"
#include "base/quantities.hpp"
#include "platform/store/store.hpp"
#include "rooms/ledger/types.hpp"
#include "rooms/people/types.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The register of centres: what a centre is beyond its name. register_actions.hpp changes it.
namespace kringwerk::network {

struct CentreRow;

enum class OrganisationKind : std::uint8_t {
    municipality,
    foundation,
    company,
    cooperative,
    other
};
using OrganisationId = Id<struct OrganisationTag>;

/// Who runs a centre.
struct Organisation {
    OrganisationId id;
    std::string name;
    OrganisationKind kind = OrganisationKind::foundation;
};

struct Address {
    std::string street;
    std::string house_number; ///< "12a"
    std::string postcode;     ///< "7201 AB"
    std::string place;
};

/// In millionths of a degree (WGS 84): about 11 cm.
struct Point {
    std::int32_t latitude = 0;
    std::int32_t longitude = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

/// What a circular craft centre brings together: five blocks of its own, and firms and government
/// beside it (Antea Group; NVRD asked for at least these five in 2022).
enum class Block : std::uint8_t { yard, shop, education, social, repair, firms, government };

struct BuildingBlock {
    Block block = Block::yard;
    Day since;
    std::string evidence; ///< what shows that it is there
};

struct ClosedDay {
    Day day;
    std::string reason; ///< "inventarisatie"
};

enum class TareKind : std::uint8_t { cage, container, trailer, vehicle, box };

/// The weight of an empty bin. It never changes: one that weighs otherwise now is another tare.
struct Tare {
    int number = 0; ///< in its centre, from 1
    std::string name;
    TareKind kind = TareKind::cage;
    Grams grams;
    Day valid_from;
    std::optional<Instant> retired_at;
};

/// How a scale speaks.
enum class ScaleProfile : std::uint8_t { sics, toledo, kern, pattern };

struct Scale {
    int number = 0; ///< in its centre, from 1
    std::string name;
    std::string place; ///< where it stands, in a word: "poort"
    std::string host;
    int port = 0;
    ScaleProfile profile = ScaleProfile::sics;
    std::string pattern; ///< of ScaleProfile::pattern, else empty
    Grams most;
    Grams step;
    std::optional<Day> verified_until; ///< last day of its verification
    std::optional<Instant> retired_at;
};

/// What the register knows about a centre. Of one that was never set up: nothing, and all places.
struct Registered {
    CentreId centre;
    Address address; ///< its place is that of the centre's row
    std::optional<Point> point;
    std::string municipality; ///< code: "GM0301"; empty: not known
    std::optional<Organisation> organisation;
    std::optional<OpeningHours> hours;
    std::vector<ClosedDay> closed_days; ///< by day
    std::vector<BuildingBlock> blocks;  ///< in the order of the enum
    std::set<ledger::Place> places_off; ///< stock that this centre does not have
    std::set<ledger::Key> streams_off;

    bool offers(ledger::Place place) const { return !places_off.contains(place); }
    bool offers(ledger::Key stream) const { return !streams_off.contains(stream); }
    /// Public holidays, and its own closed days.
    Holidays holidays() const;
};

/// Hours that this version cannot read, written by a newer one, are a bug.
Registered registered(Snapshot& view, const CentreRow& centre);
std::vector<Organisation> organisations(Snapshot& view); ///< by name
/// All of a centre, also retired ones, by number.
std::vector<Tare> tares(Snapshot& view, CentreId centre);
std::vector<Scale> scales(Snapshot& view, CentreId centre);
/// Nothing when it is retired or not valid yet.
std::optional<Tare> tare_in_use(Snapshot& view, CentreId centre, int number, Day on);
std::optional<Scale> scale_in_use(Snapshot& view, CentreId centre, int number);

/// The places of stock, in the order of the ledger: what a centre may have or not.
const std::vector<ledger::Place>& stock_places();

// Each in the order of its enum; codes as the tables and the API spell them.
std::span<const std::string_view> organisation_kind_codes();
std::span<const std::string_view> block_codes();
std::span<const std::string_view> tare_kind_codes();
std::span<const std::string_view> scale_profile_codes();
std::string_view code_of(OrganisationKind kind);
std::string_view code_of(Block block);
std::string_view icon_of(Block block); ///< name of its pictogram
std::string_view code_of(TareKind kind);
std::string_view code_of(ScaleProfile profile);
std::string_view code_of(OpenState state);
std::optional<OrganisationKind> parse_organisation_kind(std::string_view code);
std::optional<Block> parse_block(std::string_view code);
std::optional<TareKind> parse_tare_kind(std::string_view code);
std::optional<ScaleProfile> parse_scale_profile(std::string_view code);

} // namespace kringwerk::network
