// SPDX-License-Identifier: EUPL-1.2
// `verify` against SQLite alone reading the same rows and OpenSSL hashing as many bytes as the
// chains do, in turn, on existing books. The books are only read.
//   bench_verify DATABASE [ROUNDS]
#include "support/bare_sqlite.hpp"
#include "support/measure.hpp"

#include "rooms/ledger/verify.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <cstdio>
#include <cstdlib>

using namespace kringwerk;

namespace {

constexpr std::string_view movements_sql =
    "SELECT centre, sequence, id, kind, role, actor, happened_at, booked_at, effective_on, late, "
    "reason, reverses, reference_centre, reference_movement, closes, note, receipt, hash "
    "FROM ledger_movement ORDER BY centre, sequence";
constexpr std::string_view transfers_sql =
    "SELECT centre, sequence, line, from_place, from_key, to_place, to_key, grams, pieces, cents, "
    "minutes, basis, category, batch, item, oddity FROM ledger_transfer "
    "ORDER BY centre, sequence, line";

/// All columns of a row, put one behind the other: whoever hashes has to gather the bytes first.
void append_row(const bench::BareStatement& row, std::string& into) {
    for (int i = 0; i < row.columns(); ++i) {
        if (row.is_bytes(i)) {
            into.append(row.bytes(i));
        } else {
            const auto number = row.number(i);
            into.append(reinterpret_cast<const char*>(&number), 8);
        }
    }
}

struct Bare {
    double seconds = 0;
    std::int64_t transfers = 0;
    std::int64_t hashed = 0;
};

/// Reads both tables side by side and hashes each movement with its transfers.
Bare read_and_hash(const char* file) {
    Bare bare;
    const bench::BareDatabase database(file);
    bench::BareStatement movements(database, movements_sql);
    bench::BareStatement transfers(database, transfers_sql);
    EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    bare.seconds = bench::seconds_of([&] {
        std::string scratch;
        bool more = transfers.next();
        while (movements.next()) {
            scratch.clear();
            append_row(movements, scratch);
            while (more && transfers.number(0) == movements.number(0) &&
                   transfers.number(1) == movements.number(1)) {
                append_row(transfers, scratch);
                ++bare.transfers;
                more = transfers.next();
            }
            unsigned char digest[32];
            EVP_DigestInit_ex(context, algorithm, nullptr);
            EVP_DigestUpdate(context, scratch.data(), scratch.size());
            EVP_DigestFinal_ex(context, digest, nullptr);
            bare.hashed += static_cast<std::int64_t>(scratch.size());
        }
    });
    EVP_MD_CTX_free(context);
    EVP_MD_free(algorithm);
    return bare;
}

} // namespace

int main(int count, char** values) {
    if (count < 2) {
        fmt::print(stderr, "bench_verify DATABASE [ROUNDS]\n");
        return EXIT_FAILURE;
    }
    const int rounds = bench::argument(count, values, 2, 5);
    std::vector<double> bare, ours, ratios;
    ledger::Replayed replayed;
    for (int round = 0; round < rounds; ++round) {
        const auto plain = read_and_hash(values[1]);
        const auto opened = open_sqlite_reading(values[1]);
        ensure(opened.has_value(), "the books open to be read");
        ledger::Verified verified;
        const double seconds = bench::seconds_of([&] {
            verified = (*opened)->read([](Snapshot& view) { return ledger::verify(view); });
        });
        ensure(!verified.wrong, "the books that are measured are right");
        replayed = verified.replayed;
        ensure(replayed.transfers == plain.transfers, "both read the same rows");
        const auto transfers = static_cast<double>(plain.transfers);
        bare.push_back(transfers / plain.seconds);
        ours.push_back(transfers / seconds);
        ratios.push_back(ours.back() / bare.back());
        fmt::print("bare {:8.0f} transfers/s ({} MB hashed)   verify {:8.0f} ({} MB)   ratio "
                   "{:.3f}\n",
                   bare.back(), plain.hashed >> 20, ours.back(), replayed.bytes >> 20,
                   ratios.back());
        std::fflush(stdout);
    }
    fmt::print("median of {} rounds over {} movements, {} transfers: bare {:.0f}, verify {:.0f} "
               "transfers/s (aim: 500000), ratio {:.3f} (limit: at least 0.500)\n",
               rounds, replayed.movements, replayed.transfers, bench::median(bare),
               bench::median(ours), bench::median(ratios));
}
