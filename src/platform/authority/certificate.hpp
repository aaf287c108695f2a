// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/time.hpp"
#include "platform/authority/openssl.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Certificates as values: made, written as PEM, read back. No files.
namespace kringwerk::authority {

/// EC P-256: every browser takes it, and a small computer signs with it in less than a millisecond.
Key make_key();
/// What signs the certificates of servers: ten years, and nothing below it but those. It is limited
/// to `names`, to the names that networks give inside a house and to private addresses: who steals
/// it cannot pass for a bank on the tablets that trust it. A `common_name` that is no UTF-8 or has
/// more than 64 characters becomes "Kringwerk".
Certificate make_authority_certificate(EVP_PKEY& key, std::string_view common_name,
                                       std::span<const std::string> names, Instant now);
/// A certificate for `names`, which are DNS names and IP addresses; at most 397 days and never
/// longer than its authority.
Certificate make_leaf(EVP_PKEY& key, std::span<const std::string> names, X509& authority,
                      EVP_PKEY& authority_key, Instant now);

/// The way in which addresses are written that mean the same: "::1". Names come in lower case.
/// Empty for what can be neither a name nor an address.
std::string normal_name(std::string_view name);
/// True when the limits of `authority` allow `name`, which is normal.
bool covers(X509& authority, const std::string& name);
/// The names and addresses that a certificate is for, sorted.
std::vector<std::string> names_of(X509& certificate);
bool signed_by(X509& certificate, X509& authority);
bool fits(EVP_PKEY& key, X509& certificate);
Instant begin_of(X509& certificate);
Instant end_of(X509& certificate);

std::string pem_of(X509& certificate);
std::string pem_of(EVP_PKEY& key);
std::string der_of(X509& certificate);
/// The first one of the text; nothing when it is damaged.
Certificate parse_certificate(std::string_view pem);
/// Nothing when it is damaged, or locked by a password.
Key parse_key(std::string_view pem);

} // namespace kringwerk::authority
