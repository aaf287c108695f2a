// SPDX-License-Identifier: EUPL-1.2
#include "platform/backup/folder.hpp"

#include <algorithm>

namespace kringwerk::backup {
namespace {

void remove_pieces(const std::filesystem::path& folder, std::string_view id) {
    std::filesystem::remove(pieces_file(folder, id));
    std::filesystem::remove(index_file(folder, id));
}

/// A name for a file of pieces that was written anew: "20270312-023000" becomes
/// "20270312-023000-2".
std::string next_name(const std::filesystem::path& folder, const std::string& id) {
    const auto base = id.substr(0, 15);
    for (int number = 2;; ++number) {
        auto name = base + "-" + std::to_string(number);
        if (!std::filesystem::exists(pieces_file(folder, name))) return name;
    }
}

/// Writes the needed pieces into a new file. False: one of them is damaged, all stays as it was.
bool write_anew(const Place& place, const std::string& id, const std::set<Digest>& needed) {
    PieceWriter writer(place.folder, next_name(place.folder, id), place.key);
    const auto read = read_pieces(
        place.folder, id, place.key, [&](const Digest& name) { return needed.contains(name); },
        [&](const Digest& name, std::string_view bytes) { writer.add(name, bytes); });
    if (!read) return false;
    writer.finish();
    return true;
}

/// Keeps of a file of pieces what is in `missing` and takes that out of it. False: it is damaged.
bool thin_out(const Place& place, const std::string& id, std::set<Digest>& missing) {
    const auto rows = index_of(place.folder, id, place.key);
    if (!rows) return false;
    std::set<Digest> needed;
    std::int64_t all = 0;
    std::int64_t live = 0;
    for (const auto& row : *rows) {
        all += row.stored_bytes;
        if (!missing.contains(row.name)) continue;
        live += row.stored_bytes;
        needed.insert(row.name);
    }
    const bool rewritten = !needed.empty() && live < all / 2 && write_anew(place, id, needed);
    if (needed.empty() || rewritten) remove_pieces(place.folder, id);
    for (const auto& name : needed) missing.erase(name);
    return true;
}

std::int64_t bytes_in(const std::filesystem::path& folder) {
    std::int64_t all = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.is_regular_file()) all += static_cast<std::int64_t>(entry.file_size());
    }
    return all;
}

} // namespace

Result<Cleared> clear(const Place& place, const KeepRules& rules) {
    std::vector<Manifest> manifests;
    std::vector<Made> made;
    for (const auto& id : ids(place.folder)) {
        auto manifest = read_manifest(place, id);
        if (!manifest) return refuse(manifest.error());
        made.push_back({id, manifest->made_at});
        manifests.push_back(*std::move(manifest));
    }
    const auto before = bytes_in(place.folder);
    const auto kept = to_keep(std::move(made), rules);
    Cleared cleared;
    std::set<Digest> missing;
    for (const auto& manifest : manifests) {
        if (!kept.contains(manifest.id)) {
            remove_snapshot(place.folder, manifest.id);
            cleared.dropped.push_back(manifest.id);
            continue;
        }
        for (const auto& file : manifest.files) {
            missing.insert(file.pieces.begin(), file.pieces.end());
        }
    }
    sync_folder(place.folder); // no snapshot may come back whose pieces are gone
    // Newest first: of pieces that are there twice the newer ones stay, as of a full backup.
    auto files = names_with_ending(place.folder, ".pieces");
    std::ranges::reverse(files);
    std::erase_if(files, [&](const auto& id) { return thin_out(place, id, missing); });
    // What is left is damaged. Somebody may still save something out of it, if it is needed.
    for (const auto& id : files) {
        if (missing.empty()) remove_pieces(place.folder, id);
    }
    sync_folder(place.folder);
    cleared.freed_bytes = before - bytes_in(place.folder);
    return cleared;
}

} // namespace kringwerk::backup
