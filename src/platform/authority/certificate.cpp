// SPDX-License-Identifier: EUPL-1.2
#include "platform/authority/certificate.hpp"

#include "base/hash.hpp"
#include "base/words.hpp"

#include <fmt/format.h>
#include <openssl/pem.h>

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace kringwerk::authority {
namespace {

constexpr std::int64_t hour_s = 3600;
constexpr std::int64_t day_s = 24 * hour_s;
/// Clocks of tablets run behind; a certificate of this very minute would not be valid there yet.
constexpr std::int64_t head_start_s = day_s;
constexpr std::int64_t authority_s = 3653 * day_s;
/// The longest that iOS takes is 398 days, the head start included.
constexpr std::int64_t leaf_s = 397 * day_s;

/// Endings that routers and RFC 6762, RFC 8375 and ICANN keep for the inside of a house.
constexpr std::array house_names{"local", "localhost", "lan", "internal", "home.arpa"};
/// RFC 1918, 6598, 3927, 4193, 4291: addresses that nobody has on the Internet.
constexpr std::array house_addresses{"10.0.0.0/255.0.0.0",
                                     "172.16.0.0/255.240.0.0",
                                     "192.168.0.0/255.255.0.0",
                                     "100.64.0.0/255.192.0.0",
                                     "169.254.0.0/255.255.0.0",
                                     "127.0.0.0/255.0.0.0",
                                     "fc00::/fe00::",
                                     "fe80::/ffc0::",
                                     "::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"};

using Extension = Owned<X509_EXTENSION, X509_EXTENSION_free>;
using Octets = Owned<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>;
using Names = Owned<GENERAL_NAMES, GENERAL_NAMES_free>;
using Limits = Owned<NAME_CONSTRAINTS, NAME_CONSTRAINTS_free>;

Octets parse_address(const std::string& name) {
    Octets address(a2i_IPADDRESS(name.c_str()));
    ERR_clear_error();
    return address;
}

std::string in_words(const std::string& name) {
    return (parse_address(name) ? "IP:" : "DNS:") + name;
}

bool is_host_name(std::string_view name) {
    if (name.empty() || name.size() > 253 || name.front() == '.' || name.back() == '.')
        return false;
    if (name.find("..") != name.npos) return false;
    return std::ranges::all_of(name, [](char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') || sign == '-' ||
               sign == '.';
    });
}

void add(X509& certificate, X509& issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
    const Extension made(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    demand(made && X509_add_ext(&certificate, made.get(), -1) == 1, "add to a certificate");
}

/// 127 random bits: positive, and nobody can foresee what will be signed.
void set_serial(X509& certificate) {
    auto bytes = random_bytes(16);
    bytes[0] = static_cast<char>((static_cast<unsigned char>(bytes[0]) & 0x7F) | 0x40);
    const Owned<BIGNUM, BN_free> number(
        BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), 16, nullptr));
    demand(number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate)),
           "number a certificate");
}

/// False when it is no UTF-8 or too long (64 characters, RFC 5280).
bool set_common_name(X509& certificate, std::string_view name) {
    const Owned<X509_NAME, X509_NAME_free> subject(X509_NAME_new());
    const auto* text = reinterpret_cast<const unsigned char*>(name.data());
    const bool taken =
        X509_NAME_add_entry_by_NID(subject.get(), NID_commonName, MBSTRING_UTF8, text,
                                   static_cast<int>(name.size()), -1, 0) == 1 &&
        X509_set_subject_name(&certificate, subject.get()) == 1;
    ERR_clear_error();
    return taken;
}

Certificate blank(EVP_PKEY& key, std::int64_t begin_s, std::int64_t end_s) {
    Certificate made(X509_new());
    demand(made && X509_set_version(made.get(), X509_VERSION_3) == 1 &&
               X509_set_pubkey(made.get(), &key) == 1 &&
               ASN1_TIME_set(X509_getm_notBefore(made.get()), begin_s) &&
               ASN1_TIME_set(X509_getm_notAfter(made.get()), end_s),
           "begin a certificate");
    set_serial(*made);
    return made;
}

void sign(X509& certificate, X509& issuer, EVP_PKEY& key) {
    demand(X509_set_issuer_name(&certificate, X509_get_subject_name(&issuer)) == 1 &&
               X509_sign(&certificate, &key, EVP_sha256()) > 0,
           "sign a certificate");
}

std::string limits(std::span<const std::string> names) {
    std::string text = "critical";
    for (const auto* name : house_names) text += fmt::format(",permitted;DNS:{}", name);
    for (const auto* address : house_addresses) text += fmt::format(",permitted;IP:{}", address);
    for (const auto& name : names) {
        const auto normal = normal_name(name);
        if (!normal.empty() && !parse_address(normal)) text += ",permitted;DNS:" + normal;
    }
    return text;
}

std::string all_in_words(std::span<const std::string> names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ",") + in_words(name);
    return text;
}

Instant moment_of(const ASN1_TIME* time) {
    int days = 0;
    int seconds = 0;
    const Owned<ASN1_TIME, ASN1_TIME_free> epoch(ASN1_TIME_set(nullptr, 0));
    demand(epoch && ASN1_TIME_diff(&days, &seconds, epoch.get(), time) == 1, "read a moment");
    return {(days * day_s + seconds) * 1000};
}

std::string text_of(BIO& memory) {
    char* text = nullptr;
    const auto size = BIO_get_mem_data(&memory, &text);
    return {text, static_cast<std::size_t>(size)};
}

Memory memory_with(std::string_view text) {
    Memory memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    demand(memory != nullptr, "read from memory");
    return memory;
}

std::string name_of(const GENERAL_NAME& name) {
    int kind = 0;
    const auto* value = static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(&name, &kind));
    const auto* bytes = ASN1_STRING_get0_data(value);
    const auto size = static_cast<std::size_t>(ASN1_STRING_length(value));
    if (kind == GEN_DNS) return {reinterpret_cast<const char*>(bytes), size};
    if (kind != GEN_IPADD || (size != 4 && size != 16)) return {};
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(size == 4 ? AF_INET : AF_INET6, bytes, text.data(), text.size());
    return text.data();
}

/// Without it OpenSSL would ask for a password on the terminal, and the server would wait.
int no_password(char*, int, int, void*) { return -1; }

} // namespace

Key make_key() {
    Key key(EVP_EC_gen("P-256"));
    demand(key != nullptr, "make a key");
    return key;
}

Certificate make_authority_certificate(EVP_PKEY& key, std::string_view common_name,
                                       std::span<const std::string> names, Instant now) {
    const auto now_s = now.ms / 1000;
    auto made = blank(key, now_s - head_start_s, now_s + authority_s);
    if (!set_common_name(*made, common_name)) set_common_name(*made, "Kringwerk");
    add(*made, *made, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add(*made, *made, NID_key_usage, "critical,keyCertSign,cRLSign");
    add(*made, *made, NID_name_constraints, limits(names));
    add(*made, *made, NID_subject_key_identifier, "hash");
    sign(*made, *made, key);
    return made;
}

Certificate make_leaf(EVP_PKEY& key, std::span<const std::string> names, X509& authority,
                      EVP_PKEY& authority_key, Instant now) {
    const auto begin_s = std::max(now.ms / 1000 - head_start_s, begin_of(authority).ms / 1000);
    auto made = blank(key, begin_s, std::min(begin_s + leaf_s, end_of(authority).ms / 1000));
    // Browsers read the alternative names only; the common name is for people.
    if (!set_common_name(*made, names.front())) set_common_name(*made, "kringwerk");
    add(*made, authority, NID_basic_constraints, "critical,CA:FALSE");
    add(*made, authority, NID_key_usage, "critical,digitalSignature");
    add(*made, authority, NID_ext_key_usage, "serverAuth");
    add(*made, authority, NID_subject_alt_name, all_in_words(names));
    add(*made, authority, NID_subject_key_identifier, "hash");
    add(*made, authority, NID_authority_key_identifier, "keyid:always");
    sign(*made, authority, authority_key);
    return made;
}

std::string normal_name(std::string_view name) {
    const auto text = lower(name);
    std::array<unsigned char, 16> bytes{};
    std::array<char, INET6_ADDRSTRLEN> address{};
    for (const int family : {AF_INET, AF_INET6}) {
        if (inet_pton(family, text.c_str(), bytes.data()) != 1) continue;
        return inet_ntop(family, bytes.data(), address.data(), address.size());
    }
    return is_host_name(text) ? text : "";
}

bool covers(X509& authority, const std::string& name) {
    const Limits allowed(static_cast<NAME_CONSTRAINTS*>(
        X509_get_ext_d2i(&authority, NID_name_constraints, nullptr, nullptr)));
    if (!allowed) return true;
    const Certificate probe(X509_new());
    demand(probe != nullptr, "begin a certificate");
    add(*probe, authority, NID_subject_alt_name, in_words(name));
    X509_check_purpose(probe.get(), -1, 0); // the check below reads what this one notes down
    ERR_clear_error();
    return NAME_CONSTRAINTS_check(probe.get(), allowed.get()) == X509_V_OK;
}

std::vector<std::string> names_of(X509& certificate) {
    const Names all(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
    std::vector<std::string> names;
    for (int i = 0; all && i < sk_GENERAL_NAME_num(all.get()); ++i) {
        names.push_back(name_of(*sk_GENERAL_NAME_value(all.get(), i)));
    }
    std::ranges::sort(names);
    return names;
}

bool signed_by(X509& certificate, X509& authority) {
    const bool is_so = X509_check_issued(&authority, &certificate) == X509_V_OK &&
                       X509_verify(&certificate, X509_get0_pubkey(&authority)) == 1;
    ERR_clear_error();
    return is_so;
}

bool fits(EVP_PKEY& key, X509& certificate) {
    const auto* public_key = X509_get0_pubkey(&certificate);
    const bool is_so = public_key != nullptr && EVP_PKEY_eq(public_key, &key) == 1;
    ERR_clear_error();
    return is_so;
}

Instant begin_of(X509& certificate) { return moment_of(X509_get0_notBefore(&certificate)); }
Instant end_of(X509& certificate) { return moment_of(X509_get0_notAfter(&certificate)); }

std::string pem_of(X509& certificate) {
    const Memory memory(BIO_new(BIO_s_mem()));
    demand(memory && PEM_write_bio_X509(memory.get(), &certificate) == 1, "write a certificate");
    return text_of(*memory);
}

std::string pem_of(EVP_PKEY& key) {
    const Memory memory(BIO_new(BIO_s_secmem()));
    demand(memory && PEM_write_bio_PrivateKey(memory.get(), &key, nullptr, nullptr, 0, nullptr,
                                              nullptr) == 1,
           "write a key");
    return text_of(*memory);
}

std::string der_of(X509& certificate) {
    const Memory memory(BIO_new(BIO_s_mem()));
    demand(memory && i2d_X509_bio(memory.get(), &certificate) == 1, "write a certificate");
    return text_of(*memory);
}

Certificate parse_certificate(std::string_view pem) {
    const auto memory = memory_with(pem);
    Certificate read(PEM_read_bio_X509(memory.get(), nullptr, no_password, nullptr));
    ERR_clear_error();
    return read;
}

Key parse_key(std::string_view pem) {
    const auto memory = memory_with(pem);
    Key read(PEM_read_bio_PrivateKey(memory.get(), nullptr, no_password, nullptr));
    ERR_clear_error();
    return read;
}

} // namespace kringwerk::authority
