// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/demo/journal.hpp"
#include "app/demo/tables.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

/// An example network that looks like life: fictional centres in real municipalities. Plain values
/// out of a seed; no database, no clock.
namespace kringwerk::demo {

enum class Size : std::uint8_t {
    standard, ///< six centres over fifteen months
    full,     ///< fourteen centres over three years
    bench,    ///< as many movements as asked for, over three years
    small,    ///< three centres over five months, for trying something
};

struct PlanRequest {
    std::uint64_t seed = 7;
    Size size = Size::standard;
    Day until;                  ///< the last day; what is booked after it is not there yet
    std::int64_t movements = 0; ///< for bench: about so many
};

/// The centres that a request asks for, in the order of their numbers.
std::vector<CentreEntry> centres_of(const PlanRequest& request);
Day first_day_of(const PlanRequest& request);

/// Day by day, what the server books in all centres. Memory does not grow with the number of days.
class Plan {
  public:
    /// `ids`: one for each of `centres_of(request)`, in that order.
    Plan(const PlanRequest& request, std::span<const CentreId> ids);
    ~Plan();
    Plan(Plan&&) noexcept;

    /// Movements that are booked on the next day, by centre and then in the order of booking.
    /// False, and nothing, when all days are over.
    bool next_day(std::vector<Planned>& into);
    Day day() const; ///< the one that `next_day` gave last

  private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace kringwerk::demo
