// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/import.hpp"

#include "base/words.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/people.hpp"
#include "rooms/workshop/categories.hpp"
#include "rooms/workshop/store.hpp"

#include <algorithm>
#include <unordered_map>

namespace kringwerk::workshop {
namespace {

constexpr std::size_t batch_size = 400;
constexpr int noon_minutes = 12 * 60;

/// What a group is called among the centres. Two providers may both have a group "0074".
std::string external_name_of(const Record& record) {
    const auto group = trimmed(record[Column::group_identifier]);
    if (group.empty()) return record[Column::data_provider];
    return record[Column::data_provider] + ": " + std::string(group);
}

network::CentreRow external_centre(const Record& record) {
    const auto group = trimmed(record[Column::group_identifier]);
    const bool number = std::all_of(group.begin(), group.end(), is_digit);
    network::CentreRow centre;
    // A bare number says nothing to a reader.
    centre.name =
        number ? std::string(trimmed(record[Column::data_provider] + " " + std::string(group)))
               : std::string(group);
    const bool is_code = record[Column::country].size() == 3;
    centre.country = is_code ? record[Column::country] : std::string(); // not a guess
    centre.external_name = external_name_of(record);
    return centre;
}

ledger::Draft draft_of(CentreId centre, const Judged& judged, ledger::ItemId item) {
    const auto& record = judged.record;
    const auto number = judged.reading.category;
    const auto grams = number == 0 ? std::nullopt : ords_category(number).grams;
    const auto stream = number == 0 ? "other" : ords_category(number).stream;
    const auto key = ledger::parse_key(ledger::Book::goods, stream);
    ensure(key.has_value(), "a category's stream is a key of the goods");

    ledger::Transfer in;
    in.from = {ledger::Place::owner, *key};
    in.to = {ledger::Place::workshop, *key};
    in.amounts.grams = grams.value_or(Grams{0});
    in.amounts.pieces = Pieces{1};
    in.basis = grams ? ledger::Basis::standard : ledger::Basis::none;
    in.category = {number};
    in.item = item;
    auto out = in;
    std::swap(out.from, out.to);

    ledger::Draft draft;
    draft.id = {derive_uuid8(std::array<std::string_view, 3>{
        "ords-movement", record[Column::data_provider], record[Column::id]})};
    draft.centre = centre;
    draft.kind = ledger::Ways::built_in().kind("repair");
    draft.happened_at = local_time(judged.reading.day, noon_minutes);
    draft.transfers = {in, out};
    return draft;
}

people::Caller importer() {
    people::Kinds kinds;
    kinds.set(ledger::Ways::built_in().kind("repair").number);
    return people::internal_caller(people::Role::import, "ords", kinds);
}

/// Centres by the name that a file has for them.
using Centres = std::unordered_map<std::string, CentreId>;

/// Books a batch of rows inside one transaction.
class Batch {
  public:
    Batch(Transaction& tx, const ImportOptions& options, const people::Caller& caller,
          const Layout& layout, Centres& centres, Instant now)
        : tx_(tx),
          options_(options),
          layout_(layout),
          centres_(centres),
          now_(now),
          posting_(tx, caller, now) {}

    void book(std::vector<RowReport>& rows) {
        for (auto& row : rows) {
            if (row.fate == Fate::booked) book(row);
        }
        posting_.finish();
    }
    std::int64_t centres_made() const { return centres_made_; }

  private:
    void book(RowReport& row) {
        auto& judged = row.judged;
        if (const auto known = known_record(tx_, judged.record)) {
            settle(row, *known, layout_);
            return;
        }
        const auto centre = centre_of(judged.record);
        const auto item = posting_.issue_item(centre);
        const auto posted = posting_.post(draft_of(centre, judged, item));
        if (!posted) {
            judged.findings.push_back({Rule::refused, Column::id, posted.error().code});
            row.fate = Fate::rejected;
            return;
        }
        keep_repair(tx_, centre, item, judged.record, judged.reading, *posted);
    }
    CentreId centre_of(const Record& record) {
        if (options_.centre) return *options_.centre;
        const auto name = external_name_of(record);
        if (const auto known = centres_.find(name); known != centres_.end()) return known->second;
        auto centre = network::centre_by_external_name(tx_, name);
        if (!centre) {
            const auto added = network::add_centre(tx_, external_centre(record), now_);
            ensure(added.has_value(), "a centre with a name is added");
            centre = *added;
            ++centres_made_;
        }
        return centres_.emplace(name, centre->id).first->second;
    }

  public:
    /// A row that the books know: there already, or, with other content, rejected.
    static void settle(RowReport& row, const Record& known, const Layout& layout) {
        const auto& record = row.judged.record;
        if (same_content(known, record, layout)) {
            row.fate = Fate::already;
            return;
        }
        row.judged.findings.push_back({Rule::changed_id, Column::id, record[Column::id]});
        row.fate = Fate::rejected;
    }

  private:
    Transaction& tx_;
    const ImportOptions& options_;
    const Layout& layout_;
    Centres& centres_;
    Instant now_;
    ledger::Posting posting_;
    std::int64_t centres_made_ = 0;
};

/// One file on its way in.
class Import {
  public:
    Import(Store& store, const ImportOptions& options, Instant now)
        : store_(store),
          options_(options),
          now_(now),
          today_(local_day(now)),
          caller_(importer()) {}

    Result<void> take(const CsvRow& row) {
        if (!headed_) {
            auto layout = read_header(row);
            if (!layout) return refuse(layout.error());
            report_.layout = std::move(*layout);
            report_.version = report_.layout.version;
            headed_ = true;
            return {};
        }
        auto judged = read_row(report_.layout, row, today_);
        seen_.look(judged);
        waiting_.push_back({row.line, fate_of(judged), std::move(judged)});
        if (waiting_.size() == batch_size) flush();
        return {};
    }
    Result<ImportReport> finish() {
        if (!headed_) return refuse("workshop.ords_empty");
        flush();
        return std::move(report_);
    }

  private:
    static Fate fate_of(const Judged& judged) {
        if (judged.rejected()) return Fate::rejected;
        const bool repeated =
            !judged.findings.empty() && judged.findings.back().rule == Rule::repeated;
        return repeated ? Fate::already : Fate::booked;
    }
    void flush() {
        if (options_.dry_run) {
            look();
        } else {
            write();
        }
        for (const auto& row : waiting_) count(row);
        waiting_.clear();
    }
    void write() {
        const auto rows = waiting_;
        const auto centres = centres_;
        report_.centres_made +=
            store_
                .write([&](Transaction& tx) {
                    waiting_ = rows; // as they were, should this run again
                    centres_ = centres;
                    Batch batch(tx, options_, caller_, report_.layout, centres_, now_);
                    batch.book(waiting_);
                    return batch.centres_made();
                })
                .get();
    }
    void look() {
        store_.read([&](Snapshot& view) {
            for (auto& row : waiting_) {
                if (row.fate != Fate::booked) continue;
                const auto known = known_record(view, row.judged.record);
                if (known) Batch::settle(row, *known, report_.layout);
            }
            return true;
        });
    }
    void count(const RowReport& row) {
        ++report_.rows;
        for (const auto& finding : row.judged.findings) ++report_.findings[finding.rule];
        if (row.fate == Fate::already) ++report_.already;
        if (row.fate == Fate::rejected) ++report_.rejected;
        if (row.fate == Fate::booked) {
            ++report_.booked;
            ++report_.outcomes[static_cast<std::size_t>(row.judged.reading.outcome)];
        }
        if (options_.each_row) options_.each_row(row);
    }

    Store& store_;
    const ImportOptions& options_;
    Instant now_;
    Day today_;
    people::Caller caller_;
    bool headed_ = false;
    SeenIds seen_;
    Centres centres_;
    std::vector<RowReport> waiting_;
    ImportReport report_;
};

} // namespace

Result<ImportReport> import_ords(Store& store, const std::filesystem::path& file,
                                 const ImportOptions& options, Instant now) {
    if (options.centre) {
        const bool there = store.read(
            [&](Snapshot& view) { return network::centre(view, *options.centre).has_value(); });
        if (!there) {
            return refuse("workshop.no_such_centre",
                          {{"centre", std::to_string(options.centre->value)}});
        }
    }
    Import import(store, options, now);
    const auto read = read_csv_file(file, [&](const CsvRow& row) { return import.take(row); });
    if (!read) return refuse(read.error());
    return import.finish();
}

} // namespace kringwerk::workshop
