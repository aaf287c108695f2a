// SPDX-License-Identifier: EUPL-1.2
#include "base/hash.hpp"
#include "rooms/intake/gate_store.hpp"
#include "rooms/intake/queries.hpp"

#include <array>

/// Passes are counted under a keyed hash. The key is made anew each year and the counts of the year
/// before go with it, so that nothing tells whose pass it was.
namespace kringwerk::intake {
namespace {

constexpr std::array<std::string_view, 3> check_codes{"off", "optional", "required"};

int year_at(Instant moment) { return calendar(local_day(moment)).year; }

struct StoredSetting {
    GateSetting setting;
    int year = 0;
    Digest secret{};
};

StoredSetting read_setting(Row row) {
    StoredSetting stored;
    stored.setting.check = parse_resident_check(row.text(0)).value_or(ResidentCheck::off);
    stored.setting.quota = row.integer(1);
    stored.year = static_cast<int>(row.integer(2));
    stored.secret = row.digest(3);
    return stored;
}

Digest number_of(const Digest& secret, std::string_view pass) {
    Sha256 hash;
    hash.bytes(secret);
    hash.bytes(pass);
    const auto inner = hash.finish();
    hash.bytes(secret);
    hash.bytes(inner);
    return hash.finish();
}

Digest new_secret(Transaction& tx, CentreId centre, int year) {
    const auto bytes = random_bytes(32);
    Digest secret{};
    std::copy(bytes.begin(), bytes.end(), secret.begin());
    tx.run(sql::change_gate_secret, centre, year, secret);
    tx.run(sql::forget_passes, centre, year);
    tx.run(sql::forget_pass_visits, centre, year);
    return secret;
}

struct CountedPass {
    int year = 0;
    Digest number{};
};

std::optional<CountedPass> counted_for(Snapshot& view, CentreId centre, const VisitId& visit) {
    const auto read = [](Row row) {
        return CountedPass{static_cast<int>(row.integer(0)), row.digest(1)};
    };
    return view.first(sql::pass_of_visit, read, centre, visit);
}

} // namespace

std::string_view code_of(ResidentCheck check) {
    return check_codes.at(static_cast<std::size_t>(check));
}

std::optional<ResidentCheck> parse_resident_check(std::string_view code) {
    for (std::size_t i = 0; i < check_codes.size(); ++i) {
        if (check_codes[i] == code) return static_cast<ResidentCheck>(i);
    }
    return std::nullopt;
}

GateSetting gate_setting(Snapshot& view, CentreId centre) {
    const auto stored = view.first(sql::gate_setting, read_setting, centre);
    return stored ? stored->setting : GateSetting{};
}

void save_gate_setting(Transaction& tx, CentreId centre, const GateSetting& setting, Instant now) {
    tx.run(sql::save_gate_setting, centre, code_of(setting.check), setting.quota, year_at(now),
           bytes_of(random_bytes(32)), now);
}

void count_pass(Transaction& tx, CentreId centre, const VisitId& visit, std::string_view pass,
                Instant now) {
    const auto stored = tx.first(sql::gate_setting, read_setting, centre);
    if (!stored || stored->setting.check == ResidentCheck::off || pass.empty()) return;
    const int year = year_at(now);
    if (year < stored->year) return; // sent late: the key of that year is gone
    const auto secret = stored->year == year ? stored->secret : new_secret(tx, centre, year);
    const auto number = number_of(secret, pass);
    tx.run(sql::count_pass, centre, year, number);
    tx.run(sql::link_pass, centre, visit, year, number);
}

void uncount_pass(Transaction& tx, CentreId centre, const VisitId& visit) {
    const auto counted = counted_for(tx, centre, visit);
    if (!counted) return;
    tx.run(sql::unlink_pass, centre, visit);
    tx.run(sql::uncount_pass, centre, counted->year, counted->number);
    tx.run(sql::forget_unused_pass, centre, counted->year, counted->number);
}

void hand_pass_over(Transaction& tx, CentreId centre, const VisitId& from, const VisitId& to) {
    tx.run(sql::hand_pass_over, centre, from, to);
}

std::optional<PassCount> pass_count(Snapshot& view, CentreId centre, const VisitId& visit) {
    const auto counted = counted_for(view, centre, visit);
    if (!counted) return std::nullopt;
    const auto visits = view.number(sql::visits_of_pass, centre, counted->year, counted->number);
    return PassCount{visits.value_or(0), gate_setting(view, centre).quota};
}

std::int64_t visits_with_pass(Snapshot& view, CentreId centre, std::string_view pass, Instant now) {
    const auto stored = view.first(sql::gate_setting, read_setting, centre);
    if (!stored || stored->year != year_at(now)) return 0;
    return view.number(sql::visits_of_pass, centre, stored->year, number_of(stored->secret, pass))
        .value_or(0);
}

} // namespace kringwerk::intake
