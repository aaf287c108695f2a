// SPDX-License-Identifier: EUPL-1.2
#include "platform/cli/nearest.hpp"

#include <algorithm>
#include <vector>

namespace kringwerk::cli {

std::size_t edit_distance(std::string_view left, std::string_view right) {
    // Three rows of the table suffice: a swap looks back two.
    std::vector<std::size_t> before_last(right.size() + 1);
    std::vector<std::size_t> last(right.size() + 1);
    std::vector<std::size_t> row(right.size() + 1);
    for (std::size_t column = 0; column <= right.size(); ++column) row[column] = column;
    for (std::size_t line = 1; line <= left.size(); ++line) {
        before_last.swap(last);
        last.swap(row);
        row[0] = line;
        for (std::size_t column = 1; column <= right.size(); ++column) {
            const bool same = left[line - 1] == right[column - 1];
            row[column] = std::min(
                {last[column] + 1, row[column - 1] + 1, last[column - 1] + (same ? 0U : 1U)});
            const bool swapped = line > 1 && column > 1 && left[line - 1] == right[column - 2] &&
                                 left[line - 2] == right[column - 1];
            if (swapped) row[column] = std::min(row[column], before_last[column - 2] + 1);
        }
    }
    return row[right.size()];
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> known) {
    std::optional<std::string> found;
    std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const auto& candidate : known) {
        const auto distance = edit_distance(word, candidate);
        if (distance >= least) continue;
        least = distance;
        found = candidate;
    }
    return found;
}

} // namespace kringwerk::cli
