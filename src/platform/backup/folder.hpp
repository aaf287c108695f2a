// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/backup/frames.hpp"
#include "platform/backup/keep_rules.hpp"
#include "platform/backup/manifest.hpp"
#include "platform/backup/pieces.hpp"

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// A folder with backups: for each one `<id>.snapshot`, which says what it holds, and beside them
/// files with pieces, which backups share. It is all that is needed to put one back.
namespace kringwerk::backup {

struct Place {
    std::filesystem::path folder;
    std::optional<Key> key = {};
};

/// The ids of the whole backups in it, oldest first; none when there is no such folder.
std::vector<std::string> ids(const std::filesystem::path& folder);

/// The names of its files with that ending, without it, in order.
std::vector<std::string> names_with_ending(const std::filesystem::path& folder,
                                           std::string_view ending);

/// Refuses what `FrameReader` does, and "backup.absent" when there is none with that id.
Result<Manifest> read_manifest(const Place& place, std::string_view id);

void remove_snapshot(const std::filesystem::path& folder, std::string_view id);

/// Says that this process writes in a folder of backups, until it ends.
class FolderLock {
  public:
    /// Makes the folder when it is absent. Refuses "backup.folder_closed" when nothing can be
    /// written there, and "backup.folder_busy".
    static Result<FolderLock> take(const std::filesystem::path& folder);
    FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

  private:
    explicit FolderLock(int file) : file_(file) {}
    int file_;
};

/// One backup being made. Whoever makes it holds the lock. Without `finish` nothing stays of it.
class Taking {
  public:
    /// `full`: writes every piece, also those that are there. Refuses "backup.key_needed" and
    /// "backup.wrong_key".
    static Result<Taking> begin(const Place& place, Instant now, bool full);

    /// Keeps a file as `path` of the data directory. Throws `Breakdown` when it cannot be read.
    void keep(const std::filesystem::path& file, std::string path);
    /// Writes the pieces, then the snapshot, with what `about` says beside the files.
    Manifest finish(Manifest about);
    /// Files of pieces that were found damaged. This backup does without them.
    const std::vector<Refusal>& damaged() const { return damaged_; }

  private:
    Taking(Place place, std::string id, Instant now, bool full);
    void keep_piece(KeptFile& kept, std::string_view bytes);

    Place place_;
    std::string id_;
    Instant made_at_;
    bool full_;
    std::set<Digest> known_;
    std::vector<Refusal> damaged_;
    std::vector<KeptFile> files_;
    std::optional<PieceWriter> writer_; ///< nothing as long as all pieces are there already
};

/// Puts the files of a backup into `target`, or, without one, only reads and checks all of them.
/// A piece that is damaged in one file and whole in another is taken from there. Gives what was
/// found damaged and could be done without. Refuses, with the file of the backup, what reading it
/// refuses, and "backup.piece_missing".
Result<std::vector<Refusal>> put_back(const Place& place, const Manifest& manifest,
                                      const std::optional<std::filesystem::path>& target);

struct Cleared {
    std::vector<std::string> dropped = {}; ///< ids
    std::int64_t freed_bytes = 0;
};
/// Drops the backups that the rules do not keep, then the pieces that none needs any more; a file
/// of pieces of which less than half is needed is written anew, one that is damaged goes when all
/// that is needed stands elsewhere. Whoever calls it holds the lock.
/// Refuses when a snapshot cannot be read, and has then dropped nothing.
Result<Cleared> clear(const Place& place, const KeepRules& rules);

} // namespace kringwerk::backup
