// SPDX-License-Identifier: EUPL-1.2
#include "platform/devices/line_cutter.hpp"

namespace kringwerk::devices {
namespace {

/// A frame may come with parity in its eighth bit.
char without_parity(char byte) {
    return static_cast<char>(static_cast<unsigned char>(byte) & 0x7F);
}

} // namespace

void LineCutter::feed(std::string_view bytes, const Take& take) {
    for (const char byte : bytes) feed_one(byte, take);
}

void LineCutter::feed_one(char byte, const Take& take) {
    const char plain = frames_ ? without_parity(byte) : byte;
    if (frames_ && plain == start_of_text) {
        hand_over(take);
        line_ = byte;
    } else if (at_checksum_) {
        line_ += byte;
        hand_over(take);
    } else if (plain == '\r' && frames_ && !line_.empty() &&
               without_parity(line_.front()) == start_of_text) {
        line_ += byte;
        at_checksum_ = true;
    } else if (plain == '\r' || plain == '\n') {
        hand_over(take);
    } else if (!dropping_) {
        line_ += byte;
        if (line_.size() <= longest_line) return;
        hand_over(take);
        dropping_ = true;
    }
}

void LineCutter::hand_over(const Take& take) {
    if (!line_.empty()) take(line_);
    line_.clear();
    dropping_ = false;
    at_checksum_ = false;
}

} // namespace kringwerk::devices
