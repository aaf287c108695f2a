// SPDX-License-Identifier: EUPL-1.2
#include "fuzz.hpp"

#include <cstdint>

/// The name by which libFuzzer calls a target.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    kringwerk::fuzz::look_at({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
