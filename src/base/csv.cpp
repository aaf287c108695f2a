// SPDX-License-Identifier: EUPL-1.2
#include "base/csv.hpp"

#include "base/ensure.hpp"

#include <csv.h>

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

namespace kringwerk {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
/// States of the parser between two rows and inside a field. Its header keeps the names to itself.
constexpr int between_rows = 0;
constexpr int inside_field = 2;

int nothing_is_space(unsigned char) { return 0; }

} // namespace

struct CsvReader::State {
    csv_parser parser{};
    CsvRow row;
    std::vector<CsvRow> done;
    std::string start; ///< the first bytes, until it is known whether they are a byte order mark
    bool started = false;
    std::int64_t line = 1;
    std::size_t row_bytes = 0; ///< of the row that is not complete yet
    bool too_long = false;     ///< nothing is read any more

    explicit State(char separator) {
        ensure(csv_init(&parser, 0) == 0, "the CSV parser takes its options");
        csv_set_delim(&parser, static_cast<unsigned char>(separator));
        csv_set_space_func(&parser, nothing_is_space);
        row.line = 1;
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { csv_free(&parser); }

    static void on_field(void* text, std::size_t size, void* self) {
        auto& fields = static_cast<State*>(self)->row.fields;
        fields.emplace_back(text == nullptr ? "" : static_cast<const char*>(text), size);
    }
    static void on_row(int, void* self) {
        auto& state = *static_cast<State*>(self);
        state.done.push_back(std::exchange(state.row, CsvRow{state.line, {}}));
        state.row_bytes = 0;
    }
    /// Gives the parser what stands on one line, so that each row knows where it began.
    void parse(std::string_view text) {
        row_bytes += text.size();
        too_long = too_long || row_bytes > CsvReader::longest_row;
        if (too_long) return;
        const auto taken =
            csv_parse(&parser, text.data(), text.size(), &State::on_field, &State::on_row, this);
        if (taken != text.size()) throw std::bad_alloc(); // nothing else fails outside strict mode
    }
    void feed(std::string_view piece) {
        constexpr std::size_t most_at_once = 64 * 1024; // old files end their rows with CR alone
        while (!piece.empty()) {
            const auto step = piece.substr(0, most_at_once);
            const auto end = step.find('\n');
            const bool whole_line = end != step.npos;
            parse(step.substr(0, whole_line ? end + 1 : step.size()));
            if (whole_line) ++line;
            if (whole_line && parser.pstate == between_rows) row.line = line;
            piece.remove_prefix(whole_line ? end + 1 : step.size());
        }
    }
    void begin() {
        started = true;
        std::string_view first = start;
        if (first.starts_with(byte_order_mark)) first.remove_prefix(byte_order_mark.size());
        feed(first);
        start.clear();
    }
};

CsvReader::CsvReader(char separator) : state_(std::make_unique<State>(separator)) {}
CsvReader::~CsvReader() = default;
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;

std::vector<CsvRow> CsvReader::feed(std::string_view piece) {
    auto& state = *state_;
    if (!state.started) {
        const auto missing =
            byte_order_mark.size() - std::min(byte_order_mark.size(), state.start.size());
        const auto taken = std::min(missing, piece.size());
        state.start.append(piece.substr(0, taken));
        piece.remove_prefix(taken);
        if (state.start.size() == byte_order_mark.size()) state.begin();
    }
    if (state.started) state.feed(piece);
    return std::exchange(state.done, {});
}

bool CsvReader::is_too_long() const { return state_->too_long; }

Result<std::vector<CsvRow>> CsvReader::finish() {
    auto& state = *state_;
    if (!state.started) state.begin();
    if (state.too_long) {
        return refuse("csv.row_too_long", {{"line", std::to_string(state.row.line)}});
    }
    // The parser itself minds an open quote only in its strict mode, which minds loose ones too.
    if (state.parser.pstate == inside_field && state.parser.quoted != 0) {
        return refuse("csv.open_quote", {{"line", std::to_string(state.row.line)}});
    }
    csv_fini(&state.parser, &State::on_field, &State::on_row, &state);
    return std::exchange(state.done, {});
}

Result<std::vector<CsvRow>> parse_csv(std::string_view text) {
    CsvReader reader;
    auto rows = reader.feed(text);
    auto last = reader.finish();
    if (!last) return refuse(last.error());
    std::move(last->begin(), last->end(), std::back_inserter(rows));
    return rows;
}

namespace {

void append_field(std::string& into, std::string_view field) {
    if (field.find_first_of(",\"\r\n") == std::string_view::npos &&
        !field.starts_with(byte_order_mark)) {
        into += field;
        return;
    }
    into += '"';
    for (const char sign : field) {
        if (sign == '"') into += '"';
        into += sign;
    }
    into += '"';
}

template <class Fields> void append_row(std::string& into, const Fields& fields) {
    if (fields.size() == 1 && fields.front().empty()) into += "\"\""; // a blank line is no row
    bool first = true;
    for (const auto& field : fields) {
        if (!first) into += ',';
        first = false;
        append_field(into, field);
    }
    into += '\n';
}

} // namespace

void append_csv_row(std::string& into, std::span<const std::string_view> fields) {
    append_row(into, fields);
}

void append_csv_row(std::string& into, std::span<const std::string> fields) {
    append_row(into, fields);
}

std::string for_spreadsheet(std::string_view field) {
    // Blanks before a formula are passed over by some.
    const auto first = field.find_first_not_of(' ');
    const bool computes =
        first != field.npos && std::string_view("=+-@\t\r\n").find(field[first]) != field.npos;
    return (computes ? "'" : "") + std::string(field);
}

} // namespace kringwerk
