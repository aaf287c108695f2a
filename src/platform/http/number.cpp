// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/number.hpp"

#include "base/hash.hpp"

#include <cstring>
#include <string_view>

namespace kringwerk::http {
namespace {

constexpr std::string_view letters = "23456789abcdefghjkmnpqrstuvwxyz";
static_assert(letters.size() == 31);
constexpr std::uint64_t how_many = 31ULL * 31 * 31 * 31 * 31 * 31 * 31 * 31;
/// Not divisible by 31: going on by it visits every number once before it comes back.
constexpr std::uint64_t stride = 15'139'939;
static_assert(stride % 31 != 0 && how_many < UINT64_MAX / stride, "no product wraps round");

std::uint64_t anywhere() {
    std::uint64_t begin = 0;
    std::memcpy(&begin, random_bytes(sizeof begin).data(), sizeof begin);
    return begin % how_many;
}

} // namespace

Numbers::Numbers() : next_(anywhere()) {}

std::string Numbers::next() {
    const auto turn = next_.fetch_add(1, std::memory_order_relaxed) % how_many;
    auto value = turn * stride % how_many;
    std::string number(8, ' ');
    for (auto& letter : number) {
        letter = letters[value % 31];
        value /= 31;
    }
    return number;
}

} // namespace kringwerk::http
