// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"

#include <cstdint>
#include <optional>
#include <string>

/// Mail. A letter is first written down in the transaction of what it is about, then delivered to
/// a mail server, again and again until that takes it.
namespace kringwerk::mail {

struct Letter {
    std::string to;      ///< an address
    std::string subject; ///< one line
    std::string words;   ///< plain text
};

/// Writes it down; `deliver` takes it from there.
void post(Transaction& tx, const Letter& letter, Instant now);

/// The mail server that takes our letters.
struct Server {
    std::string url;       ///< "smtp://mail.example.org:587", "smtps://…"
    std::string from;      ///< the address that letters come from
    std::string user = {}; ///< empty: it takes them without
    std::string password = {};
};

/// Hands one letter to the server. `number` and `made_at` make its Message-ID, the same at each
/// try, so that a letter that came twice is recognised. The line is encrypted unless the server is
/// this machine. Throws `Breakdown` with what the server said.
void send(const Server& server, const Letter& letter, std::int64_t number, Instant made_at);

/// Whether a letter's turn is.
bool anything_waits(Snapshot& view, Instant now);

struct Delivered {
    int sent = 0;
    int failed = 0;
};
/// Sends what waits and whose turn is. What fails waits longer each time, a minute at first, up to
/// six hours, and is given up after a week. Letters older than a month are forgotten.
Delivered deliver(Store& store, const Server& server, Instant now);

/// Why the newest letter that is not delivered is not; nothing when all are.
std::optional<std::string> last_fault(Snapshot& view);

/// A header of words that may hold any letter (RFC 2047), and the date of a letter (RFC 5322).
std::string encoded_words(std::string_view text);
std::string letter_date(Instant moment);

} // namespace kringwerk::mail
