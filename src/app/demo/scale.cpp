// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/scale.hpp"

#include "rooms/network/network.hpp"
#include "rooms/network/register_actions.hpp"

#include <algorithm>
#include <tuple>

namespace kringwerk::demo {
namespace {

constexpr std::string_view scale_name = "Weegschaal poort";

network::Scale gate_scale(std::uint16_t port, Day today) {
    network::Scale scale;
    scale.name = scale_name;
    scale.place = "poort";
    scale.host = "127.0.0.1";
    scale.port = port;
    scale.profile = network::ScaleProfile::sics;
    scale.most = {150'000};
    scale.step = {20};
    scale.verified_until = day_after(today, 365);
    return scale;
}

/// The register keeps the one that it has: only where it listens changes from start to start.
void put_at_gate(Transaction& tx, CentreId centre, network::Scale scale) {
    const auto all = network::scales(tx, centre);
    const auto known = std::find_if(all.begin(), all.end(), [](const network::Scale& other) {
        return other.name == scale_name && !other.retired_at;
    });
    if (known == all.end()) {
        ensure(network::add_scale(tx, centre, scale).has_value(), "the demo scale fits a register");
        return;
    }
    if (known->host == scale.host && known->port == scale.port) return;
    scale.number = known->number;
    ensure(network::change_scale(tx, centre, scale).has_value(), "the demo scale fits a register");
}

} // namespace

std::unique_ptr<devices::ScaleSimulator> start_scale(Store& store, std::uint16_t port,
                                                     Instant now) {
    devices::SimulatorOptions options;
    options.port = port;
    options.on_request = true;
    auto simulator = std::make_unique<devices::ScaleSimulator>(options);
    simulator->run_demo(static_cast<std::uint64_t>(now.ms));
    const auto scale = gate_scale(simulator->port(), local_day(now));
    for (const auto& centre : store.read(network::centres)) {
        const auto put = [&, id = centre.id](Transaction& tx) {
            put_at_gate(tx, id, scale);
            return true;
        };
        store.write_in(Strand{centre.id.value}, put).get();
    }
    return simulator;
}

} // namespace kringwerk::demo
