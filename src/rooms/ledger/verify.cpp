// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/verify.hpp"

#include "rooms/ledger/queries.hpp"
#include "rooms/ledger/verify_chain.hpp"

#include <limits>

namespace kringwerk::ledger {
namespace {

/// The first centre after `after` that any table of the books names.
std::optional<CentreId> centre_after(Snapshot& view, std::int64_t after) {
    const auto read = [](Row row) {
        return row.null(0) ? std::optional<CentreId>{} : std::optional{row.id<Centre>(0)};
    };
    return view.first(sql::next_centre, read, after).value_or(std::nullopt);
}

std::optional<Finding> replay(Snapshot& view, CentreId centre, Replayed& replayed,
                              const Progress& progress) {
    auto wrong = ChainReplay(view, centre, replayed, progress).run();
    if (!wrong) ++replayed.centres;
    if (progress) progress(replayed);
    return wrong;
}

/// What people call it, when the code is that of a place, a stream or another key.
std::string in_words(const Texts& texts, Language language, const std::string& name,
                     const std::string& value) {
    if (name == "amount") return texts.say(language, "verify.amount." + value);
    if (name == "kind" && texts.has(language, "kind." + value)) {
        return texts.say(language, "kind." + value);
    }
    if (const auto day = parse_day(value)) return show_day(language, *day);
    if (const auto month = parse_month(value)) return show_month(language, *month);
    for (const std::string_view prefix : {"place.", "stream.", "key.", "basis."}) {
        const auto code = std::string(prefix) + value;
        if (texts.has(language, code)) return texts.say(language, code);
    }
    return value;
}

} // namespace

std::string say(const Texts& texts, Language language, const Finding& finding) {
    TextArguments words;
    for (const auto& [name, value] : finding.arguments) {
        words.emplace_back(name, in_words(texts, language, name, value));
    }
    return texts.say(language, "verify." + finding.code, words);
}

Verified verify(Snapshot& view, const Progress& progress) {
    Verified verified;
    auto centre = centre_after(view, std::numeric_limits<std::int64_t>::min());
    while (centre && !verified.wrong) {
        verified.wrong = replay(view, *centre, verified.replayed, progress);
        centre = centre_after(view, centre->value);
    }
    return verified;
}

Verified verify_centre(Snapshot& view, CentreId centre, const Progress& progress) {
    Verified verified;
    verified.wrong = replay(view, centre, verified.replayed, progress);
    return verified;
}

} // namespace kringwerk::ledger
