// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/router.hpp"
#include "rooms/ledger/books_testing.hpp"
#include "rooms/monitor/behind.hpp"
#include "rooms/monitor/pages.hpp"
#include "rooms/people/pages_testing.hpp"
#include "rooms/workshop/import.hpp"
#include "rooms/workshop/workshop.hpp"

#include <doctest/doctest.h>

#include <fstream>

/// What the tests of this room share: real books of two centres, and a visitor of their pages.
namespace kringwerk::monitor::testing {

using ledger::Place;
using ledger::testing::at;
using ledger::testing::goods;
using ledger::testing::money;
using people::testing::says;

inline Repairs repairs_of(const workshop::OutcomeCounts& counts) {
    const auto of = [&](workshop::Outcome outcome) {
        return counts.at(static_cast<std::size_t>(outcome));
    };
    return {of(workshop::Outcome::fixed), of(workshop::Outcome::repairable),
            of(workshop::Outcome::end_of_life), of(workshop::Outcome::unknown)};
}

/// The books of Zutphen and Deventer, in Zutphen's hand, and everything a visitor can open.
struct AtMonitor {
    ledger::testing::Books books;
    page::Pages pages{Texts::built_in()};
    network::CentreRow zutphen = add_centre("Zutphen");
    network::CentreRow deventer = add_centre("Deventer");
    bool open = true;
    Monitor monitor{books.store(),
                    pages,
                    "Kringen",
                    false,
                    [this](const http::Request&, CentreId) { return open; },
                    [](Snapshot& view, CentreId centre, Day first, Day last) {
                        std::map<Day, Repairs> days;
                        for (auto day = first; day <= last; day = day_after(day)) {
                            const auto counts = workshop::counts_of_days(view, centre, day, day);
                            if (repairs_of(counts).total() != 0) days[day] = repairs_of(counts);
                        }
                        return days;
                    },
                    {books.store(), [](Snapshot& view, CentreId centre, Month first, Month last) {
                         std::map<Month, Repairs> months;
                         for (const auto& [month, counts] :
                              workshop::counts_by_month(view, centre, first, last)) {
                             months[month] = repairs_of(counts);
                         }
                         return months;
                     }}};
    http::Router router{routes(monitor)};
    people::testing::Visitor visitor{router, at("2027-04-15T10:00:00Z")};

    AtMonitor() { books.centre = zutphen.id; }

    network::CentreRow add_centre(const std::string& name) {
        network::CentreRow row;
        row.name = name;
        const auto now = at("2027-01-01T10:00:00Z");
        return books.store()
            .write([&](Transaction& tx) { return network::add_centre(tx, row, now); })
            .get()
            .value();
    }
    ledger::Posted book(std::string_view kind, std::string_view when,
                        std::vector<ledger::Transfer> transfers) {
        return books.book(books.draft(kind, when, std::move(transfers)));
    }
    /// With the workshop told, as the program does.
    ledger::Posted undo(const ledger::MovementId& id, std::string_view when) {
        const ledger::OnReversal tell = workshop::on_reversal;
        const auto draft = books.reversal(id, when);
        const auto everybody = ledger::testing::everybody();
        return books.store()
            .write([&](Transaction& tx) {
                return ledger::post(tx, draft, everybody, draft.happened_at, &tell);
            })
            .get()
            .value();
    }
    /// Repairs of a file in the standard, one a line: id, category, status, day.
    void repair(const std::vector<std::array<std::string, 4>>& lines) {
        const auto file = books.scratch().directory / "repairs.csv";
        std::ofstream out(file);
        out << "id,data_provider,country,partner_product_category,product_category,"
               "product_category_id,brand,year_of_manufacture,product_age,repair_status,"
               "repair_barrier_if_end_of_life,group_identifier,event_date,record_date,problem\n";
        for (const auto& [id, category, status, day] : lines) {
            out << id << ",tester,NLD,," << category << ",,,,," << status << ",,groep," << day
                << ",,stuk\n";
        }
        out.close();
        workshop::ImportOptions options;
        options.centre = books.centre;
        const auto report = workshop::import_ords(books.store(), file, options, visitor.now);
        INFO((report ? std::string() : report.error().code));
        REQUIRE(report.has_value());
        REQUIRE(report->booked == static_cast<std::int64_t>(lines.size()));
    }
    std::vector<ledger::Movement> chain() {
        return books.read(
            [&](Snapshot& view) { return ledger::movements_after(view, books.centre, 0, 10'000); });
    }
    std::vector<ledger::Flow> flows(std::string_view first, std::string_view last) {
        return books.read([&](Snapshot& view) {
            return ledger::flows_of_days(view, books.centre, *parse_day(first), *parse_day(last));
        });
    }
    std::string body(std::string_view target, int status = 200) {
        const auto answer = visitor.get(target);
        CHECK_MESSAGE(answer.status == status, target);
        return answer.body;
    }
};

} // namespace kringwerk::monitor::testing
