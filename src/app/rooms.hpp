// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/keep/watch.hpp"
#include "app/premises.hpp"
#include "app/watch/watch.hpp"
#include "base/text.hpp"
#include "platform/http/http.hpp"
#include "platform/page/page.hpp"
#include "platform/store/store.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/monitor/monitor.hpp"
#include "rooms/network/live_scales.hpp"
#include "rooms/people/desk.hpp"

#include <memory>
#include <string>

namespace kringwerk::app {

/// What the rooms share while the server runs, and what connects them to each other.
struct Rooms {
    /// `open` lets everybody read centre pages and movements; the example network is always open.
    /// `to_read`: where the monitor reads; nothing: in the books themselves.
    Rooms(Store& opened, std::string name, bool open, Store* to_read = nullptr);
    Rooms(const Rooms&) = delete;
    Rooms& operator=(const Rooms&) = delete;

    Store& store;
    page::Pages pages;
    std::string network_name;
    bool demo = false;
    bool open = false;
    ledger::OnReversal on_reversal;
    keep::Watch backups;
    people::Site site;
    people::SecretPool secrets; ///< one for all passwords and PINs
    std::unique_ptr<monitor::Monitor> monitor;
    std::shared_ptr<network::LiveScales> live_scales;
    Premises premises;
    watch::Watch watch;
};

/// All addresses of the server: the table of contents of the program.
http::Routes all_routes(Rooms& rooms);
/// What each of its answers says beside what its route said.
http::Stamp stamp_of(const Rooms& rooms);

} // namespace kringwerk::app
