// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/commands.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// Looks a data folder and its machine over, beside a running server or without one. Reads only,
/// unless it is asked to put right what is safe to put right.
namespace kringwerk::app::doctor {

enum class Grade : std::uint8_t { fine, note, warning, wrong };

/// What one look found. "doctor.<code>" says it; "doctor.<code>.do" says what to do about it,
/// unless it is fine.
struct Finding {
    Grade grade = Grade::fine;
    std::string code;
    TextArguments arguments = {};   ///< may name places and things; stays out of the report
    std::string detail = {};        ///< for the report: a code or a number, never a name
    std::function<void()> fix = {}; ///< safe to do, also beside a running server
};

/// One visit, from the first look to the last.
struct Visit {
    const Call& call;
    bool full = false; ///< take the time for everything
    Instant now;
    std::vector<Finding> findings = {};
    std::map<std::string, std::string> facts = {}; ///< for the report: sizes and counts, no names
    std::optional<Instant> last_booked = {};
};

// In this order; later ones use what earlier ones found out.
void look_at_server(Visit& visit); ///< does it run, are its books usable
void look_at_books(Visit& visit);  ///< schema, heads of the chains, sums
void look_at_folder(
    Visit& visit); ///< strange and left-over files, who may read them, room on the disk
void look_at_machine(Visit& visit); ///< clock and time zones
void look_at_devices(Visit& visit); ///< scales, certificate

} // namespace kringwerk::app::doctor
