// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/quantities.hpp"
#include "base/result.hpp"
#include "rooms/ledger/types.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kringwerk::demo {

/// A centre of the example: reference/demo/centres.csv.
struct CentreEntry {
    std::string name;
    std::string municipality;
    std::string place;
    bool standard = false; ///< one of the six
    bool village = false;
    std::array<bool, 7> open_on{}; ///< 0 Sunday
    std::int64_t visits = 0;       ///< paying visits on an average open day, thousandths
    std::int64_t growth = 0;       ///< a year, in thousandths
    int opens_after = 0;           ///< months
    bool yard = false;
    int north = 0; ///< thousandths of a degree
    int east = 0;
};

/// How a stream behaves: reference/demo/streams.csv. Shares are thousandths.
struct StreamEntry {
    ledger::Key stream;
    std::int64_t intake = 0;
    Grams piece;
    Cents price;
    std::int64_t line = 0;
    std::int64_t to_shop = 0;
    std::int64_t to_workshop = 0;
    std::int64_t recycled = 0;
    std::int64_t energy = 0;
    std::int64_t disposed = 0;
    std::int64_t exported = 0;
    ledger::Key vat;
};

/// What owners bring for repair: reference/demo/devices.csv, with what the standard says of it.
struct DeviceEntry {
    ledger::CategoryId category;
    ledger::Key stream;
    Grams each; ///< 0: no figure can be defended
    std::int64_t brought = 0;
    std::int64_t fixed = 0;

    /// Computers, phones and tablets hold what their owners wrote in them.
    bool carries_data() const;
};

/// A bug when there is no such stream.
ledger::Key stream_named(std::string_view code);

struct Tables {
    std::vector<CentreEntry> centres;
    std::vector<StreamEntry> streams; ///< one for each stream, in the order of the ledger
    std::vector<DeviceEntry> devices;
    std::vector<std::int64_t> brought; ///< of each device, to draw one

    const StreamEntry& of(ledger::Key stream) const { return streams.at(stream.number - 1U); }

    static const Tables& built_in();
    /// Refuses what base/table.hpp refuses, and "reference.unknown" for a stream, VAT scheme,
    /// weekday or category that is not one.
    static Result<Tables> read(std::string_view centres_csv, std::string_view streams_csv,
                               std::string_view devices_csv);
};

} // namespace kringwerk::demo
