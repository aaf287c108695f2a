// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/compress.hpp"

#include "base/ensure.hpp"
#include "platform/http/encoding.hpp"

#include <brotli/encode.h>
#include <zlib.h>

#include <cstdint>

namespace kringwerk::http {
namespace {

constexpr int gzip_level = 4;
constexpr int brotli_quality = 4;
constexpr int window_bits_with_gzip_head = 15 + 16;

std::string gzipped(std::string_view text) {
    z_stream stream{};
    const auto ready = deflateInit2(&stream, gzip_level, Z_DEFLATED, window_bits_with_gzip_head, 8,
                                    Z_DEFAULT_STRATEGY);
    if (ready != Z_OK) throw Breakdown("no memory to compress an answer");
    std::string out(deflateBound(&stream, text.size()), '\0');
    // zlib does not write through next_in, it only lacks the const.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const auto ended = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    ensure(ended == Z_STREAM_END, "the bound of deflate is a bound");
    return out;
}

std::string brotlied(std::string_view text) {
    std::size_t size = BrotliEncoderMaxCompressedSize(text.size());
    std::string out(size, '\0');
    const auto done =
        BrotliEncoderCompress(brotli_quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, text.size(),
                              reinterpret_cast<const std::uint8_t*>(text.data()), &size,
                              reinterpret_cast<std::uint8_t*>(out.data()));
    if (done != BROTLI_TRUE) throw Breakdown("no memory to compress an answer");
    out.resize(size);
    return out;
}

} // namespace

Coding coding_for(std::string_view accept_encoding) {
    if (accept_encoding.empty()) return Coding::none;
    if (quality_of(accept_encoding, "br").value_or(0) > 0) return Coding::brotli;
    if (quality_of(accept_encoding, "gzip").value_or(0) > 0) return Coding::gzip;
    return Coding::none;
}

bool is_worth_compressing(std::string_view content_type) {
    const auto kind = trimmed(take_until(content_type, ';'));
    return kind.starts_with("text/") || kind.starts_with("application/json") ||
           kind.ends_with("+json") || kind.ends_with("+xml") || kind == "application/xml";
}

std::string compressed(Coding coding, std::string_view text) {
    switch (coding) {
    case Coding::gzip:
        return gzipped(text);
    case Coding::brotli:
        return brotlied(text);
    case Coding::none:
        break;
    }
    return std::string(text);
}

} // namespace kringwerk::http
