// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/import.hpp"

#include "base/words.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/people.hpp"
#include "rooms/workshop/categories.hpp"
#include "rooms/workshop/store.hpp"

#include <algorithm>
#include <map>
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

/// A row that the books know: there already, or, with other content, rejected.
void settle(RowReport& row, const Record& known, const Layout& layout) {
    const auto& record = row.judged.record;
    if (same_content(known, record, layout)) {
        row.fate = Fate::already;
        return;
    }
    row.judged.findings.push_back({Rule::changed_id, Column::id, record[Column::id]});
    row.fate = Fate::rejected;
}

using Rows = std::vector<RowReport>;

/// Books rows at one centre, in one transaction. Gives them with what became of each.
Rows book_at(Transaction& tx, CentreId centre, Rows rows, const people::Caller& caller,
             Instant now) {
    ledger::Posting posting(tx, caller, now);
    for (auto& row : rows) {
        auto& judged = row.judged;
        const auto item = posting.issue_item(centre);
        const auto posted = posting.post(draft_of(centre, judged, item));
        if (!posted) {
            judged.findings.push_back({Rule::refused, Column::id, posted.error().code});
            row.fate = Fate::rejected;
        } else if (posted->repeated) {
            row.fate = Fate::already; // somebody else brought the same file meanwhile
        } else {
            keep_repair(tx, centre, item, judged.record, judged.reading, *posted);
        }
    }
    posting.finish();
    return rows;
}

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
        look();
        if (!options_.dry_run) write();
        for (const auto& row : waiting_) count(row);
        waiting_.clear();
    }
    /// Rows are looked for in all centres: a group may have been given to another since.
    void look() {
        store_.read([&](Snapshot& view) {
            for (auto& row : waiting_) {
                if (row.fate != Fate::booked) continue;
                const auto known = known_record(view, row.judged.record);
                if (known) settle(row, *known, report_.layout);
            }
            return true;
        });
    }
    /// Each centre's rows in a transaction of their own.
    void write() {
        make_centres();
        std::map<std::int64_t, std::vector<std::size_t>> by_centre;
        for (std::size_t i = 0; i < waiting_.size(); ++i) {
            if (waiting_[i].fate != Fate::booked) continue;
            by_centre[centre_of(waiting_[i]).value].push_back(i);
        }
        std::vector<Pending<Rows>> booked;
        for (const auto& [centre, indices] : by_centre) {
            Rows rows;
            for (const auto i : indices) rows.push_back(waiting_[i]);
            booked.push_back(store_.write_in(Strand{centre},
                                             [this, at = CentreId{centre}, rows](Transaction& tx) {
                                                 return book_at(tx, at, rows, caller_, now_);
                                             }));
        }
        auto answer = booked.begin();
        for (const auto& [centre, indices] : by_centre) {
            auto rows = (answer++)->get();
            for (std::size_t i = 0; i < rows.size(); ++i) waiting_[indices[i]] = std::move(rows[i]);
        }
    }
    CentreId centre_of(const RowReport& row) const {
        return options_.centre ? *options_.centre
                               : centres_.at(external_name_of(row.judged.record));
    }
    /// Adds the centres whose rows are booked and that nobody knows yet.
    void make_centres() {
        if (options_.centre) return;
        std::map<std::string, network::CentreRow> unknown;
        for (const auto& row : waiting_) {
            const auto name = external_name_of(row.judged.record);
            if (row.fate == Fate::booked && !centres_.contains(name)) {
                unknown.emplace(name, external_centre(row.judged.record));
            }
        }
        if (unknown.empty()) return;
        struct Made {
            Centres centres;
            std::int64_t count = 0;
        };
        auto made = store_
                        .write([&](Transaction& tx) {
                            Made here;
                            for (const auto& [name, row] : unknown) {
                                auto centre = network::centre_by_external_name(tx, name);
                                if (!centre) {
                                    auto added = network::add_centre(tx, row, now_);
                                    ensure(added.has_value(), "a centre with a name is added");
                                    centre = *added;
                                    ++here.count;
                                }
                                here.centres.emplace(name, centre->id);
                            }
                            return here;
                        })
                        .get();
        centres_.merge(made.centres);
        report_.centres_made += made.count;
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
    Rows waiting_;
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
