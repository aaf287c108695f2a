// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/ords_file.hpp"

#include "base/ensure.hpp"

#include <zstd.h>

#include <fstream>
#include <memory>

namespace kringwerk::workshop {
namespace {

using Take = std::function<Result<void>(std::string_view)>;

Refusal about(std::string_view code, const std::filesystem::path& file) {
    return {std::string(code), {{"file", file.filename().string()}}, {}};
}

/// Unpacks a zstd stream piece by piece; several frames may follow each other.
class Unpacker {
  public:
    Unpacker() : stream_(ZSTD_createDStream(), &ZSTD_freeDStream), out_(ZSTD_DStreamOutSize()) {
        ensure(stream_ != nullptr, "there is memory to unpack with");
    }

    /// Gives on what `piece` unpacks to. False: not packed that way.
    Result<bool> feed(std::string_view piece, const Take& take) {
        ZSTD_inBuffer in{piece.data(), piece.size(), 0};
        for (bool more = true; more;) {
            ZSTD_outBuffer out{out_.data(), out_.size(), 0};
            left_ = ZSTD_decompressStream(stream_.get(), &out, &in);
            if (ZSTD_isError(left_) != 0) return false;
            const auto taken = take({out_.data(), out.pos});
            if (!taken) return refuse(taken.error());
            more =
                in.pos < in.size || out.pos == out.size; // a full buffer may have a rest behind it
        }
        return true;
    }
    /// True when the last frame came to its end.
    bool complete() const { return left_ == 0; }

  private:
    std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream*)> stream_;
    std::vector<char> out_;
    std::size_t left_ = 0;
};

Result<void> read_pieces(const std::filesystem::path& file, const Take& take) {
    std::ifstream in(file, std::ios::binary);
    if (!in || std::filesystem::is_directory(file)) {
        return refuse(about("workshop.file_unreadable", file));
    }
    std::string buffer(64 * 1024, '\0');
    while (in) {
        in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        const auto taken =
            take(std::string_view(buffer).substr(0, static_cast<std::size_t>(in.gcount())));
        if (!taken) return taken;
    }
    if (in.bad()) return refuse(about("workshop.file_unreadable", file));
    return {};
}

Result<void> read_packed(const std::filesystem::path& file, const Take& take) {
    Unpacker unpacker;
    const auto read = read_pieces(file, [&](std::string_view piece) -> Result<void> {
        const auto fed = unpacker.feed(piece, take);
        if (!fed) return refuse(fed.error());
        if (!*fed) return refuse(about("workshop.file_packed_wrongly", file));
        return {};
    });
    if (!read) return read;
    if (!unpacker.complete()) return refuse(about("workshop.file_packed_wrongly", file));
    return {};
}

} // namespace

Result<void> read_csv_file(const std::filesystem::path& file,
                           const std::function<Result<void>(CsvRow)>& each) {
    CsvReader reader;
    const auto give = [&](std::vector<CsvRow> rows) -> Result<void> {
        for (auto& row : rows) {
            const auto taken = each(std::move(row));
            if (!taken) return taken;
        }
        return {};
    };
    const Take take = [&](std::string_view piece) -> Result<void> {
        const auto taken = give(reader.feed(piece));
        if (!taken || !reader.is_too_long()) return taken;
        return refuse(reader.finish().error()); // a few bytes may unpack to very many
    };
    const auto read =
        file.extension() == ".zst" ? read_packed(file, take) : read_pieces(file, take);
    if (!read) return read;
    auto last = reader.finish();
    if (!last) return refuse(last.error());
    return give(std::move(*last));
}

} // namespace kringwerk::workshop
