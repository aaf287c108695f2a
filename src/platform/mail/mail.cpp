// SPDX-License-Identifier: EUPL-1.2
#include "platform/mail/mail.hpp"

#include "platform/mail/queries.hpp"

#include <algorithm>
#include <vector>

namespace kringwerk::mail {
namespace {

constexpr std::int64_t minute_ms = 60 * 1000;
constexpr std::int64_t day_ms = 24 * 60 * minute_ms;
/// 1, 2, 4, … minutes, then six hours each: 35 tries are about a week.
constexpr int most_tries = 35;

struct Waiting {
    std::int64_t number = 0;
    Letter letter;
    Instant made_at;
    int tries = 0;
};

std::vector<Waiting> waiting(Snapshot& view, Instant now) {
    std::vector<Waiting> letters;
    for (const auto row : view.rows(sql::waiting_letters, now, most_tries)) {
        letters.push_back(
            {row.integer(0),
             {std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))},
             row.instant(4),
             static_cast<int>(row.integer(5))});
    }
    return letters;
}

Instant next_try(Instant now, int tries) {
    return {now.ms + std::min(minute_ms << std::min(tries, 20), day_ms / 4)};
}

} // namespace

void post(Transaction& tx, const Letter& letter, Instant now) {
    const auto number = tx.number(sql::newest_letter).value() + 1;
    tx.run(sql::insert_letter, number, letter.to, letter.subject, letter.words, now);
}

bool anything_waits(Snapshot& view, Instant now) { return !waiting(view, now).empty(); }

Delivered deliver(Store& store, const Server& server, Instant now) {
    Delivered delivered;
    const auto letters = store.read([&](Snapshot& view) { return waiting(view, now); });
    int in_a_row = 0; // that failed: then the server is away, and the others wait for the next time
    for (const auto& each : letters) {
        if (in_a_row == 2) break;
        std::string fault;
        try {
            send(server, each.letter, each.number, each.made_at);
        } catch (const Breakdown& broke) {
            fault = broke.what();
        }
        ++(fault.empty() ? delivered.sent : delivered.failed);
        in_a_row = fault.empty() ? 0 : in_a_row + 1;
        const auto note = [&](Transaction& tx) {
            return fault.empty() ? tx.changed(sql::note_sent, each.number, now)
                                 : tx.changed(sql::note_not_sent, each.number,
                                              next_try(now, each.tries), fault);
        };
        store.write(note).get();
    }
    if (!letters.empty()) {
        const auto forget = [&](Transaction& tx) {
            return tx.changed(sql::forget_letters, Instant{now.ms - 30 * day_ms});
        };
        store.write(forget).get();
    }
    return delivered;
}

std::optional<std::string> last_fault(Snapshot& view) {
    return view.first(sql::last_fault, [](Row row) { return std::string(row.text(0)); });
}

} // namespace kringwerk::mail
