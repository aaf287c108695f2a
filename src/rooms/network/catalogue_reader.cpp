// SPDX-License-Identifier: EUPL-1.2
#include "base/table.hpp"
#include "base/words.hpp"
#include "rooms/network/catalogue.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>

namespace kringwerk::network {
namespace {

constexpr int ords_numbers = 40;
constexpr std::array eu_groups{EuGroup::textile, EuGroup::eee, EuGroup::furniture,
                               EuGroup::construction, EuGroup::other};
/// The Dutch split for households; B is what firms discard and 4B is theirs too.
constexpr std::array<std::string_view, 9> dutch_splits{"1A", "2A", "2B", "2C", "4A",
                                                       "4C", "4D", "5A", "6A"};

bool in_kebab_case(std::string_view text) {
    const auto fits = [](char sign) {
        return (sign >= 'a' && sign <= 'z') || is_digit(sign) || sign == '-';
    };
    return !text.empty() && text.front() != '-' && text.back() != '-' &&
           text.find("--") == text.npos && std::all_of(text.begin(), text.end(), fits);
}

/// Refuses a code that the file has already, or a line with an empty field.
Result<void> check_line(const Table& table, const Table::Line& line,
                        std::set<std::string_view>& seen) {
    for (const auto field : line.fields) {
        if (field.empty()) return refuse(table.wrong("network.field_empty", line, line.fields[0]));
    }
    if (!seen.insert(line.fields[0]).second) {
        return refuse(table.wrong("reference.double", line, line.fields[0]));
    }
    return {};
}

Result<std::vector<Source>> read_sources(std::string_view text) {
    const auto table = Table::read("reference/streams/sources.csv", text,
                                   {"code", "title", "year", "licence", "address"});
    if (!table) return refuse(table.error());
    std::vector<Source> sources;
    std::set<std::string_view> seen;
    for (const auto& line : table->lines()) {
        const auto checked = check_line(*table, line, seen);
        if (!checked) return refuse(checked.error());
        const auto& field = line.fields;
        const auto year = table->number(line, 2);
        if (!year) return refuse(year.error());
        if (*year < 1900 || *year > 9999) {
            return refuse(table->wrong("reference.number", line, field[2]));
        }
        sources.push_back({field[0], field[1], static_cast<int>(*year), field[3], field[4]});
    }
    return sources;
}

Result<WasteCode> read_waste_code(const Table& table, const Table::Line& line) {
    const auto& field = line.fields;
    const bool digits =
        field[0].size() == 6 && std::all_of(field[0].begin(), field[0].end(), is_digit);
    if (!digits) return refuse(table.wrong("reference.unknown", line, field[0]));
    if (field[1] != "0" && field[1] != "1") {
        return refuse(table.wrong("reference.unknown", line, field[1]));
    }
    if (field[2] != "absolute" && field[2] != "mirror") {
        return refuse(table.wrong("reference.unknown", line, field[2]));
    }
    const auto from = parse_day(field[4]);
    if (!from) return refuse(table.wrong("reference.unknown", line, field[4]));
    const auto entry = field[2] == "mirror" ? Entry::mirror : Entry::absolute;
    return WasteCode{field[0], field[1] == "1", entry, field[3], *from};
}

Result<std::vector<WasteCode>> read_waste_codes(std::string_view text) {
    const auto table = Table::read("reference/streams/waste_codes.csv", text,
                                   {"code", "hazardous", "entry", "name_nl", "valid_from"});
    if (!table) return refuse(table.error());
    std::vector<WasteCode> codes;
    std::set<std::string_view> seen;
    for (const auto& line : table->lines()) {
        const auto checked = check_line(*table, line, seen);
        if (!checked) return refuse(checked.error());
        const auto code = read_waste_code(*table, line);
        if (!code) return refuse(code.error());
        codes.push_back(*code);
    }
    return codes;
}

Result<std::vector<Advice>> read_advice(std::string_view file, std::string_view text) {
    const auto table =
        Table::read(file, text, {"code", "name_nl", "name_en", "what_to_do_nl", "what_to_do_en"});
    if (!table) return refuse(table.error());
    std::vector<Advice> advice;
    std::set<std::string_view> seen;
    for (const auto& line : table->lines()) {
        const auto checked = check_line(*table, line, seen);
        if (!checked) return refuse(checked.error());
        const auto& field = line.fields;
        advice.push_back({field[0], field[1], field[2], field[3], field[4]});
    }
    return advice;
}

template <class Row> bool has_code(const std::vector<Row>& rows, std::string_view code) {
    return std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return row.code == code; });
}

/// Reads the categories behind each other; each step reads some fields of a line into `category_`.
class CategoryReader {
  public:
    CategoryReader(const Table& table, CatalogueTables& into) : table_(table), into_(into) {}

    Result<void> read(const Table::Line& line) {
        line_ = &line;
        category_ = {};
        using Step = Result<void> (CategoryReader::*)();
        for (const Step step :
             {&CategoryReader::read_number, &CategoryReader::read_code, &CategoryReader::read_days,
              &CategoryReader::compare_versions, &CategoryReader::read_stream,
              &CategoryReader::read_words, &CategoryReader::read_weight,
              &CategoryReader::read_group, &CategoryReader::read_weee,
              &CategoryReader::read_waste_and_ords, &CategoryReader::read_dangers}) {
            auto done = (this->*step)();
            if (!done) return done;
        }
        into_.categories.push_back(category_);
        return {};
    }

  private:
    /// Where each field of a category stands.
    enum Column : std::size_t {
        number,
        code,
        from,
        until,
        stream,
        name_nl,
        name_en,
        icon,
        grams,
        weight_source,
        eu_group,
        weee,
        weee_nl,
        waste_code,
        ords,
        hazards,
        stop
    };

    std::string_view at(Column column) const { return line_->fields[column]; }
    tl::unexpected<Refusal> wrong(std::string_view refusal_code, Column column) const {
        return refuse(table_.wrong(refusal_code, *line_, at(column)));
    }
    const Category* version_before() const {
        if (into_.categories.empty()) return nullptr;
        const auto& last = into_.categories.back();
        return last.number == category_.number ? &last : nullptr;
    }

    Result<void> read_number() {
        const auto read = table_.number(*line_, number);
        if (!read) return refuse(read.error());
        const int before = into_.categories.empty() ? 1 : into_.categories.back().number;
        if (*read < before || *read > std::numeric_limits<int>::max()) {
            return wrong("network.category_order", number);
        }
        category_.number = static_cast<int>(*read);
        return {};
    }

    Result<void> read_code() {
        category_.code = at(code);
        const auto owner = owners_.emplace(category_.code, category_.number).first->second;
        if (!in_kebab_case(category_.code) || owner != category_.number) {
            return wrong("network.category_code", code);
        }
        return {};
    }

    Result<void> read_days() {
        const auto first = parse_day(at(from));
        if (!first) return wrong("network.category_days", from);
        category_.from = *first;
        if (at(until).empty()) return {};
        category_.until = parse_day(at(until));
        if (!category_.until || *category_.until <= *first) {
            return wrong("network.category_days", until);
        }
        return {};
    }

    Result<void> compare_versions() {
        const auto* const before = version_before();
        if (before == nullptr) return {};
        if (!before->until || category_.from < *before->until) {
            return wrong("network.category_overlap", from);
        }
        if (category_.from > *before->until) return wrong("network.category_gap", from);
        return {};
    }

    Result<void> read_stream() {
        const auto key = ledger::parse_key(ledger::Book::goods, at(stream));
        // What nobody sorted yet is a stream of the books, but a category knows its own.
        if (!key || *key == ledger::mixed) return wrong("network.category_stream", stream);
        category_.stream = *key;
        return {};
    }

    Result<void> read_words() {
        category_.name_nl = at(name_nl);
        category_.name_en = at(name_en);
        category_.icon = at(icon);
        if (at(name_nl).empty() || at(name_en).empty()) return wrong("network.field_empty", number);
        if (!in_kebab_case(at(icon))) return wrong("network.category_icon", icon);
        return {};
    }

    Result<void> read_weight() {
        category_.weight_source = at(weight_source);
        if (!at(weight_source).empty() && !has_code(into_.sources, at(weight_source))) {
            return wrong("network.category_source", weight_source);
        }
        if (at(grams).empty() != at(weight_source).empty()) {
            return wrong("network.category_weight", number);
        }
        if (at(grams).empty()) return {};
        const auto mass = table_.number(*line_, grams);
        if (!mass) return refuse(mass.error());
        if (*mass <= 0) return wrong("network.category_weight", number);
        category_.grams = Grams{*mass};
        return {};
    }

    Result<void> read_group() {
        for (const auto group : eu_groups) {
            if (code_of(group) != at(eu_group)) continue;
            category_.eu_group = group;
            return {};
        }
        return wrong("network.category_group", eu_group);
    }

    Result<void> read_weee() {
        const auto dutch = at(weee_nl);
        category_.weee_nl = dutch;
        if (at(weee).empty()) {
            if (!dutch.empty()) return wrong("network.category_weee", weee_nl);
            return {};
        }
        const auto category = table_.number(*line_, weee);
        if (!category) return refuse(category.error());
        if (*category < 1 || *category > 6) return wrong("network.category_weee", weee);
        category_.weee = static_cast<int>(*category);
        const bool known =
            std::find(dutch_splits.begin(), dutch_splits.end(), dutch) != dutch_splits.end();
        const bool belongs = *category == 3 ? dutch.empty() // lamps are not split
                                            : known && dutch.front() == at(weee).front();
        if (!belongs) return wrong("network.category_weee", weee_nl);
        return {};
    }

    Result<void> read_waste_and_ords() {
        category_.waste_code = at(waste_code);
        if (!has_code(into_.waste_codes, at(waste_code))) {
            return wrong("network.category_waste", waste_code);
        }
        if (at(ords).empty()) return {};
        const auto of_standard = table_.number(*line_, ords);
        if (!of_standard) return refuse(of_standard.error());
        if (*of_standard < 1 || *of_standard > ords_numbers) {
            return wrong("network.category_ords", ords);
        }
        category_.ords = static_cast<int>(*of_standard);
        return {};
    }

    Result<void> read_dangers() {
        for (const auto word : split(at(hazards), ' ')) {
            if (word.empty()) continue;
            if (!has_code(into_.hazards, word)) return wrong("network.category_hazard", hazards);
            category_.hazards.push_back(word);
        }
        category_.stop = at(stop);
        if (!at(stop).empty() && !has_code(into_.stops, at(stop))) {
            return wrong("network.category_stop", stop);
        }
        return {};
    }

    const Table& table_;
    CatalogueTables& into_;
    const Table::Line* line_ = nullptr;
    Category category_;
    std::map<std::string_view, int> owners_; ///< which number a code belongs to
};

Result<void> read_categories(std::string_view text, CatalogueTables& into) {
    const auto table = Table::read("reference/streams/categories.csv", text,
                                   {"number", "code", "from", "until", "stream", "name_nl",
                                    "name_en", "icon", "grams", "weight_source", "eu_group", "weee",
                                    "weee_nl", "waste_code", "ords", "hazards", "stop"});
    if (!table) return refuse(table.error());
    CategoryReader reader(*table, into);
    for (const auto& line : table->lines()) {
        auto done = reader.read(line);
        if (!done) return done;
    }
    return {};
}

} // namespace

Result<Catalogue> Catalogue::read(const CatalogueFiles& files) {
    CatalogueTables tables;
    auto sources = read_sources(files.sources);
    if (!sources) return refuse(sources.error());
    tables.sources = std::move(*sources);
    auto waste_codes = read_waste_codes(files.waste_codes);
    if (!waste_codes) return refuse(waste_codes.error());
    tables.waste_codes = std::move(*waste_codes);
    auto hazard_lines = read_advice("reference/streams/hazards.csv", files.hazards);
    if (!hazard_lines) return refuse(hazard_lines.error());
    tables.hazards = std::move(*hazard_lines);
    auto stop_lines = read_advice("reference/streams/stops.csv", files.stops);
    if (!stop_lines) return refuse(stop_lines.error());
    tables.stops = std::move(*stop_lines);
    const auto categories = read_categories(files.categories, tables);
    if (!categories) return refuse(categories.error());
    return Catalogue(std::move(tables));
}

} // namespace kringwerk::network
