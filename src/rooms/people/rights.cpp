// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/rights.hpp"

#include "base/embedded.hpp"
#include "base/ensure.hpp"
#include "base/table.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::people {
namespace {

constexpr std::array<RightRow, 17> right_rows{{
    {Right::read, "read"},
    {Right::see_people, "see-people"},
    {Right::see_audit, "see-audit"},
    {Right::export_data, "export"},
    {Right::gate, "gate"},
    {Right::sorting, "sorting"},
    {Right::bench, "bench"},
    {Right::till, "till"},
    {Right::round, "round"},
    {Right::stock, "stock"},
    {Right::correct, "correct"},
    {Right::close_day, "close-day"},
    {Right::close_month, "close-month"},
    {Right::manage_people, "manage-people"},
    {Right::manage_devices, "manage-devices"},
    {Right::manage_centre, "manage-centre"},
    {Right::manage_network, "manage-network"},
}};

/// In the order of the columns of reference/rights.csv.
constexpr std::array<RoleRow, 11> role_rows{{
    {Role::volunteer, "volunteer"},
    {Role::sorter, "sorter"},
    {Role::repairer, "repairer"},
    {Role::till, "till"},
    {Role::driver, "driver"},
    {Role::lead, "lead"},
    {Role::manager, "manager"},
    {Role::coordinator, "coordinator", true},
    {Role::programme_officer, "programme-officer", true},
    {Role::auditor, "auditor", true},
    {Role::administrator, "administrator", true},
}};

using KindNumbers = std::map<std::string, std::uint8_t, std::less<>>;

Result<KindNumbers> numbers_of_kinds(std::string_view text) {
    const auto table = Table::read("reference/kinds.csv", text, {"number", "code", "room"});
    if (!table) return refuse(table.error());
    KindNumbers numbers;
    for (const auto& line : table->lines()) {
        const auto number = table->number(line, 0);
        if (!number) return refuse(number.error());
        numbers.emplace(line.fields[1], static_cast<std::uint8_t>(*number));
    }
    return numbers;
}

/// Sets what one line is about, a right or a kind, in what a role allows. False: it is about
/// nothing.
bool allow(Allowed& allowed, std::string_view code, const KindNumbers& kinds) {
    constexpr std::string_view post = "post:";
    if (code.starts_with(post)) {
        const auto kind = kinds.find(code.substr(post.size()));
        if (kind == kinds.end()) return false;
        allowed.kinds.set(kind->second);
        return true;
    }
    for (const auto& row : right_rows) {
        if (row.code != code) continue;
        allowed.rights.set(static_cast<std::size_t>(row.right));
        return true;
    }
    return false;
}

std::vector<std::string_view> columns() {
    std::vector<std::string_view> names{"right"};
    for (const auto& row : role_rows) names.push_back(row.code);
    return names;
}

} // namespace

std::span<const RightRow> all_rights() { return right_rows; }
std::span<const RoleRow> roles_of_people() { return role_rows; }

bool is_of_network(Role role) {
    const auto is_this = [role](const RoleRow& row) { return row.role == role && row.of_network; };
    return std::any_of(role_rows.begin(), role_rows.end(), is_this);
}

std::string_view code_of(Role role) {
    for (const auto& row : role_rows) {
        if (row.role == role) return row.code;
    }
    switch (role) {
    case Role::integration:
        return "integration";
    case Role::import:
        return "import";
    case Role::demo:
        return "demo";
    default:
        throw Bug("a role has a code");
    }
}

std::optional<Role> parse_role(std::string_view code) {
    for (const auto& row : role_rows) {
        if (row.code == code) return row.role;
    }
    return std::nullopt;
}

Result<RightsTable> parse_rights(std::string_view file, std::string_view rights,
                                 std::string_view kinds) {
    const auto table = Table::read(std::string(file), rights, columns());
    if (!table) return refuse(table.error());
    const auto numbers = numbers_of_kinds(kinds);
    if (!numbers) return refuse(numbers.error());
    RightsTable read;
    Allowed seen;
    for (const auto& line : table->lines()) {
        const auto code = line.fields[0];
        const auto before = seen.kinds.count() + seen.rights.count();
        if (!allow(seen, code, *numbers))
            return refuse(table->wrong("people.right_unknown", line, code));
        if (seen.kinds.count() + seen.rights.count() == before) {
            return refuse(table->wrong("people.right_twice", line, code));
        }
        for (std::size_t i = 0; i < role_rows.size(); ++i) {
            const auto mark = line.fields[i + 1];
            if (!mark.empty() && mark != "x")
                return refuse(table->wrong("people.right_mark", line, mark));
            if (mark == "x") allow(read[role_rows[i].role], code, *numbers);
        }
    }
    for (const auto& row : right_rows) {
        if (seen.rights.test(static_cast<std::size_t>(row.right))) continue;
        return refuse("people.right_absent",
                      {{"file", std::string(file)}, {"right", std::string(row.code)}});
    }
    return read;
}

const RightsTable& built_in_rights() {
    static const RightsTable table = [] {
        constexpr std::string_view file = "reference/rights.csv";
        auto read =
            parse_rights(file, embedded_or_bug(file), embedded_or_bug("reference/kinds.csv"));
        ensure(read.has_value(), "reference/rights.csv says of each right who has it");
        return std::move(*read);
    }();
    return table;
}

Grant grant_of(Role role, std::optional<CentreId> centre) {
    const auto& allowed = built_in_rights().at(role);
    return {centre, role, allowed.kinds, allowed.rights};
}

} // namespace kringwerk::people
