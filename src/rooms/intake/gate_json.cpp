// SPDX-License-Identifier: EUPL-1.2
#include "base/fields.hpp"
#include "base/words.hpp"
#include "rooms/intake/gate_undo.hpp"

#include <algorithm>

namespace kringwerk::intake {
namespace {

constexpr std::size_t most_lines = 60; // of one car: a full removal van has fewer
constexpr std::size_t longest_raw = 120;
constexpr std::int64_t most_of_centre = 100'000;
constexpr std::int64_t most_categories = 100'000;
constexpr std::int64_t most_ms = std::int64_t{24} * 3'600'000;

auto one_of(std::span<const std::string_view> codes) {
    return [codes](std::string_view code) -> std::optional<std::string> {
        const auto found = std::find(codes.begin(), codes.end(), code);
        return found == codes.end() ? std::nullopt : std::optional(std::string(code));
    };
}

std::optional<std::string> parse_postcode(std::string_view text) {
    const bool figures = text.size() == 4 && std::all_of(text.begin(), text.end(), is_digit);
    return figures && text.front() != '0' ? std::optional(std::string(text)) : std::nullopt;
}

std::string postcode_in(Fields& in) {
    return in.optional_parsed("postcode", "intake.postcode", parse_postcode).value_or("");
}

std::optional<ledger::Key> parse_stream(std::string_view code) {
    return ledger::parse_key(ledger::Book::goods, code);
}

/// What came from a scale, and whether somebody read it off or guessed.
void read_scale(Fields& in, Weighing& weighing) {
    weighing.basis = in.one_of("basis", ledger::parse_basis);
    weighing.scale_number =
        static_cast<int>(in.optional_integer("scale", 1, most_of_centre).value_or(0));
    weighing.tare_number =
        static_cast<int>(in.optional_integer("tare", 1, most_of_centre).value_or(0));
    weighing.raw = in.optional_text("raw", longest_raw, 0).value_or("");
}

std::optional<Grams> optional_grams(Fields& in, std::string_view name) {
    const auto given = in.optional_integer(name, 1, heaviest.value);
    return given ? std::optional(Grams{*given}) : std::nullopt;
}

GateLine read_line(Fields& in, Snapshot& view, Day day) {
    GateLine line;
    line.lane = in.one_of("lane", parse_lane);
    line.stream = in.one_of("stream", parse_stream);
    line.category = {in.optional_integer("category", 1, most_categories).value_or(0)};
    auto& weighing = line.weighing;
    weighing.grams = {in.integer("grams", 1, heaviest.value)};
    weighing.pieces = {in.optional_integer("pieces", 1, 10'000).value_or(0)};
    read_scale(in, weighing);
    weighing.gross = optional_grams(in, "gross_g");
    weighing.tare = optional_grams(in, "tare_g");
    if (weighing.gross && *weighing.gross - weighing.tare.value_or(Grams{}) != weighing.grams) {
        in.wrong("grams", "intake.net_wrong");
    }
    if (const auto code = wrong_category(view, line, day); !code.empty())
        in.wrong("category", code);
    return line;
}

GateVisit visit_in(Fields& in, Snapshot& view, Day day) {
    GateVisit visit;
    in.list("lines", most_lines,
            [&](Fields& line) { visit.lines.push_back(read_line(line, view, day)); });
    if (visit.lines.empty()) in.missing("lines");
    visit.postcode = postcode_in(in);
    visit.vehicle = in.optional_one_of("vehicle", one_of(vehicles())).value_or("");
    visit.reason = in.optional_one_of("reason", one_of(visit_reasons())).value_or("");
    visit.pass = in.optional_text("pass", 200, 0).value_or("");
    static constexpr std::array<std::string_view, 3> receipts{"none", "qr", "paper"};
    visit.receipt = in.optional_one_of("receipt", one_of(receipts)).value_or("none");
    visit.took_ms = in.optional_integer("took_ms", 0, most_ms).value_or(0);
    visit.taps = in.optional_integer("taps", 0, 10'000).value_or(0);
    return visit;
}

} // namespace

Result<GateVisit> parse_visit(Snapshot& view, const boost::json::value& body, Day day) {
    Fields in(body);
    auto visit = visit_in(in, view, day);
    return in.finish(std::move(visit));
}

Result<Correction> parse_correction(Snapshot& view, const boost::json::value& body, Day day) {
    Fields in(body);
    Correction correction;
    correction.visit = in.uuid<VisitTag>("corrects");
    correction.mistake = in.one_of("mistake", ledger::parse_reason);
    correction.right = visit_in(in, view, day);
    return in.finish(std::move(correction));
}

Result<GateRefusal> parse_refusal(const boost::json::value& body) {
    Fields in(body);
    GateRefusal refusal;
    refusal.reason = in.one_of("reason", [](std::string_view code) -> std::optional<std::string> {
        for (const auto& row : refusal_reasons()) {
            if (row.code == code) return std::string(code);
        }
        return std::nullopt;
    });
    const auto parse_stop = [](std::string_view code) -> std::optional<std::string> {
        if (network::Catalogue::built_in().stop(code) == nullptr) return std::nullopt;
        return std::string(code);
    };
    refusal.stop = in.optional_one_of("stop", parse_stop).value_or("");
    refusal.stream = in.optional_one_of("stream", parse_stream).value_or(ledger::no_key);
    refusal.elsewhere = {in.optional_integer("elsewhere", 1, most_of_centre).value_or(0)};
    refusal.postcode = postcode_in(in);
    return in.finish(std::move(refusal));
}

Result<GateTicket> parse_ticket(const boost::json::value& body) {
    Fields in(body);
    GateTicket ticket;
    ticket.word = in.text("word", 20);
    ticket.line.lane = in.one_of("lane", parse_lane);
    ticket.line.stream = in.one_of("stream", parse_stream);
    ticket.line.weighing.gross = Grams{in.integer("gross_g", 1, heaviest.value)};
    read_scale(in, ticket.line.weighing);
    ticket.vehicle = in.optional_one_of("vehicle", one_of(vehicles())).value_or("");
    return in.finish(std::move(ticket));
}

Result<SecondWeighing> parse_second_weighing(const boost::json::value& body) {
    Fields in(body);
    SecondWeighing second;
    second.ticket = in.uuid<struct TicketTag>("ticket").bytes;
    second.weighing.tare = Grams{in.integer("tare_g", 1, heaviest.value)};
    read_scale(in, second.weighing);
    return in.finish(std::move(second));
}

} // namespace kringwerk::intake
