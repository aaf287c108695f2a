// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ensure.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

/// Things of OpenSSL with an owner.
namespace kringwerk::authority {

template <auto Free> struct Freer {
    template <class T> void operator()(T* thing) const { Free(thing); }
};
template <class T, auto Free> using Owned = std::unique_ptr<T, Freer<Free>>;

using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using Certificate = Owned<X509, X509_free>;
using Memory = Owned<BIO, BIO_free_all>;

/// OpenSSL refuses what we ask only when memory or the machine fails: a breakdown. Its queue of
/// errors belongs to the thread, and TLS on the same thread must not find ours in it.
inline void demand(bool done, const char* what) {
    if (done) return;
    ERR_clear_error();
    throw Breakdown(std::string("OpenSSL could not ") + what);
}

} // namespace kringwerk::authority
