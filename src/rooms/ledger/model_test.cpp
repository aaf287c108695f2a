// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/history_testing.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace kringwerk;
using namespace kringwerk::ledger;
using namespace kringwerk::ledger::testing;

// Random histories are booked in the real books and in the model of book_model.hpp, which must
// agree on every answer and on all that is kept. KRINGWERK_SEED=<number> plays one history again,
// KRINGWERK_HISTORIES=<number> says how many to play.
namespace {

using model::Answer;
using model::BookModel;

/// A moment of a history at which the books could have been found after a crash.
struct Moment {
    std::int64_t sequence = 0;
    BookModel model;
};

Answer answer_of(const Result<Posted>& posted) {
    if (posted) {
        return {"",           posted->repeated, posted->sequence, posted->effective_on.number,
                posted->late, posted->oddity};
    }
    const auto& refusal = posted.error();
    return {.refused = refusal.fields.empty() ? refusal.code : refusal.fields[0].code};
}

std::string text_of(const Answer& answer) {
    if (!answer.refused.empty()) return answer.refused;
    return fmt::format("{} at {}, day {}{}, oddity {}", answer.repeated ? "repeated" : "booked",
                       answer.sequence, answer.day, answer.late ? " late" : "",
                       static_cast<int>(answer.oddity));
}

/// Books a step as the rooms do: one movement in its own transaction, or several in one posting.
std::vector<Result<Posted>> book(Store& store, const Step& step) {
    const auto caller = everybody();
    if (step.drafts.size() == 1) {
        std::vector<Result<Posted>> answers;
        answers.push_back(
            store.write([&](Transaction& tx) { return post(tx, step.drafts[0], caller, step.now); })
                .get());
        return answers;
    }
    return store
        .write([&](Transaction& tx) {
            Posting posting(tx, caller, step.now);
            std::vector<Result<Posted>> answers;
            for (const auto& draft : step.drafts) answers.push_back(posting.post(draft));
            posting.finish();
            return answers;
        })
        .get();
}

void mark(Store& store, CentreId centre, ItemId id, bool needs_clearance) {
    store
        .write([&](Transaction& tx) {
            auto known = item(tx, centre, id);
            if (!known) return 0;
            known->clearance = needs_clearance ? Item::Clearance::needed : Item::Clearance::given;
            mark_item(tx, *known);
            return 0;
        })
        .get();
}

bool same_flows(const std::vector<Flow>& found,
                const std::map<model::FlowKey, model::Total>& expected) {
    auto next = expected.begin();
    for (const auto& flow : found) {
        if (next == expected.end()) return false;
        const model::FlowKey key{flow.period, flow.from, flow.to, flow.category.value, flow.basis};
        if (next->first != key || next->second != model::Total{flow.amounts, flow.transfers}) {
            return false;
        }
        ++next;
    }
    return next == expected.end();
}

bool same_balances(Snapshot& view, CentreId centre, const BookModel& book) {
    auto next = book.balances().begin();
    for (const auto& row : balances(view, centre)) {
        if (next == book.balances().end() || next->first != row.account ||
            next->second != row.amounts) {
            return false;
        }
        ++next;
    }
    return next == book.balances().end();
}

bool same_lists(Snapshot& view, CentreId centre, const BookModel& book) {
    std::vector<std::pair<MovementId, bool>> odd;
    for (const auto& line : oddities(view, centre))
        odd.emplace_back(line.movement.id, line.settled);
    std::vector<MovementId> late_ones;
    for (const auto& movement : late(view, centre, 1'000)) late_ones.push_back(movement.id);
    return odd == book.oddities() && late_ones == book.late();
}

bool same_items(Snapshot& view, CentreId centre, const BookModel& book) {
    for (std::int64_t number = 1; number <= 3; ++number) {
        const auto id = make_item(centre, number);
        const auto found = item(view, centre, id);
        const auto expected = book.items().find(id.value);
        if (found.has_value() != (expected != book.items().end())) return false;
        if (found && (found->at != expected->second.at ||
                      found->category.value != expected->second.category)) {
            return false;
        }
    }
    return true;
}

/// What stands there of a stream at the end of a day, by the flows of all days, which are compared
/// with the model themselves. Of all streams together: `no_key`.
Grams stock_at_end_of(Snapshot& view, CentreId centre, Day day, Key stream) {
    Grams stock;
    const auto counts = [&](Account account) {
        return is_stock(account.place) && (stream == no_key || account.key == stream);
    };
    for (const auto& flow : flows_of_days(view, centre, {-1'000}, day)) {
        if (counts(flow.to)) stock += flow.amounts.grams;
        if (counts(flow.from)) stock -= flow.amounts.grams;
    }
    return stock;
}

/// Early and late in the books, where stock is counted from the one end or from the other.
bool equation_holds(Snapshot& view, CentreId centre, const BookModel& book) {
    constexpr std::array<std::pair<int, int>, 6> periods{{{0, 40'000},
                                                          {20'885, 20'920},
                                                          {20'900, 20'900},
                                                          {20'850, 20'890},
                                                          {20'950, 20'960},
                                                          {20'990, 21'400}}};
    for (const auto& [first, last] : periods) {
        const auto lines = equation(view, centre, {first}, {last});
        for (const auto& line : lines) {
            if (!line.holds()) return false;
            if (line.opening != stock_at_end_of(view, centre, {first - 1}, line.stream) ||
                line.closing != stock_at_end_of(view, centre, {last}, line.stream)) {
                return false;
            }
        }
        if (last == 40'000 && lines.back().closing != book.stock()) return false;
    }
    return true;
}

/// What differs between the books and the model, or nothing.
std::string difference(Store& store, CentreId centre, const BookModel& book) {
    return store.read([&](Snapshot& view) -> std::string {
        const auto verified = verify_centre(view, centre);
        if (verified.wrong) return say(Texts::built_in(), Language::en, *verified.wrong);
        if (verified.replayed.movements != book.sequence()) return "the number of movements";
        if (!same_balances(view, centre, book)) return "balances";
        if (!same_flows(flows_of_days(view, centre, {-1'000}, {40'000}), book.days()))
            return "days";
        if (!same_flows(flows_of_months(view, centre, {0}, {40'000}), book.months()))
            return "months";
        if (!same_items(view, centre, book)) return "items";
        if (!same_lists(view, centre, book)) return "oddities or late movements";
        if (!equation_holds(view, centre, book)) return "the equation of stock";
        return "";
    });
}

/// One history in one centre.
class Play {
  public:
    Play(std::uint64_t seed, CentreId centre) : centre_(centre), history_(seed, centre) {
        moments_.push_back({0, book_});
    }

    int length() { return history_.length(); }

    /// Books the next step; says what answer was wrong.
    std::string step(Store& store) {
        auto step = history_.next();
        if (step.needs_clearance) {
            const auto [id, needed] = *step.needs_clearance;
            mark(store, centre_, id, needed);
            const auto known = book_.items().find(id.value);
            if (known != book_.items().end()) known->second.needs_clearance = needed;
            counted_.push_back(std::move(step));
            moments_.push_back({book_.sequence(), book_});
            return "";
        }
        Step counted{step.now, {}, {}};
        const auto answers = book(store, step);
        for (std::size_t i = 0; i < answers.size(); ++i) {
            const auto& draft = step.drafts[i];
            const auto expected = book_.post(draft, code_of_kind(draft.kind), step.now);
            const auto found = answer_of(answers[i]);
            ++answers_[expected.refused.empty() ? (expected.repeated ? "repeated" : "booked")
                                                : expected.refused];
            if (found != expected) {
                return fmt::format("{} of {}: the books say {}, the model {}",
                                   code_of_kind(draft.kind), draft.id.text(), text_of(found),
                                   text_of(expected));
            }
            if (expected.refused.empty() && !expected.repeated) counted.drafts.push_back(draft);
        }
        if (!counted.drafts.empty()) counted_.push_back(std::move(counted));
        moments_.push_back({book_.sequence(), book_});
        return "";
    }

    std::string compare(Store& store) const { return difference(store, centre_, book_); }

    /// Books that were found after a crash must be those of some moment; sending again all that
    /// was answered must lead to the present ones.
    std::string recover(Store& store) const {
        const auto found = store.read([&](Snapshot& view) { return head(view, centre_); });
        const auto sequence = found ? found->sequence : 0;
        std::string why = "no moment has this many movements";
        for (const auto& moment : moments_) {
            if (moment.sequence != sequence) continue;
            why = difference(store, centre_, moment.model);
            if (why.empty()) break;
        }
        if (!why.empty()) return "after the crash: " + why;
        for (const auto& step : counted_) {
            if (step.needs_clearance) {
                mark(store, centre_, step.needs_clearance->first, step.needs_clearance->second);
                continue;
            }
            for (const auto& answer : book(store, step)) {
                if (!answer) return "sent again after the crash: " + answer.error().code;
            }
        }
        why = compare(store);
        return why.empty() ? "" : "after sending all again: " + why;
    }

    const std::map<std::string, int>& answers() const { return answers_; }

  private:
    CentreId centre_;
    History history_;
    BookModel book_;
    std::vector<Moment> moments_;
    std::vector<Step> counted_; ///< what was booked, and marks
    std::map<std::string, int> answers_;
};

/// Histories side by side in one file, each in a centre of its own; now and then a new file.
class Shelf {
  public:
    Store& store() {
        if (!books_ || ++used_ > 500) {
            books_ = std::make_unique<Books>();
            used_ = 0;
        }
        return books_->store();
    }

  private:
    std::unique_ptr<Books> books_;
    int used_ = 0;
};

std::string play(std::uint64_t seed, Store& store, CentreId centre,
                 std::map<std::string, int>& answers) {
    Play play(seed, centre);
    for (int left = play.length(); left > 0; --left) {
        auto wrong = play.step(store);
        if (!wrong.empty()) return wrong;
    }
    for (const auto& [answer, count] : play.answers()) answers[answer] += count;
    return play.compare(store);
}

/// Copies the files as a crash would leave them; `cut` bytes of the log did not reach the disk.
void copy_files(const fs::path& from, const fs::path& to, std::uintmax_t cut) {
    const auto log = fs::path(from.string() + "-wal");
    fs::copy_file(from, to);
    if (!fs::exists(log)) return;
    const auto copy = fs::path(to.string() + "-wal");
    fs::copy_file(log, copy);
    fs::resize_file(copy, fs::file_size(copy) - cut);
}

/// Plays a history; between steps the power fails, and the books are opened as they are found.
std::string play_with_crashes(std::uint64_t seed) {
    Books books;
    const CentreId centre{5};
    Play play(seed, centre);
    std::mt19937_64 random(seed ^ 0xC0FFEE);
    const auto log = fs::path(books.scratch().file().string() + "-wal");
    const auto before = fs::exists(log) ? fs::file_size(log) : 0; // the schema reached the disk
    for (int left = play.length(); left > 0; --left) {
        auto wrong = play.step(books.store());
        if (!wrong.empty()) return wrong;
        if (left > 1 && random() % 3 != 0) continue;
        const Scratch found;
        const auto written = fs::exists(log) ? fs::file_size(log) - before : 0;
        const auto cut = written > 0 && random() % 2 == 0 ? random() % written : 0;
        copy_files(books.scratch().file(), found.file(), cut);
        StoreOptions options;
        options.throw_away = true;
        auto store = open_sqlite(found.file(), options);
        if (!store) return "a copy does not open: " + store.error().code;
        wrong = play.recover(**store);
        if (!wrong.empty()) return wrong;
    }
    return play.compare(books.store());
}

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* const text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// A seed that the run prints when it fails.
std::uint64_t seed_of(std::uint64_t run, std::uint64_t number) {
    return (run + number) * 0x9E3779B97F4A7C15U ^ 0x5DEECE66DU;
}

void fail(std::uint64_t seed, const std::string& wrong) {
    FAIL_CHECK(fmt::format("KRINGWERK_SEED={}: {}", seed, wrong));
}

} // namespace

TEST_CASE("whatever is sent, the books answer and keep what the plain model predicts") {
    std::map<std::string, int> answers;
    if (const auto seed = number_from("KRINGWERK_SEED", 0); seed != 0) {
        Shelf shelf;
        const auto wrong = play(seed, shelf.store(), {1}, answers);
        if (!wrong.empty()) fail(seed, wrong);
        return;
    }
    const auto count = number_from("KRINGWERK_HISTORIES", 10'000);
    const std::uint64_t run = std::random_device{}();
    Shelf shelf;
    int wrong_ones = 0;
    for (std::uint64_t i = 0; i < count && wrong_ones < 3; ++i) {
        const auto seed = seed_of(run, i);
        const auto wrong = play(seed, shelf.store(), {static_cast<std::int64_t>(i) + 1}, answers);
        if (wrong.empty()) continue;
        ++wrong_ones;
        fail(seed, wrong);
    }
    // Histories that never meet a rule prove nothing about it.
    if (count < 1'000) return;
    for (const std::string_view answer :
         {"booked", "repeated", "ledger.id_reused", "ledger.nothing_to_reverse",
          "ledger.reverses_reversal", "ledger.already_reversed", "ledger.month_not_over",
          "ledger.month_closed_already", "ledger.no_such_way", "ledger.not_positive",
          "ledger.basis_needed", "ledger.item_is_one_piece", "ledger.no_transfers",
          "ledger.reason_needed", "ledger.reversal_has_transfers"}) {
        CHECK_MESSAGE(answers[std::string(answer)] > 0, answer);
    }
}

TEST_CASE("a crash between steps loses nothing that was answered and leaves books that verify") {
    // Copies of the file are what a crash leaves; PostgreSQL keeps files of its own.
    if (kringwerk::testing::on_postgres()) return;
    if (const auto seed = number_from("KRINGWERK_SEED", 0); seed != 0) {
        const auto wrong = play_with_crashes(seed);
        if (!wrong.empty()) fail(seed, wrong);
        return;
    }
    const auto count = number_from("KRINGWERK_HISTORIES", 10'000) / 100;
    const std::uint64_t run = std::random_device{}();
    int wrong_ones = 0;
    for (std::uint64_t i = 0; i < count && wrong_ones < 3; ++i) {
        const auto seed = seed_of(run, i);
        const auto wrong = play_with_crashes(seed);
        if (wrong.empty()) continue;
        ++wrong_ones;
        fail(seed, wrong);
    }
}
