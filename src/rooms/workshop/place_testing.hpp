// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store_testing.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/people.hpp"
#include "rooms/workshop/export.hpp"
#include "rooms/workshop/import.hpp"
#include "rooms/workshop/workshop.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

/// Books on a real database for the tests of this room.
namespace kringwerk::workshop::testing {

namespace fs = std::filesystem;

inline const Instant at = local_time(*parse_day("2026-01-01"), 600);
inline const Day first_day_ever = *parse_day("1990-01-01");
inline const Day last_day_ever = *parse_day("2030-01-01");

/// A folder of its own with an empty database, gone at the end.
struct Place {
    fs::path folder;
    std::optional<kringwerk::testing::ScratchBooks> books;
    std::unique_ptr<Store> store;

    Place() {
        const auto memory = fs::path("/dev/shm");
        auto pattern =
            ((fs::is_directory(memory) ? memory : fs::temp_directory_path()) / "kw-workshop-XXXXXX")
                .string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        folder = pattern;
        books.emplace(folder);
        store = books->open();
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
        store.reset();
        fs::remove_all(folder);
    }

    ImportReport take(const fs::path& file, const ImportOptions& options = {}) {
        auto report = import_ords(*store, file, options, at);
        REQUIRE(report);
        return *report;
    }
    std::string exported(OrdsVersion version = OrdsVersion::v03) {
        std::string text;
        store->read([&](Snapshot& view) {
            return export_ords(view, version, {}, [&](std::string_view piece) { text += piece; });
        });
        return text;
    }
    fs::path file(std::string_view name, std::string_view text) {
        const auto path = folder / name;
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }
    std::map<std::string, CentreId> centres() {
        std::map<std::string, CentreId> found;
        const auto rows = store->read([](Snapshot& view) { return network::centres(view); });
        for (const auto& row : rows) found[row.external_name.value_or(row.name)] = row.id;
        return found;
    }
    OutcomeCounts counts(CentreId centre) {
        return store->read([&](Snapshot& view) {
            return counts_of_days(view, centre, first_day_ever, last_day_ever);
        });
    }
    /// Reverses the first movement of the centre, as `app` connects the rooms.
    void reverse_first(CentreId centre) {
        const ledger::OnReversal told = on_reversal;
        people::Kinds kinds;
        kinds.set();
        const auto caller = people::internal_caller(people::Role::manager, "proef", kinds);
        const auto posted =
            store
                ->write([&](Transaction& tx) {
                    ledger::Draft draft;
                    draft.id = {derive_uuid8(std::array<std::string_view, 1>{"reversal"})};
                    draft.centre = centre;
                    draft.kind = ledger::Ways::built_in().kind("reverse");
                    draft.happened_at = at;
                    draft.reason = ledger::all_reasons().front().reason;
                    draft.reverses = ledger::movement(tx, centre, std::int64_t{1})->id;
                    return ledger::post(tx, draft, caller, at, &told);
                })
                .get();
        REQUIRE(posted);
    }
    /// Changes rows behind the back of the program; gives how many.
    std::int64_t tamper(const std::string& sql) {
        static constexpr std::array<const char*, 1> triggers{"ledger_movement_is_kept"};
        return books->tamper(sql, triggers);
    }
    bool sums_are_true() {
        return store->read([](Snapshot& view) { return !first_wrong_row(view); });
    }
};

inline std::string file_text(const std::vector<std::string>& rows) {
    auto text = ords_header(OrdsVersion::v03, false);
    for (const auto& row : rows) text += row + "\n";
    return text;
}

inline const std::string kettle =
    "p_1,Proef,NLD,Keuken ~ Waterkoker,Kettle,14,Philips,2015,5,Fixed,,Noord,2020-03-14,lekt";

} // namespace kringwerk::workshop::testing
