// SPDX-License-Identifier: EUPL-1.2
#include "base/ensure.hpp"
#include "platform/http/testing.hpp"

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <memory>

using namespace kringwerk;
using namespace kringwerk::http;
using namespace kringwerk::http::testing;
using namespace std::chrono_literals;

namespace {

template <class T, auto Free> struct Freer {
    void operator()(T* thing) const { Free(thing); }
};
template <class T, auto Free> using Owned = std::unique_ptr<T, Freer<T, Free>>;
using File = Owned<std::FILE, std::fclose>;

/// A certificate for "localhost" that nobody vouches for, made for this run.
struct Certificate {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("kw-tls-" + std::to_string(getpid()));
    std::string certificate = folder / "certificate.pem";
    std::string key = folder / "key.pem";

    Certificate() {
        std::filesystem::create_directories(folder);
        const Owned<EVP_PKEY, EVP_PKEY_free> pair(EVP_EC_gen("P-256"));
        const Owned<X509, X509_free> made(X509_new());
        ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(made.get()), 0);
        X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
        X509_set_pubkey(made.get(), pair.get());
        auto* name = X509_get_subject_name(made.get());
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
        X509_set_issuer_name(made.get(), name);
        X509_sign(made.get(), pair.get(), EVP_sha256());
        const File certificate_file(std::fopen(certificate.c_str(), "w"));
        PEM_write_X509(certificate_file.get(), made.get());
        const File key_file(std::fopen(key.c_str(), "w"));
        PEM_write_PrivateKey(key_file.get(), pair.get(), nullptr, nullptr, 0, nullptr, nullptr);
    }
    ~Certificate() { std::filesystem::remove_all(folder); }
};

/// Says `bytes` over TLS and returns all that comes back.
std::string say_safely(const Endpoint& endpoint, const std::string& bytes,
                       int newest = TLS1_3_VERSION) {
    const Wire wire(endpoint, 5s);
    const Owned<SSL_CTX, SSL_CTX_free> context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_max_proto_version(context.get(), newest);
    const Owned<SSL, SSL_free> tls(SSL_new(context.get()));
    SSL_set_fd(tls.get(), wire.descriptor());
    if (SSL_connect(tls.get()) != 1) return "no handshake";
    SSL_write(tls.get(), bytes.data(), static_cast<int>(bytes.size()));
    std::string said;
    std::string piece(4096, '\0');
    for (;;) {
        const int got = SSL_read(tls.get(), piece.data(), static_cast<int>(piece.size()));
        if (got <= 0) break;
        said.append(piece, 0, static_cast<std::size_t>(got));
    }
    const bool ended_well = SSL_get_shutdown(tls.get()) & SSL_RECEIVED_SHUTDOWN;
    return ended_well ? said : said + " (cut)";
}

} // namespace

TEST_CASE("over TLS a request is secure, and a large answer comes whole") {
    const Certificate files;
    auto options = quick();
    options.certificate_file = files.certificate;
    options.key_file = files.key;
    Server server(options,
                  {post("/",
                        [](const Request& request) {
                            return plain((request.secure ? "veilig " : "open ") + request.body);
                        },
                        {.body_bytes = 1 << 20})});
    const std::string body(300'000, 'x');
    const auto said = say_safely(at(server), "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                             "Content-Length: 300000\r\n\r\n" +
                                                 body);
    CHECK(said.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(said.find("Strict-Transport-Security: ") != said.npos);
    CHECK(said.ends_with("\r\n\r\nveilig " + body));
    CHECK(say_safely(at(server), "GET / HTTP/1.1\r\nHost: a\r\n\r\n", TLS1_1_VERSION) ==
          "no handshake");
    // Somebody who speaks plain HTTP, or nothing, is cut and harms nobody.
    CHECK(say(at(server), "GET / HTTP/1.1\r\nHost: a\r\n\r\n").find("HTTP/1.1 200") ==
          std::string::npos);
    CHECK(Wire(at(server), 5s).read_all() == "");
    CHECK(say_safely(at(server), "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                 "Content-Length: 2\r\n\r\nja")
              .ends_with("veilig ja"));
}

TEST_CASE("a certificate that cannot be read, or another's key, is a breakdown") {
    const Certificate files;
    auto options = quick();
    options.certificate_file = files.certificate;
    options.key_file = files.folder / "weg.pem";
    CHECK_THROWS_AS(Server(options, {}), Breakdown);
    options.key_file = files.key;
    options.certificate_file = files.key;
    CHECK_THROWS_AS(Server(options, {}), Breakdown);
}
