// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/hash.hpp"
#include "platform/backup/frames.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Files of a backup that hold pieces: parts of 64 KiB of what is kept, each named by the SHA-256
/// of its bytes and kept once. A file of pieces has an index beside it, so that a next backup knows
/// what is there without reading all.
namespace kringwerk::backup {

/// Small enough that a day of bookings touches few of them, large enough that their list is short.
constexpr std::size_t piece_bytes = std::size_t{64} << 10;

struct IndexRow {
    Digest name{};
    std::int64_t stored_bytes = 0;
};

/// Where the pieces named `id` stand, and their index.
std::filesystem::path pieces_file(const std::filesystem::path& folder, std::string_view id);
std::filesystem::path index_file(const std::filesystem::path& folder, std::string_view id);

class PieceWriter {
  public:
    PieceWriter(const std::filesystem::path& folder, std::string_view id,
                const std::optional<Key>& key);
    PieceWriter(PieceWriter&&) noexcept;
    ~PieceWriter(); ///< without `finish`: nothing stays

    void add(const Digest& name, std::string_view bytes);
    /// The pieces first, then the index. Gives the size of both.
    std::int64_t finish();

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// Reads a file of pieces from the first to the last. Refuses what `FrameReader` does; what came
/// before has been given by then.
Result<void> read_pieces(const std::filesystem::path& folder, std::string_view id,
                         const std::optional<Key>& key,
                         const std::function<bool(const Digest&)>& wanted,
                         const std::function<void(const Digest&, std::string_view bytes)>& take);

/// What stands in a file of pieces: by its index, or, when that is lost, by reading it. Refuses
/// "backup.cut_off" when the file is shorter than its index says.
Result<std::vector<IndexRow>> index_of(const std::filesystem::path& folder, std::string_view id,
                                       const std::optional<Key>& key);

} // namespace kringwerk::backup
