// SPDX-License-Identifier: EUPL-1.2
#include "platform/authority/authority.hpp"

#include "base/hash.hpp"
#include "base/words.hpp"
#include "platform/authority/certificate.hpp"
#include "platform/authority/files.hpp"
#include "platform/authority/profile.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace kringwerk::authority {
namespace {

constexpr std::int64_t renewal_ms = 30LL * 24 * 3600 * 1000;
constexpr std::string_view authority_file = "authority.pem";
constexpr std::string_view authority_key_file = "authority.key.pem";
constexpr std::string_view server_file = "server.pem";
constexpr std::string_view server_key_file = "server.key.pem";

tl::unexpected<Refusal> damaged(const std::filesystem::path& file) {
    return refuse("authority.damaged",
                  {{"file", file.string()}, {"folder", file.parent_path().string()}});
}

/// A common name has at most 64 characters (RFC 5280), and ours ends in sixteen of its own.
std::string common_name(std::string_view network_name) {
    std::size_t characters = 0;
    std::size_t end = 0;
    for (; end < network_name.size(); ++end) {
        const bool begins = (static_cast<unsigned char>(network_name[end]) & 0xC0) != 0x80;
        if (begins && ++characters > 48) break;
    }
    return std::string(network_name.substr(0, end)) + " – eigen toegang";
}

std::string common_name(X509& certificate) {
    auto& subject = *X509_get_subject_name(&certificate);
    const int place = X509_NAME_get_index_by_NID(&subject, NID_commonName, -1);
    if (place < 0) return "Kringwerk";
    unsigned char* text = nullptr;
    const int size =
        ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(&subject, place)));
    demand(size >= 0, "read a name");
    const std::string name(reinterpret_cast<char*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    return name;
}

void make_folder(const std::filesystem::path& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder.parent_path(), failed);
    if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return;
    throw Breakdown(folder.string() + " cannot be made: " + std::generic_category().message(errno));
}

/// The names that `authority` may vouch for, sorted, each once; the others go to `left_out`.
std::vector<std::string> choose(X509& authority, std::span<const std::string> given,
                                std::vector<std::string>& left_out) {
    std::vector<std::string> chosen;
    for (const auto& name : given) {
        auto normal = normal_name(name);
        const bool good = !normal.empty() && covers(authority, normal);
        if (good)
            chosen.push_back(std::move(normal));
        else
            left_out.push_back(name);
    }
    return chosen;
}

void sort_once(std::vector<std::string>& names) {
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

/// The certificate on disk when it still does; else nothing.
Certificate sound(const ServerCertificate& wanted, X509& authority, Instant now) {
    const auto chain = read_file(wanted.certificate);
    const auto key_text = read_file(wanted.key);
    if (!chain || !key_text) return nullptr;
    auto certificate = parse_certificate(*chain);
    const auto key = parse_key(*key_text);
    if (!certificate || !key || !fits(*key, *certificate)) return nullptr;
    if (!signed_by(*certificate, authority)) return nullptr;
    // A clock that was wrong at the first start made a certificate for another time.
    if (begin_of(*certificate) > now) return nullptr;
    if (end_of(*certificate).ms - renewal_ms <= now.ms) return nullptr;
    if (names_of(*certificate) != wanted.names) return nullptr;
    return certificate;
}

} // namespace

Authority::Authority(std::filesystem::path folder, Key key, Certificate certificate)
    : folder_(std::move(folder)), key_(std::move(key)), certificate_(std::move(certificate)) {}

Result<Authority> open_or_make(const std::filesystem::path& folder, std::string_view network_name,
                               std::span<const std::string> names, Instant now) {
    const auto file = folder / authority_file;
    const auto key_file = folder / authority_key_file;
    make_folder(folder);
    auto pem = read_file(file);
    auto key_pem = read_file(key_file);
    if (pem && !key_pem) return damaged(key_file);
    if (!key_pem) {
        key_pem = pem_of(*make_key());
        write_file(key_file, *key_pem, Readers::owner);
    }
    keep_to_owner(key_file);
    auto key = parse_key(*key_pem);
    if (!key) return damaged(key_file);
    if (!pem) { // a key alone is what a cut of power in the first run leaves
        pem = pem_of(*make_authority_certificate(*key, common_name(network_name), names, now));
        write_file(file, *pem, Readers::everybody);
    }
    auto certificate = parse_certificate(*pem);
    if (!certificate || !fits(*key, *certificate)) return damaged(file);
    if (end_of(*certificate) <= now) {
        return refuse("authority.expired", {{"folder", folder.string()}});
    }
    return Authority(folder, std::move(key), std::move(certificate));
}

Result<ServerCertificate> Authority::make_server_certificate(std::span<const std::string> names,
                                                             std::span<const std::string> addresses,
                                                             Instant now) const {
    ServerCertificate server;
    server.certificate = folder_ / server_file;
    server.key = folder_ / server_key_file;
    server.names = choose(*certificate_, names, server.left_out);
    std::ranges::copy(choose(*certificate_, addresses, server.left_out),
                      std::back_inserter(server.names));
    if (server.names.empty()) return refuse("authority.no_names");
    sort_once(server.names);
    auto certificate = sound(server, *certificate_, now);
    if (!certificate) {
        const auto key = make_key();
        certificate = make_leaf(*key, server.names, *certificate_, *key_, now);
        // A cut between the two leaves a key that does not fit; the next start makes both anew.
        write_file(server.key, pem_of(*key), Readers::owner);
        write_file(server.certificate, pem_of(*certificate) + pem_of(*certificate_),
                   Readers::everybody);
        server.is_new = true;
    }
    keep_to_owner(server.key);
    server.ends = end_of(*certificate);
    return server;
}

std::string Authority::der() const { return der_of(*certificate_); }

std::string Authority::fingerprint() const {
    const auto digits = upper(hex(sha256(der())));
    std::string text;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        if (i > 0) text += i % 16 == 0 ? '\n' : ' ';
        text += digits.substr(i, 2);
    }
    return text;
}

std::string Authority::mobileconfig() const {
    return apple_profile(der(), common_name(*certificate_));
}

Instant Authority::ends() const { return end_of(*certificate_); }

} // namespace kringwerk::authority
