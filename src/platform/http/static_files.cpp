// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/static_files.hpp"

#include "base/ensure.hpp"
#include "base/hash.hpp"
#include "platform/http/compress.hpp"
#include "platform/http/encoding.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace kringwerk::http {
namespace {

constexpr std::string_view for_ever = "public, max-age=31536000, immutable";
/// Kept, but asked for each time: the answer is mostly 304.
constexpr std::string_view ask_again = "no-cache";

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> content_types{{
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".xml", "application/xml"},
}};

std::string_view content_type_of(std::string_view path) {
    for (const auto& [ending, type] : content_types) {
        if (path.ends_with(ending)) return type;
    }
    return "application/octet-stream";
}

/// One file with the spellings of it that were compressed at build time.
struct StaticFile {
    std::string_view plain;
    std::string_view brotli;
    std::string_view gzip;
    std::string content_type;
    std::string tag;
    bool named_by_hash = false;
};

Response with_content(const StaticFile& file, std::string_view accept_encoding) {
    Response response;
    response.content_type = file.content_type;
    response.fixed_body = file.plain;
    const char* coding = nullptr;
    if (!file.gzip.empty() && quality_of(accept_encoding, "gzip").value_or(0) > 0) {
        response.fixed_body = file.gzip;
        coding = "gzip";
    }
    if (!file.brotli.empty() && quality_of(accept_encoding, "br").value_or(0) > 0) {
        response.fixed_body = file.brotli;
        coding = "br";
    }
    // Each spelling has its own tag, because a tag promises the same bytes.
    const auto suffix = coding ? std::string("-") + coding : std::string();
    if (coding) response.with("Content-Encoding", coding);
    response.with("ETag", "\"" + file.tag + suffix + "\"");
    response.with("Cache-Control", file.named_by_hash ? for_ever : ask_again);
    if (!file.brotli.empty() || !file.gzip.empty()) response.with("Vary", "Accept-Encoding");
    return response;
}

Handler serve(StaticFile file) {
    return at_once([file = std::move(file)](const Request& request) {
        return with_content(file, request.header("accept-encoding"));
    });
}

std::string joined(std::string_view url_prefix, std::string_view rest) {
    std::string url(url_prefix);
    if (!url.ends_with('/')) url += '/';
    return url + std::string(rest);
}

} // namespace

bool is_named_by_hash(std::string_view path) {
    const auto name = path.substr(path.rfind('/') + 1); // npos + 1 is 0: no slash, all of it
    const auto dot = name.rfind('.');
    if (dot == name.npos) return false;
    const auto stem = name.substr(0, dot);
    const auto dash = stem.find_last_of("-.");
    if (dash == stem.npos) return false;
    const auto hash = stem.substr(dash + 1);
    const auto is_sign = [](char sign) {
        return (sign >= '0' && sign <= '9') || (sign >= 'a' && sign <= 'z') ||
               (sign >= 'A' && sign <= 'Z') || sign == '_';
    };
    const auto is_digit = [](char sign) { return sign >= '0' && sign <= '9'; };
    return hash.size() >= 8 && std::all_of(hash.begin(), hash.end(), is_sign) &&
           std::any_of(hash.begin(), hash.end(), is_digit);
}

Routes static_routes(std::span<const EmbeddedFile> files, std::string_view prefix,
                     std::string_view url_prefix) {
    std::map<std::string_view, std::string_view> by_path;
    for (const auto& file : files) by_path.emplace(file.path, file.content);
    const auto beside = [&](std::string_view path, std::string_view ending) {
        const auto found = by_path.find(std::string(path) + std::string(ending));
        return found == by_path.end() ? std::string_view{} : found->second;
    };
    Routes routes;
    for (const auto& [path, content] : by_path) {
        if (path.ends_with(".br") || path.ends_with(".gz")) continue;
        StaticFile file{content,
                        beside(path, ".br"),
                        beside(path, ".gz"),
                        std::string(content_type_of(path)),
                        hex(sha256(content)).substr(0, 20),
                        is_named_by_hash(path)};
        const auto rest = path.substr(prefix.size());
        const auto handler = serve(std::move(file));
        routes.push_back({Method::get, joined(url_prefix, rest), handler});
        // A folder answers with its page.
        constexpr std::string_view page = "index.html";
        if (rest == page || rest.ends_with("/index.html")) {
            const auto folder = rest.substr(0, rest.size() - page.size());
            routes.push_back({Method::get, joined(url_prefix, folder), handler});
        }
    }
    return routes;
}

Routes static_files(std::string_view prefix, std::string_view url_prefix) {
    return static_routes(embedded_below(prefix), prefix, url_prefix);
}

} // namespace kringwerk::http
