// SPDX-License-Identifier: EUPL-1.2
#include "platform/backup/pieces.hpp"

#include "base/ensure.hpp"
#include "platform/backup/bytes.hpp"

#include <zstd.h>

namespace kringwerk::backup {
namespace {

/// Pieces go to the file together, so that their sizes show nothing when they are encrypted.
constexpr std::size_t message_bytes = std::size_t{1} << 20;
/// The quickest one: a backup runs beside the work of a shop.
constexpr int compression = 1;

constexpr std::size_t row_bytes = sizeof(Digest) + number_bytes;

struct FreeCompressor {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

/// Nothing when they are no compressed piece.
std::optional<std::string> unpacked(std::string_view stored) {
    std::string bytes(piece_bytes, '\0');
    const auto size = ZSTD_decompress(bytes.data(), bytes.size(), stored.data(), stored.size());
    if (ZSTD_isError(size)) return std::nullopt;
    bytes.resize(size);
    return bytes;
}

tl::unexpected<Refusal> damaged(std::string_view id) {
    return refuse("backup.damaged_pieces", {{"file", std::string(id) + ".pieces"}});
}

/// Calls `each` with the name of a piece and its bytes as they are stored.
Result<void> walk(const std::filesystem::path& folder, std::string_view id,
                  const std::optional<Key>& key,
                  const std::function<bool(const Digest&, std::string_view stored)>& each) {
    auto reader = FrameReader::open(pieces_file(folder, id), "pieces", key);
    if (!reader) return refuse(reader.error());
    for (;;) {
        const auto message = reader->next();
        if (!message) return refuse(message.error());
        if (!*message) return {};
        std::string_view rest(**message);
        while (!rest.empty()) {
            if (rest.size() < row_bytes) return damaged(id);
            const auto name = digest_at(rest, 0);
            const std::size_t size = number_at(rest, sizeof(Digest));
            rest.remove_prefix(row_bytes);
            if (rest.size() < size || !each(name, rest.substr(0, size))) return damaged(id);
            rest.remove_prefix(size);
        }
    }
}

} // namespace

std::filesystem::path pieces_file(const std::filesystem::path& folder, std::string_view id) {
    return folder / (std::string(id) + ".pieces");
}

std::filesystem::path index_file(const std::filesystem::path& folder, std::string_view id) {
    return folder / (std::string(id) + ".index");
}

struct PieceWriter::Inside {
    Inside(const std::filesystem::path& folder, std::string_view id, const std::optional<Key>& key)
        : pieces(pieces_file(folder, id), "pieces", key),
          index(index_file(folder, id), "index", key),
          compressor(ZSTD_createCCtx()),
          packed(ZSTD_compressBound(piece_bytes), '\0') {}

    void flush() {
        if (!waiting.empty()) pieces.write(waiting);
        waiting.clear();
    }

    FrameWriter pieces;
    FrameWriter index;
    std::unique_ptr<ZSTD_CCtx, FreeCompressor> compressor;
    std::string packed;
    std::string waiting; ///< pieces of the next message
    std::string rows;    ///< of the index
};

PieceWriter::PieceWriter(const std::filesystem::path& folder, std::string_view id,
                         const std::optional<Key>& key)
    : inside_(std::make_unique<Inside>(folder, id, key)) {}
PieceWriter::PieceWriter(PieceWriter&&) noexcept = default;
PieceWriter::~PieceWriter() = default;

void PieceWriter::add(const Digest& name, std::string_view bytes) {
    ensure(bytes.size() <= piece_bytes, "a piece is not too long");
    auto& in = *inside_;
    const auto size = ZSTD_compressCCtx(in.compressor.get(), in.packed.data(), in.packed.size(),
                                        bytes.data(), bytes.size(), compression);
    ensure(!ZSTD_isError(size), "a piece can be compressed");
    const auto stored = std::string_view(in.packed).substr(0, size);
    for (auto* const list : {&in.waiting, &in.rows}) {
        append_digest(*list, name);
        append_number(*list, static_cast<std::uint32_t>(size));
    }
    in.waiting += stored;
    if (in.waiting.size() >= message_bytes) in.flush();
}

std::int64_t PieceWriter::finish() {
    auto& in = *inside_;
    in.flush();
    const auto size = in.pieces.finish();
    in.index.write(std::to_string(size) + '\n');
    // In messages that are not too long.
    for (std::string_view rest(in.rows); !rest.empty();) {
        const auto part = rest.substr(0, message_bytes);
        in.index.write(part);
        rest.remove_prefix(part.size());
    }
    return size + in.index.finish();
}

Result<void> read_pieces(const std::filesystem::path& folder, std::string_view id,
                         const std::optional<Key>& key,
                         const std::function<bool(const Digest&)>& wanted,
                         const std::function<void(const Digest&, std::string_view bytes)>& take) {
    return walk(folder, id, key, [&](const Digest& name, std::string_view stored) {
        if (!wanted(name)) return true;
        const auto bytes = unpacked(stored);
        if (!bytes || sha256(*bytes) != name) return false;
        take(name, *bytes);
        return true;
    });
}

Result<std::vector<IndexRow>> index_of(const std::filesystem::path& folder, std::string_view id,
                                       const std::optional<Key>& key) {
    const auto file = pieces_file(folder, id);
    std::vector<IndexRow> rows;
    const auto index = read_all_messages(index_file(folder, id), "index", key);
    if (!index) {
        const auto read = walk(folder, id, key, [&](const Digest& name, std::string_view stored) {
            rows.push_back({name, static_cast<std::int64_t>(stored.size())});
            return true;
        });
        if (!read) return refuse(read.error());
        return rows;
    }
    const auto line_end = index->find('\n');
    const auto size = std::to_string(std::filesystem::file_size(file));
    if (line_end == index->npos || index->substr(0, line_end) != size) {
        return refuse("backup.cut_off", {{"file", file.filename().string()}});
    }
    for (auto place = line_end + 1; place + row_bytes <= index->size(); place += row_bytes) {
        rows.push_back({digest_at(*index, place), number_at(*index, place + sizeof(Digest))});
    }
    return rows;
}

} // namespace kringwerk::backup
