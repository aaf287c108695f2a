// SPDX-License-Identifier: EUPL-1.2
#include "app/doctor/doctor.hpp"
#include "platform/authority/certificate.hpp"
#include "platform/authority/files.hpp"
#include "platform/devices/scale.hpp"
#include "platform/http/client.hpp"
#include "rooms/network/live_reading.hpp"
#include "rooms/network/network.hpp"

#include <boost/json.hpp>

#include <chrono>

namespace kringwerk::app::doctor {
namespace {

using devices::ScaleState;

/// Long enough for a scale behind a slow network to say something.
constexpr std::chrono::seconds patience{4};

struct InUse {
    network::CentreRow centre;
    network::Scale scale;
};

std::vector<InUse> scales_in_use(Snapshot& view) {
    std::vector<InUse> all;
    for (const auto& centre : network::centres(view)) {
        for (auto& scale : network::scales(view, centre.id)) {
            if (!scale.retired_at) all.push_back({centre, std::move(scale)});
        }
    }
    return all;
}

/// How a scale stands after a moment; what it says is not looked at.
ScaleState state_of(const devices::Scale& scale, std::chrono::steady_clock::time_point until) {
    auto news = scale.latest();
    while (news.lines.empty() && news.state != ScaleState::unreachable) {
        const auto left = std::chrono::duration_cast<devices::Milliseconds>(
            until - std::chrono::steady_clock::now());
        if (left.count() <= 0) break;
        news = scale.wait_for_change(news.changes, left);
    }
    if (!news.lines.empty()) return ScaleState::connected;
    return news.state == ScaleState::connected ? ScaleState::silent : news.state;
}

Finding finding_of(const InUse& used, const devices::Scale& scale,
                   std::chrono::steady_clock::time_point until) {
    const TextArguments which{{"centre", used.centre.name},
                              {"scale", used.scale.name},
                              {"address", used.scale.host + ":" + std::to_string(used.scale.port)}};
    switch (state_of(scale, until)) {
    case ScaleState::connected:
        return {Grade::fine, "scale_speaks", which};
    case ScaleState::silent:
        return {Grade::warning, "scale_silent", which};
    default:
        return {Grade::warning, "scale_away", which};
    }
}

void look_at_scales(Visit& visit) {
    const auto store = open_reading(visit.call.directory);
    if (!store) return;
    const auto used = (*store)->read(scales_in_use);
    visit.facts["scales"] = std::to_string(used.size());
    // All at once, so that ten that are switched off take no longer than one.
    std::vector<std::unique_ptr<devices::Scale>> followed;
    for (const auto& one : used) {
        auto options = network::scale_options(one.scale);
        followed.push_back(options ? std::make_unique<devices::Scale>(std::move(*options))
                                   : nullptr);
    }
    const auto until = std::chrono::steady_clock::now() + patience;
    for (std::size_t i = 0; i < used.size(); ++i) {
        const TextArguments which{{"centre", used[i].centre.name}, {"scale", used[i].scale.name}};
        visit.findings.push_back(followed[i] ? finding_of(used[i], *followed[i], until)
                                             : Finding{Grade::warning, "scale_pattern", which});
    }
}

void look_at_certificate(Visit& visit) {
    constexpr std::int64_t day_ms = 86'400'000;
    const auto& given = visit.call.settings.text("tls_certificate");
    const auto own = visit.call.directory.path / "authority" / "server.pem";
    const auto file = given.empty() ? own : std::filesystem::path(given);
    const auto pem = authority::read_file(file);
    if (!pem && given.empty()) return; // HTTPS was never on
    const auto certificate = pem ? authority::parse_certificate(*pem) : nullptr;
    if (!certificate) {
        return visit.findings.push_back(
            {Grade::wrong, "certificate_unreadable", {{"file", file.string()}}});
    }
    const auto days = (authority::end_of(*certificate).ms - visit.now.ms) / day_ms;
    const TextArguments left{{"days", show_whole(visit.call.language, days)}};
    if (days >= 21) return visit.findings.push_back({Grade::fine, "certificate_good", left});
    // The server's own one is made anew when it starts.
    const auto* const code = given.empty() ? "certificate_old" : "certificate_ends";
    visit.findings.push_back(
        {days < 0 ? Grade::wrong : Grade::warning, code, left, std::to_string(days)});
}

std::string detail_of(const http::ClientResponse& answer) {
    boost::system::error_code unreadable;
    const auto said = boost::json::parse(answer.body, unreadable);
    const auto* const object = unreadable ? nullptr : said.if_object();
    const auto* const code = object ? object->if_contains("code") : nullptr;
    return code && code->is_string() ? std::string(code->as_string())
                                     : std::to_string(answer.status);
}

} // namespace

void look_at_server(Visit& visit) {
    const http::Endpoint server{.unix_socket = visit.call.directory.admin_socket().string()};
    if (!http::is_listening(server)) {
        visit.facts["server"] = "off";
        return visit.findings.push_back({Grade::note, "server_off"});
    }
    visit.facts["server"] = "on";
    try {
        const auto answer = http::Client(server, patience).send({"GET", "/readyz"});
        if (answer.status == 200) return visit.findings.push_back({Grade::fine, "server_ready"});
        const auto code = detail_of(answer);
        const auto why = visit.call.say("refusal." + code);
        visit.findings.push_back({Grade::wrong, "server_not_ready", {{"why", why}}, code});
    } catch (const Breakdown&) {
        visit.findings.push_back({Grade::wrong, "server_silent"});
    }
}

void look_at_devices(Visit& visit) {
    try {
        look_at_scales(visit);
    } catch (const std::exception&) {
        visit.facts["scales"] = "unknown"; // books that cannot be read name none; that was said
    }
    try {
        look_at_certificate(visit);
    } catch (const Breakdown& broke) {
        visit.findings.push_back(
            {Grade::wrong, "certificate_unreadable", {{"file", broke.what()}}});
    }
}

} // namespace kringwerk::app::doctor
