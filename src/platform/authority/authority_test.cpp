// SPDX-License-Identifier: EUPL-1.2
#include "platform/authority/authority.hpp"

#include "base/hash.hpp"
#include "platform/authority/certificate.hpp"
#include "platform/authority/local_names.hpp"

#include <doctest/doctest.h>
#include <openssl/pem.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace kringwerk;
using namespace kringwerk::authority;

namespace {

constexpr Instant start{1'804'845'360'000}; // 2027-03-12
constexpr std::int64_t day_ms = 24LL * 3600 * 1000;
const std::vector<std::string> names{"kringwerk", "kringwerk.local"};
const std::vector<std::string> addresses{"192.168.1.20", "fd12::20"};

constexpr Instant after(std::int64_t days) { return {start.ms + days * day_ms}; }

struct Folder {
    std::filesystem::path path;
    Folder() {
        std::string made =
            (std::filesystem::temp_directory_path() / "kw-authority-XXXXXX").string();
        path = std::filesystem::path(::mkdtemp(made.data())) / "tls";
    }
    ~Folder() { std::filesystem::remove_all(path.parent_path()); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
};

Authority open(const Folder& folder, Instant moment = start) {
    auto opened = open_or_make(folder.path, "Kringwerk Waterland", names, moment);
    REQUIRE(opened);
    return std::move(*opened);
}

std::string content(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

void put(const std::filesystem::path& path, std::string_view text) {
    std::ofstream(path, std::ios::trunc) << text;
}

unsigned mode(const std::filesystem::path& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777;
}

/// What a tablet decides that trusts `root`, visits `host` and meets `leaf`: 0 is well.
int verdict(X509& root, X509& leaf, const std::string& host, Instant moment) {
    const Owned<X509_STORE, X509_STORE_free> trusted(X509_STORE_new());
    X509_STORE_add_cert(trusted.get(), &root);
    const Owned<X509_STORE_CTX, X509_STORE_CTX_free> context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), trusted.get(), &leaf, nullptr);
    auto* rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_SERVER);
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
    X509_VERIFY_PARAM_set_time(rules, moment.ms / 1000);
    if (X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) != 1) {
        X509_VERIFY_PARAM_set1_host(rules, host.c_str(), host.size());
    }
    ERR_clear_error();
    if (X509_verify_cert(context.get()) == 1) return X509_V_OK;
    return X509_STORE_CTX_get_error(context.get());
}

Certificate certificate_in(const std::filesystem::path& path) {
    auto read = parse_certificate(content(path));
    REQUIRE(read);
    return read;
}

} // namespace

TEST_CASE("a tablet that trusts the authority believes the server under each of its names only") {
    const Folder folder;
    const auto authority = open(folder);
    const auto server = authority.make_server_certificate(names, addresses, start);
    REQUIRE(server);
    CHECK(server->names ==
          std::vector<std::string>{"192.168.1.20", "fd12::20", "kringwerk", "kringwerk.local"});
    CHECK(server->left_out.empty());
    const auto root = certificate_in(folder.path / "authority.pem");
    const auto leaf = certificate_in(server->certificate);
    for (const auto& host : server->names) {
        CAPTURE(host);
        CHECK(verdict(*root, *leaf, host, start) == X509_V_OK);
    }
    for (const auto* host : {"example.nl", "local", "anders.local", "x.kringwerk.local"}) {
        CHECK(verdict(*root, *leaf, host, start) == X509_V_ERR_HOSTNAME_MISMATCH);
    }
    CHECK(verdict(*root, *leaf, "192.168.1.21", start) == X509_V_ERR_IP_ADDRESS_MISMATCH);
    CHECK(verdict(*root, *leaf, "kringwerk", after(396)) == X509_V_ERR_CERT_HAS_EXPIRED);
    CHECK(verdict(*root, *leaf, "kringwerk", after(-2)) != X509_V_OK);
}

TEST_CASE("the server's file holds the chain, its own certificate first, and the key fits") {
    const Folder folder;
    const auto server = open(folder).make_server_certificate(names, addresses, start);
    REQUIRE(server);
    const auto chain = content(server->certificate);
    const auto second = chain.find("-----BEGIN CERTIFICATE-----", 10);
    REQUIRE(second != chain.npos);
    CHECK(chain.substr(second) == content(folder.path / "authority.pem"));
    const auto key = parse_key(content(server->key));
    REQUIRE(key);
    CHECK(fits(*key, *certificate_in(server->certificate)));
}

TEST_CASE("the authority may vouch for names inside the house and its own names, for no others") {
    const Folder folder;
    const auto authority = open(folder);
    const auto root = certificate_in(folder.path / "authority.pem");
    for (const auto* name : {"kringwerk", "ander.local", "tablet.lan", "10.1.2.3", "172.31.0.1",
                             "fd00::1", "127.0.0.1", "::1", "localhost", "a.home.arpa"}) {
        CAPTURE(name);
        CHECK(covers(*root, name));
    }
    for (const auto* name : {"bank.nl", "notlocal", "8.8.8.8", "172.32.0.1", "2001:db8::1"}) {
        CAPTURE(name);
        CHECK_FALSE(covers(*root, name));
    }
    const std::vector<std::string> more{"bank.nl", "KRINGWERK.local", "twee woorden",
                                        "a,DNS:bank.nl"};
    const std::vector<std::string> public_one{"2001:db8::1"};
    const auto server = authority.make_server_certificate(more, public_one, start);
    REQUIRE(server);
    CHECK(server->names == std::vector<std::string>{"kringwerk.local"});
    CHECK(server->left_out ==
          std::vector<std::string>{"bank.nl", "twee woorden", "a,DNS:bank.nl", "2001:db8::1"});
    CHECK(authority.make_server_certificate({}, public_one, start).error().code ==
          "authority.no_names");
    // Even with the stolen key nobody passes for a bank.
    const auto thief = parse_key(content(folder.path / "authority.key.pem"));
    const std::vector<std::string> bank{"bank.nl"};
    const auto forged = make_leaf(*make_key(), bank, *root, *thief, start);
    CHECK(verdict(*root, *forged, "bank.nl", start) == X509_V_ERR_PERMITTED_VIOLATION);
}

TEST_CASE("opened again, authority and server certificate are the same") {
    const Folder folder;
    const auto first = open(folder);
    const auto made = first.make_server_certificate(names, addresses, start);
    const auto chain = content(made->certificate);
    const auto again = open(folder, after(200));
    CHECK(again.der() == first.der());
    const std::vector<std::string> other_order{"kringwerk.local", "kringwerk", "kringwerk"};
    const auto kept = again.make_server_certificate(other_order, addresses, after(200));
    CHECK(made->is_new);
    CHECK_FALSE(kept->is_new);
    CHECK(kept->ends == made->ends);
    CHECK(content(kept->certificate) == chain);
}

TEST_CASE("a server certificate is made anew when it ends soon, lies ahead, or has other names") {
    const Folder folder;
    const auto authority = open(folder);
    const auto first = authority.make_server_certificate(names, addresses, start);
    CHECK(first->ends.ms - start.ms <= 397 * day_ms);
    CHECK_FALSE(authority.make_server_certificate(names, addresses, after(365))->is_new);
    const auto later = authority.make_server_certificate(names, addresses, after(367));
    CHECK(later->is_new);
    CHECK(later->ends > first->ends);
    CHECK(authority.make_server_certificate(names, addresses, after(10))->is_new);
    CHECK(authority.make_server_certificate(names, {}, after(10))->is_new);
    CHECK_FALSE(authority.make_server_certificate(names, {}, after(10))->is_new);
}

TEST_CASE("damaged files of the server, or those of another authority, are made anew") {
    const Folder folder;
    const Folder other;
    const auto authority = open(folder);
    const auto server = authority.make_server_certificate(names, addresses, start);
    put(server->certificate, "stuk");
    CHECK(authority.make_server_certificate(names, addresses, start)->is_new);
    std::filesystem::remove(server->key);
    CHECK(authority.make_server_certificate(names, addresses, start)->is_new);
    const auto strange = open(other).make_server_certificate(names, addresses, start);
    put(server->key, content(strange->key));
    CHECK(authority.make_server_certificate(names, addresses, start)->is_new);
    put(server->key, content(strange->key));
    put(server->certificate, content(strange->certificate));
    CHECK(authority.make_server_certificate(names, addresses, start)->is_new);
    CHECK_FALSE(authority.make_server_certificate(names, addresses, start)->is_new);
}

TEST_CASE("only the owner reads the keys, whatever the umask, and nothing is left beside") {
    const Folder folder;
    const auto before = ::umask(0);
    const auto server = open(folder).make_server_certificate(names, addresses, start);
    ::umask(before);
    CHECK(mode(folder.path) == 0700);
    CHECK(mode(folder.path / "authority.key.pem") == 0600);
    CHECK(mode(server->key) == 0600);
    CHECK(mode(folder.path / "authority.pem") == 0644);
    CHECK(mode(server->certificate) == 0644);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 4);
    ::chmod((folder.path / "authority.key.pem").c_str(), 0644);
    open(folder);
    CHECK(mode(folder.path / "authority.key.pem") == 0600);
}

TEST_CASE("a damaged authority is refused with the name of the file, never replaced") {
    const Folder folder;
    const auto file = folder.path / "authority.pem";
    const auto key_file = folder.path / "authority.key.pem";
    open(folder);
    const auto good = content(file);
    const auto good_key = content(key_file);
    const auto refused = [&] {
        const auto opened = open_or_make(folder.path, "Kringwerk", names, start);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == "authority.damaged");
        return opened.error().arguments.at(0).second;
    };
    put(file, good.substr(0, good.size() / 2));
    CHECK(refused() == file);
    put(file, "");
    CHECK(refused() == file);
    put(file, good);
    put(key_file, pem_of(*make_key()));
    CHECK(refused() == file);
    put(key_file,
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nstuk\n-----END ENCRYPTED PRIVATE KEY-----\n");
    CHECK(refused() == key_file);
    std::filesystem::remove(key_file);
    CHECK(refused() == key_file);
    put(key_file, good_key);
    open(folder);
    CHECK(ERR_peek_error() == 0);
}

TEST_CASE("an authority lasts ten years, its servers never longer, and then it is refused") {
    const Folder folder;
    const auto authority = open(folder);
    CHECK(authority.ends() > after(3650));
    const auto last = authority.make_server_certificate(names, addresses, after(3500));
    CHECK(last->ends == authority.ends());
    CHECK(open_or_make(folder.path, "x", names, after(3660)).error().code == "authority.expired");
}

TEST_CASE("a first run that was cut after the key goes on with that key") {
    const Folder folder;
    open(folder);
    const auto key = content(folder.path / "authority.key.pem");
    std::filesystem::remove(folder.path / "authority.pem");
    open(folder);
    CHECK(content(folder.path / "authority.key.pem") == key);
}

TEST_CASE("a disk that does not take the files is a breakdown") {
    const Folder folder;
    put(folder.path, "geen map");
    CHECK_THROWS_AS((void)open_or_make(folder.path, "x", names, start), Breakdown);
}

TEST_CASE("the name on the certificate is the network's, cut to what fits") {
    const Folder folder;
    const auto authority = open(folder);
    const auto profile = authority.mobileconfig();
    CHECK(profile.find("<string>Kringwerk Waterland – eigen toegang</string>") != profile.npos);
    for (const auto& name : {std::string(200, 'x'), std::string("stuk\xFF\xFE"), std::string()}) {
        const Folder other;
        CHECK(open_or_make(other.path, name, names, start));
    }
    const Folder accents;
    std::string long_name;
    for (int i = 0; i < 60; ++i) long_name += "ë";
    CHECK(open_or_make(accents.path, long_name, names, start));
}

TEST_CASE("what a tablet downloads is the certificate, and its print can be compared by eye") {
    const Folder folder;
    const auto authority = open(folder);
    const auto der = authority.der();
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    const Certificate read(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
    REQUIRE(read);
    CHECK(pem_of(*read) == content(folder.path / "authority.pem"));
    auto print = authority.fingerprint();
    CHECK(std::ranges::count(print, '\n') == 3);
    CHECK(std::ranges::all_of(print, [](char sign) {
        return (sign >= '0' && sign <= '9') || (sign >= 'A' && sign <= 'F') || sign == ' ' ||
               sign == '\n';
    }));
    std::erase_if(print, [](char sign) { return sign == ' ' || sign == '\n'; });
    std::ranges::transform(print, print.begin(),
                           [](char sign) { return static_cast<char>(std::tolower(sign)); });
    CHECK(print == hex(sha256(der)));
}

TEST_CASE("an Apple profile carries the certificate and is the same each time") {
    const Folder folder;
    const auto authority = open(folder);
    const auto profile = authority.mobileconfig();
    CHECK(profile == open(folder).mobileconfig());
    const auto from = profile.find("<data>") + 6;
    const auto data = profile.substr(from, profile.find("</data>") - from);
    std::string der(data.size(), '\0');
    const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(der.data()),
                                     reinterpret_cast<const unsigned char*>(data.data()),
                                     static_cast<int>(data.size()));
    CHECK(size >= static_cast<int>(authority.der().size()));
    CHECK(der.starts_with(authority.der()));
    const Folder other;
    CHECK(open(other).mobileconfig() != profile);
    const Folder odd;
    const auto escaped = open_or_make(odd.path, "Heen & <weer>", names, start)->mobileconfig();
    CHECK(escaped.find("Heen &amp; &lt;weer&gt; – eigen") != escaped.npos);
}

TEST_CASE("this computer knows names and addresses of its own, none of them the loopback") {
    const auto own = own_names();
    CHECK(std::ranges::none_of(own.addresses, [](const auto& address) {
        return address.starts_with("127.") || address == "::1" || address.starts_with("fe80");
    }));
    CHECK(std::ranges::is_sorted(own.addresses));
    CHECK((own.names.empty() || std::ranges::any_of(own.names, [](const auto& name) {
               return name.ends_with(".local");
           })));
    for (const auto& address : own.addresses) CHECK(normal_name(address) == address);
}
