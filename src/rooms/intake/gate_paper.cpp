// SPDX-License-Identifier: EUPL-1.2
#include "platform/print/document.hpp"
#include "rooms/intake/gate_pages.hpp"
#include "rooms/intake/words.hpp"

#include <fmt/format.h>

/// The gate on paper.
namespace kringwerk::intake {
namespace {

struct Writer {
    const GatePaper& paper;
    Words words;
    print::Document document;

    std::string kg(Grams mass) const { return show_kilograms(words.language(), mass); }
    std::string whole(std::int64_t value) const { return show_whole(words.language(), value); }
    void heading(std::string_view code) {
        document.blocks.emplace_back(print::Heading{2, words.say(code)});
    }
};

std::vector<std::string> row_of(const Writer& writer, std::string name,
                                const std::map<Lane, BasisSums>& lanes) {
    std::vector<std::string> cells{std::move(name)};
    BasisSums all;
    for (const auto lane : {Lane::reuse, Lane::repair, Lane::waste}) {
        const auto found = lanes.find(lane);
        const auto sums = found == lanes.end() ? BasisSums{} : found->second;
        cells.push_back(writer.kg(sums.total()));
        for (std::size_t i = 0; i < all.grams.size(); ++i) all.grams[i] += sums.grams[i];
    }
    cells.push_back(writer.kg(all.total()));
    cells.push_back(writer.kg(all.grams[1]));
    cells.push_back(writer.kg(all.grams[2]));
    cells.push_back(writer.kg(all.grams[3]));
    return cells;
}

void write_figures(Writer& writer) {
    const auto& report = writer.paper.report;
    const auto& words = writer.words;
    writer.document.blocks.emplace_back(print::Figures{
        {{words.say("gate_report.cars"), writer.whole(report.cars),
          words.say("gate_report.undone", {{"count", writer.whole(report.undone)}})},
         {words.say("gate_report.in"), words.kilograms(report.all.total()),
          words.say("gate_report.times", {{"count", writer.whole(report.all.lines)}})},
         {words.say("gate_report.refused"), writer.whole(report.refusals), ""}}});
}

void write_streams(Writer& writer) {
    const auto& words = writer.words;
    const auto column = [&](std::string_view code) {
        return print::Column{words.say(code), "kg", print::Align::right};
    };
    writer.heading("gate_report.per_stream");
    print::Table table;
    table.columns = {{words.say("figure.stream")},   column("lane.reuse"),
                     column("lane.repair"),          column("lane.waste"),
                     column("gate_report.together"), column("basis.measured"),
                     column("basis.standard"),       column("basis.estimated")};
    for (const auto& [stream, lanes] : writer.paper.report.streams) {
        table.rows.push_back(row_of(writer, words.stream(stream), lanes));
    }
    table.total = row_of(writer, words.say("gate_report.together"), writer.paper.report.lanes);
    writer.document.blocks.emplace_back(std::move(table));
}

void write_hours(Writer& writer) {
    const auto& words = writer.words;
    if (writer.paper.report.hours.empty()) return;
    writer.heading("gate_report.per_hour");
    print::Table table;
    table.columns = {{words.say("gate_report.hour")},
                     {words.say("gate_report.cars"), {}, print::Align::right},
                     {words.say("gate_report.in"), "kg", print::Align::right}};
    for (const auto& [hour, sums] : writer.paper.report.hours) {
        table.rows.push_back({hour_in_words(hour), writer.whole(sums.cars), writer.kg(sums.grams)});
    }
    writer.document.blocks.emplace_back(std::move(table));
}

void write_refused(Writer& writer) {
    const auto& words = writer.words;
    if (writer.paper.report.refused.empty()) return;
    writer.heading("gate_report.refused");
    print::Table table;
    table.columns = {{words.say("gate_report.why")},
                     {words.say("gate_report.times_short"), {}, print::Align::right}};
    for (const auto& reason : refusal_reasons()) {
        const auto found = writer.paper.report.refused.find(std::string(reason.code));
        if (found == writer.paper.report.refused.end()) continue;
        table.rows.push_back({words.say("refusal_reason." + std::string(reason.code)),
                              writer.whole(std::ssize(found->second))});
    }
    writer.document.blocks.emplace_back(std::move(table));
}

void write_waiting(Writer& writer) {
    const auto& words = writer.words;
    const auto& waiting = writer.paper.waiting;
    writer.heading("day.look_here");
    writer.document.blocks.emplace_back(print::Facts{
        {{words.say("gate_report.tickets"),
          writer.whole(static_cast<std::int64_t>(waiting.tickets.size()))},
         {words.say("gate_report.devices"),
          writer.whole(static_cast<std::int64_t>(waiting.devices.size()))},
         {words.say("gate_report.not_accepted"),
          writer.whole(static_cast<std::int64_t>(waiting.refused.size()))},
         {words.say("gate_report.unexplained"), words.kilograms(waiting.unexplained)}}});
    for (const auto& closing : writer.paper.closings) {
        writer.document.blocks.emplace_back(print::Note{in_words(words, closing)});
    }
    if (writer.paper.changed_since > 0) {
        writer.document.blocks.emplace_back(print::Note{changed_in_words(words, writer.paper)});
    }
}

/// Cars that came into the books, or went out of them, after a moment.
std::int64_t changed_after(Snapshot& view, CentreId centre, const std::vector<KeptVisit>& visits,
                           Instant moment) {
    return std::count_if(visits.begin(), visits.end(), [&](const KeptVisit& kept) {
        if (kept.undone_at && *kept.undone_at > moment) return true;
        const auto booked = ledger::movement(view, centre, {kept.id.bytes});
        return booked && booked->booked_at > moment;
    });
}

} // namespace

std::string in_words(const Words& words, const SignedClosing& closing) {
    const auto& [closed, by] = closing;
    const auto said = words.say("gate_report.closed_by",
                                {{"name", by.empty() ? words.say("gate_report.somebody") : by},
                                 {"day", show_day(words.language(), local_day(closed.closed_at))},
                                 {"time", format_clock(closed.closed_at)}});
    return said + (closed.note.empty() ? "" : " " + closed.note);
}

std::string changed_in_words(const Words& words, const GatePaper& paper) {
    const bool one = paper.changed_since == 1;
    return words.say(one ? "gate_report.changed_one" : "gate_report.changed_more",
                     {{"count", show_whole(words.language(), paper.changed_since)}});
}

GatePaper read_paper(Snapshot& view, const network::CentreRow& centre, const GatePeriod& period) {
    GatePaper paper{centre, period, {}, {}, {}, 0};
    const auto cars = visits(view, centre.id, period.first, period.last);
    paper.report = report_of(cars, refusals(view, centre.id, period.first, period.last));
    paper.waiting = waiting_of(view, centre.id, period);
    if (!period.is_day()) return paper;
    for (auto& closing : closings_of(view, centre.id, period.first)) {
        const auto lead = people::person(view, closing.closed_by);
        paper.closings.push_back({std::move(closing), lead ? lead->name : std::string()});
    }
    if (paper.closings.empty()) return paper;
    const auto closed_at = paper.closings.front().closing.closed_at;
    paper.changed_since = changed_after(view, centre.id, cars, closed_at);
    return paper;
}

std::string paper_pdf(const people::Site& site, const GatePaper& paper, Language language,
                      Instant made_at) {
    Writer writer{paper, Words(site.texts, language), {}};
    const auto period = in_words(site.texts, language, paper.period);
    auto& document = writer.document;
    document.title =
        writer.words.say("gate_report.title") + ", " + paper.centre.name + ", " + period;
    document.language = language;
    document.author = paper.centre.name;
    document.made_at = made_at;
    document.blocks.emplace_back(print::Heading{1, writer.words.say("gate_report.title")});
    document.blocks.emplace_back(print::Paragraph{paper.centre.name + ", " + period});
    if (site.demo) document.blocks.emplace_back(print::Note{writer.words.say("page.demo")});
    write_figures(writer);
    write_streams(writer);
    write_hours(writer);
    write_refused(writer);
    write_waiting(writer);
    return print::to_pdf(document);
}

} // namespace kringwerk::intake
