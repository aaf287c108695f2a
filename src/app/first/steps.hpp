// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/types.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// The first run: what somebody is asked who begins with an empty folder, one question after the
/// other, and how far they are.
namespace kringwerk::app::first {

enum class Step : std::uint8_t { manager, centre, blocks, machines, crew, books };
inline constexpr std::size_t step_count = 6;

struct StepRow {
    Step step;
    std::string_view code; ///< of its texts, and of what is remembered about it
    std::string_view path; ///< below /begin; empty: a page of another room asks it
    bool may_wait;         ///< "Later" is an answer too
};
/// In the order in which they are asked.
std::span<const StepRow, step_count> all_steps();
const StepRow& row_of(Step step);
/// Null when no step is asked there.
const StepRow* step_at(std::string_view path);

enum class State : std::uint8_t { open, later, done };

/// How far the first run is: out of the books and the register, where they tell.
struct Progress {
    /// The centre that it is about; nothing before there is one, or when there is nothing to lead.
    std::optional<network::CentreRow> centre;
    std::array<State, step_count> states{};
    /// Somebody said that it is over, or the network was there already.
    bool ended = false;

    State of(Step step) const { return states[static_cast<std::size_t>(step)]; }
    /// The first that nobody answered or put off.
    std::optional<Step> next() const;
    bool over() const;
};
Progress progress(Snapshot& view);

/// Whether it is for this caller: for administrators of the network alone.
bool may_begin(const people::Caller& caller);

void remember(Transaction& tx, Step step, State state);
/// The centre that the other steps are about from now on.
void remember_centre(Transaction& tx, CentreId centre);
void end_first_run(Transaction& tx);

/// What was tried out at the step of the machines, and did work.
enum class Machine : std::uint8_t { printer, scanner };
void remember_works(Transaction& tx, Machine machine);
bool works(Snapshot& view, Machine machine);

} // namespace kringwerk::app::first
