// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/devices/scale_line.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace kringwerk::devices {

/// Cuts the bytes of a scale into lines, however they come in. It never holds more than one line of
/// `longest_line` bytes: a longer one is handed over with one byte more than that, which
/// `parse_line` refuses, and its remainder is dropped.
///
/// A text line ends at CR or LF, and empty ones are passed over. A frame of `toledo` begins at STX
/// and has a CR, behind which its checksum may follow. Whether it does shows only when the next
/// byte comes; a frame without one is therefore handed over when the next frame begins. What stands
/// outside frames is cut as text lines, so that a person with the wrong profile sees what comes in.
class LineCutter {
  public:
    explicit LineCutter(Profile profile) : frames_(profile == Profile::toledo) {}
    void feed(std::string_view bytes, const std::function<void(std::string_view)>& take);

  private:
    using Take = std::function<void(std::string_view)>;
    void feed_one(char byte, const Take& take);
    void hand_over(const Take& take);

    bool frames_;
    bool dropping_ = false; ///< the remainder of a line that was too long
    bool at_checksum_ = false;
    std::string line_;
};

} // namespace kringwerk::devices
