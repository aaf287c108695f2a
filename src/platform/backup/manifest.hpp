// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/hash.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kringwerk::backup {

/// A file that is kept: its bytes are those of its pieces, one behind the other.
struct KeptFile {
    std::string path; ///< in the data directory, "authority/authority.pem"
    std::int64_t bytes = 0;
    unsigned mode = 0600;
    std::vector<Digest> pieces = {};
};

/// The end of a chain at that moment. Restored books end there too, or they are not the same.
struct ChainEnd {
    std::int64_t centre = 0;
    std::int64_t sequence = 0;
    Digest hash{};
    friend bool operator==(const ChainEnd&, const ChainEnd&) = default;
};

/// What one backup says about itself.
struct Manifest {
    std::string id; ///< "20270312-023000", the moment in UTC; also the name of its file
    Instant made_at;
    std::string program; ///< the version of Kringwerk
    std::string engine;  ///< "sqlite" or "postgres"
    int schema = 0;      ///< number of the last migration
    bool full = false;   ///< all of it was written, whatever there was before
    std::vector<ChainEnd> heads = {};
    std::vector<KeptFile> files = {};
    std::int64_t written_bytes = 0; ///< what this backup added to the folder, itself not counted

    std::int64_t bytes() const; ///< of all files
};

std::string format_manifest(const Manifest& manifest);
/// Nothing when it is none, or of a format that this program does not know.
std::optional<Manifest> parse_manifest(std::string_view text);

/// Where a snapshot may be put back: false for a path that leads out of the folder.
bool stays_inside(std::string_view path);

} // namespace kringwerk::backup
