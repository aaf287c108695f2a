// SPDX-License-Identifier: EUPL-1.2
#include "app/secure.hpp"

#include "platform/authority/authority.hpp"
#include "platform/authority/certificate.hpp"
#include "platform/authority/files.hpp"
#include "platform/authority/local_names.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::app {
namespace {

/// A certificate with what there is to know about it.
struct Papers {
    std::string certificate_file;
    std::string key_file;
    std::vector<std::string> names; ///< that it is good for
    std::optional<Trust> trust;     ///< nothing: tablets trust it already
};

Papers given_papers(const cli::Settings& settings) {
    Papers papers{settings.text("tls_certificate"), settings.text("tls_key"), {}, {}};
    const auto pem = authority::read_file(papers.certificate_file);
    const auto certificate = pem ? authority::parse_certificate(*pem) : nullptr;
    if (!certificate) throw Breakdown(papers.certificate_file + " holds no certificate");
    papers.names = authority::names_of(*certificate);
    return papers;
}

/// This machine, the names and addresses under which its neighbours find it, and the address that
/// the settings name.
authority::LocalNames names_of_machine(const std::string& address) {
    auto own = authority::own_names();
    own.names.emplace_back("localhost");
    own.addresses.emplace_back("127.0.0.1");
    own.addresses.emplace_back("::1");
    const auto is_known = std::ranges::find(own.addresses, address) != own.addresses.end();
    if (!is_known && address != "0.0.0.0" && address != "::") own.addresses.push_back(address);
    return own;
}

std::string listed(const std::vector<std::string>& names) {
    std::string all;
    for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
    return all;
}

void tell(const cli::Log& log, const authority::ServerCertificate& server) {
    if (server.is_new) {
        log.write(cli::LogLevel::info, "new server certificate", {{"names", listed(server.names)}});
    }
    if (!server.left_out.empty()) {
        log.write(cli::LogLevel::info, "names left out of the server certificate",
                  {{"names", listed(server.left_out)}});
    }
}

Result<Papers> own_papers(const Call& call, const Rooms& rooms, const cli::Log& log) {
    const auto own = names_of_machine(call.settings.text("secure_address"));
    const auto house =
        authority::open_or_make(call.directory.path / "authority", rooms.network_name, {}, now());
    if (!house) return refuse(house.error());
    const auto server = house->make_server_certificate(own.names, own.addresses, now());
    if (!server) return refuse(server.error());
    tell(log, *server);
    return Papers{server->certificate.string(), server->key.string(), server->names,
                  Trust{house->der(), house->mobileconfig(), house->fingerprint()}};
}

Papers papers_of(const Call& call, const Rooms& rooms, const cli::Log& log) {
    if (!call.settings.text("tls_certificate").empty()) return given_papers(call.settings);
    auto papers = own_papers(call, rooms, log);
    if (papers) return std::move(*papers);
    throw Breakdown(Texts::built_in().say(call.language, papers.error()));
}

bool asked_for(const cli::Settings& settings) {
    constexpr std::array keys{"secure_address", "secure_port", "tls_certificate", "tls_key"};
    return std::ranges::any_of(keys, [&](const char* key) {
        return settings.value(key).origin.kind != cli::OriginKind::standard;
    });
}

Secure listen(const Call& call, Rooms& rooms, const cli::Log& log, http::ServerOptions options,
              const http::Routes& routes) {
    const auto papers = papers_of(call, rooms, log);
    options.address = call.settings.text("secure_address");
    options.port = static_cast<std::uint16_t>(call.settings.whole_number("secure_port"));
    options.unix_socket.clear();
    options.admin_socket.clear();
    options.certificate_file = papers.certificate_file;
    options.key_file = papers.key_file;
    Secure secure;
    secure.tablet = tablet_access(options.address, options.port, papers.names, papers.trust);
    const auto url = secure.tablet.urls.empty()
                         ? "https://localhost:" + std::to_string(options.port)
                         : secure.tablet.urls.front();
    rooms.premises.tablet = secure.tablet; // before anybody can ask
    secure.server = std::make_unique<http::Server>(std::move(options),
                                                   with_tablet_page(rooms, secure.tablet, routes));
    secure.words = call.say("serve.ready_secure", {{"url", url}});
    return secure;
}

} // namespace

Secure listen_securely(const Call& call, Rooms& rooms, const cli::Log& log,
                       http::ServerOptions options, const http::Routes& routes) {
    if (call.settings.whole_number("secure_port") == 0) return {};
    try {
        return listen(call, rooms, log, std::move(options), routes);
    } catch (const Breakdown& broke) {
        if (asked_for(call.settings)) throw;
        rooms.premises.tablet = {};
        Secure none;
        none.words = call.say("serve.not_secure", {{"why", broke.what()}});
        return none;
    }
}

http::Routes with_tablet_page(const Rooms& rooms, const TabletAccess& tablet, http::Routes routes) {
    for (auto& route : tablet_routes(rooms.site, tablet)) routes.push_back(std::move(route));
    return routes;
}

} // namespace kringwerk::app
