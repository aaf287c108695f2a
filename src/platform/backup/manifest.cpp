// SPDX-License-Identifier: EUPL-1.2
#include "platform/backup/manifest.hpp"

#include "base/words.hpp"
#include "platform/backup/bytes.hpp"

#include <boost/json.hpp>

namespace kringwerk::backup {
namespace {

namespace json = boost::json;

constexpr std::int64_t format = 1;

json::object head_of(const ChainEnd& end) {
    return {{"centre", end.centre}, {"sequence", end.sequence}, {"hash", hex(end.hash)}};
}

ChainEnd chain_end(const json::object& row) {
    const auto hash = parse_digest(row.at("hash").as_string());
    if (!hash) throw std::invalid_argument("hash");
    return {row.at("centre").as_int64(), row.at("sequence").as_int64(), *hash};
}

/// `names`: those of the pieces of all files, taken from the front.
KeptFile kept_file(const json::object& row, std::string_view& names) {
    KeptFile file;
    file.path = row.at("path").as_string();
    file.bytes = row.at("bytes").as_int64();
    file.mode = static_cast<unsigned>(row.at("mode").as_int64());
    const auto count = row.at("pieces").as_int64();
    for (std::int64_t i = 0; i < count; ++i) {
        if (names.size() < sizeof(Digest)) throw std::invalid_argument("pieces");
        file.pieces.push_back(digest_at(names, 0));
        names.remove_prefix(sizeof(Digest));
    }
    if (!stays_inside(file.path)) throw std::invalid_argument("path");
    return file;
}

Manifest read(const json::object& body, std::string_view names) {
    Manifest manifest;
    manifest.id = body.at("id").as_string();
    manifest.made_at = {body.at("made_at_ms").as_int64()};
    manifest.program = body.at("program").as_string();
    manifest.engine = body.at("engine").as_string();
    manifest.schema = static_cast<int>(body.at("schema").as_int64());
    manifest.full = body.at("full").as_bool();
    manifest.written_bytes = body.at("written_bytes").as_int64();
    for (const auto& row : body.at("heads").as_array()) {
        manifest.heads.push_back(chain_end(row.as_object()));
    }
    for (const auto& row : body.at("files").as_array()) {
        manifest.files.push_back(kept_file(row.as_object(), names));
    }
    return manifest;
}

} // namespace

std::int64_t Manifest::bytes() const {
    std::int64_t all = 0;
    for (const auto& file : files) all += file.bytes;
    return all;
}

/// A line of JSON, and behind it the names of all pieces as bytes: there may be many.
std::string format_manifest(const Manifest& manifest) {
    json::array heads;
    for (const auto& end : manifest.heads) heads.push_back(head_of(end));
    json::array files;
    std::string names;
    for (const auto& file : manifest.files) {
        files.push_back(json::object{{"path", file.path},
                                     {"bytes", file.bytes},
                                     {"mode", file.mode},
                                     {"pieces", file.pieces.size()}});
        for (const auto& name : file.pieces) append_digest(names, name);
    }
    const json::object body{{"format", format},
                            {"id", manifest.id},
                            {"made_at", format_instant(manifest.made_at)},
                            {"made_at_ms", manifest.made_at.ms},
                            {"program", manifest.program},
                            {"engine", manifest.engine},
                            {"schema", manifest.schema},
                            {"full", manifest.full},
                            {"written_bytes", manifest.written_bytes},
                            {"heads", std::move(heads)},
                            {"files", std::move(files)}};
    return json::serialize(body) + '\n' + names;
}

std::optional<Manifest> parse_manifest(std::string_view text) {
    const auto line_end = text.find('\n');
    if (line_end == text.npos) return std::nullopt;
    try {
        const auto body = json::parse(text.substr(0, line_end)).as_object();
        if (body.at("format").as_int64() != format) return std::nullopt;
        return read(body, text.substr(line_end + 1));
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

bool stays_inside(std::string_view path) {
    if (path.empty() || path.front() == '/') return false;
    for (const auto part : split(path, '/')) {
        if (part.empty() || part == "." || part == "..") return false;
    }
    return true;
}

} // namespace kringwerk::backup
