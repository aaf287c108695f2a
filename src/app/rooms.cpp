// SPDX-License-Identifier: EUPL-1.2
#include "app/rooms.hpp"

#include "app/first/first.hpp"
#include "app/keep/pages.hpp"
#include "app/staff_app.hpp"
#include "app/work.hpp"
#include "platform/http/openapi.hpp"
#include "rooms/intake/gate_actions.hpp"
#include "rooms/intake/gate_http.hpp"
#include "rooms/intake/gate_pages.hpp"
#include "rooms/intake/intake.hpp"
#include "rooms/ledger/http.hpp"
#include "rooms/network/catalogue_page.hpp"
#include "rooms/network/category_pages.hpp"
#include "rooms/network/http.hpp"
#include "rooms/network/live_scales_http.hpp"
#include "rooms/network/network.hpp"
#include "rooms/network/pages.hpp"
#include "rooms/network/register_pages.hpp"
#include "rooms/network/scales_page.hpp"
#include "rooms/network/setting.hpp"
#include "rooms/people/http.hpp"
#include "rooms/workshop/workshop.hpp"

namespace kringwerk::app {
namespace {

monitor::Repairs repairs_of(const workshop::OutcomeCounts& counts) {
    const auto of = [&](workshop::Outcome outcome) {
        return counts.at(static_cast<std::size_t>(outcome));
    };
    return {of(workshop::Outcome::fixed), of(workshop::Outcome::repairable),
            of(workshop::Outcome::end_of_life), of(workshop::Outcome::unknown)};
}

std::map<Month, monitor::Repairs> repairs_by_month(Snapshot& view, CentreId centre, Month first,
                                                   Month last) {
    std::map<Month, monitor::Repairs> repairs;
    for (const auto& [month, counts] : workshop::counts_by_month(view, centre, first, last)) {
        repairs[month] = repairs_of(counts);
    }
    return repairs;
}

std::map<Day, monitor::Repairs> repairs_by_day(Snapshot& view, CentreId centre, Day first,
                                               Day last) {
    std::map<Day, workshop::OutcomeCounts> counts;
    for (const auto& sum : workshop::outcomes_of_days(view, centre, first, last)) {
        counts[Day{sum.period}].at(static_cast<std::size_t>(sum.outcome)) += sum.repairs;
    }
    std::map<Day, monitor::Repairs> repairs;
    for (const auto& [day, of_day] : counts) repairs[day] = repairs_of(of_day);
    return repairs;
}

/// Rooms that keep sums or marks of their own take a reversed movement out of them.
void note_reversal(Transaction& tx, const ledger::Movement& original,
                   const ledger::Movement& reversal) {
    workshop::on_reversal(tx, original, reversal);
    intake::on_reversal(tx, original, reversal);
}

bool may_see(Rooms& rooms, const http::Request& request, CentreId centre) {
    if (rooms.open) return true;
    const auto caller = people::caller_of_request(rooms.store, request);
    return caller && people::may_read_at(*caller, centre);
}

/// A counter listens to the scales of its own centre; so does whoever may read there.
bool may_listen(Rooms& rooms, const http::Request& request, CentreId centre) {
    const auto device =
        rooms.store.read([&](Snapshot& view) { return people::device_of_request(view, request); });
    return (device && device->centre == centre) || may_see(rooms, request, centre);
}

std::string setting(Store& store, std::string_view name) {
    return store.read(
        [&](Snapshot& view) { return network::setting(view, name).value_or(std::string()); });
}

std::string name_or(const std::string& kept, std::string given) {
    return kept.empty() ? std::move(given) : kept;
}

} // namespace

Rooms::Rooms(Store& opened, std::string name, bool open_to_all, Store* to_read)
    : store(opened),
      pages(Texts::built_in()),
      network_name(name_or(setting(opened, "network_name"), std::move(name))),
      demo(setting(opened, "demo") == "1"),
      open(open_to_all || demo),
      on_reversal(note_reversal),
      backups(opened),
      site{store,
           pages,
           Texts::built_in(),
           network_name,
           demo,
           [this](const http::Request& request) { return keep::warning(store, backups, request); }},
      monitor(new monitor::Monitor{to_read ? *to_read : store,
                                   pages,
                                   network_name,
                                   demo,
                                   [this](const http::Request& request, CentreId centre) {
                                       return app::may_see(*this, request, centre);
                                   },
                                   repairs_by_day,
                                   {to_read ? *to_read : store, repairs_by_month}}),
      live_scales(std::make_shared<network::LiveScales>(store)),
      watch(store) {}

namespace {

/// The categories that the desk offers, out of the room that keeps them.
intake::Categories desk_categories() {
    intake::Categories categories;
    for (const auto& row : workshop::ords_categories()) {
        const auto stream = ledger::parse_key(ledger::Book::goods, row.stream);
        ensure(stream.has_value(), "a category stands in a stream");
        categories.push_back(
            {{row.number}, *stream, std::string(row.name_nl), std::string(row.name_en), row.grams});
    }
    return categories;
}

http::Api api_of(const Rooms& rooms) {
    http::Api api;
    api.title = rooms.network_name + " API";
    api.description = "Centres, movements and the sums that follow from them.";
    api.version = "1.0.0";
    api.contact_name = rooms.network_name;
    api.contact_url = "/";
    api.tags = {{"centres", "The centres of the network."},
                {"movements", "What was booked, and posting more."},
                {"figures", "Balances, flows and the equation of a period."},
                {"items", "Known things with a code of their own."},
                {"counters", "What registered devices of a centre send and need."}};
    api.schemas = ledger::schemas();
    for (auto& schema : network::schemas()) api.schemas.push_back(std::move(schema));
    for (auto& schema : intake::gate_schemas()) api.schemas.push_back(std::move(schema));
    return api;
}

/// A centre as the pages about people name it.
std::optional<people::Place> place_of(const std::optional<network::CentreRow>& row) {
    if (!row) return std::nullopt;
    return people::Place{row->id, row->slug, row->name};
}

people::Desk desk_of(Rooms& rooms) {
    return {rooms.site,
            rooms.secrets,
            [](Snapshot& view, std::string_view slug) {
                return place_of(network::centre_by_slug(view, slug));
            },
            [](Snapshot& view, CentreId id) { return place_of(network::centre(view, id)); },
            first::home_of,
            [&rooms] {
                const auto& urls = rooms.premises.tablet.urls;
                return urls.empty() ? std::string() : urls.front();
            },
            first::stepper_of_manager};
}

void append(http::Routes& all, http::Routes routes) {
    for (auto& route : routes) all.push_back(std::move(route));
}

} // namespace

http::Routes all_routes(Rooms& rooms) {
    http::Routes api = network::api_routes(rooms.store);
    append(api, ledger::routes(rooms.store, {rooms.open,
                                             [](Snapshot& view, CentreId centre) {
                                                 return network::centre(view, centre).has_value();
                                             },
                                             rooms.on_reversal}));
    append(api, ledger::action_routes(rooms.store, intake::gate_kinds(&rooms.on_reversal)));
    append(api, intake::gate_api_routes(rooms.site));
    append(api, network::live_scale_routes(rooms.store, rooms.live_scales,
                                           [&rooms](const http::Request& request, CentreId centre) {
                                               return may_listen(rooms, request, centre);
                                           }));
    const auto desk = desk_of(rooms);
    http::Routes all =
        http::with_description(api_of(rooms), people::with_noted_exports(desk, std::move(api)));
    http::Routes pages = monitor::routes(*rooms.monitor);
    append(pages, people::page_routes(desk));
    append(pages, network::page_routes(rooms.site));
    append(pages, network::catalogue_routes(rooms.site));
    append(pages, network::category_routes(rooms.site));
    append(pages, network::register_routes(rooms.site));
    append(pages, network::scales_page_routes(rooms.site, rooms.live_scales));
    append(pages,
           intake::routes({rooms.site, desk_categories(), &rooms.on_reversal, first::begins_at}));
    append(pages, intake::receipt_routes(rooms.site));
    append(pages, intake::gate_page_routes(rooms.site, &rooms.on_reversal));
    append(pages, keep::routes(desk, rooms.backups));
    append(pages, first::routes({desk, rooms.live_scales, rooms.premises}));
    pages = people::with_noted_exports(desk, std::move(pages));
    append(all, people::with_fresh_sessions(rooms.store, std::move(pages)));
    append(all, staff_app_routes());
    append(all, http::static_files("web/dist/", "/static/"));
    append(all, http::static_files("web/css/", "/css/")); // without a web build pages take these
    append(all, admin_routes(rooms.store));
    append(all, watch::routes(rooms.watch));
    return all;
}

http::Stamp stamp_of(const Rooms& rooms) {
    return [api = http::api_stamp(api_of(rooms))](const http::Request& request,
                                                  http::Response& response) {
        api(request, response);
        http::keep_language(request, response);
    };
}

} // namespace kringwerk::app
