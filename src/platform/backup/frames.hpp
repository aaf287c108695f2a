// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"
#include "platform/backup/key.hpp"
#include "platform/backup/new_file.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// How every file of a backup is written: a line that says what it is, then messages, each with
/// what proves that nobody changed it, the last one marked as such. Without a key that proof is a
/// SHA-256, with one the whole is a secretstream of libsodium (XChaCha20-Poly1305).
namespace kringwerk::backup {

class FrameWriter {
  public:
    /// `kind` says what the messages are: "snapshot", "pieces", "index".
    FrameWriter(std::filesystem::path path, std::string_view kind, const std::optional<Key>& key);
    FrameWriter(FrameWriter&&) noexcept;
    ~FrameWriter(); ///< without `finish`: nothing stays

    /// At most 16 MiB.
    void write(std::string_view message);
    /// Ends the file and forces it to the disk. Gives its size.
    std::int64_t finish();

  private:
    struct Inside;
    void frame(std::string_view message, bool last);
    std::unique_ptr<Inside> inside_;
};

class FrameReader {
  public:
    /// Refuses "backup.damaged" (no such file of a backup), "backup.key_needed",
    /// "backup.wrong_key".
    static Result<FrameReader> open(const std::filesystem::path& path, std::string_view kind,
                                    const std::optional<Key>& key);
    FrameReader(FrameReader&&) noexcept;
    ~FrameReader();

    /// The next message, nothing behind the last one. Refuses "backup.damaged" with the place in
    /// the file, "backup.cut_off" when the file ends too soon.
    Result<std::optional<std::string>> next();

  private:
    struct Inside;
    explicit FrameReader(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

/// All messages of a small file, one behind the other.
Result<std::string> read_all_messages(const std::filesystem::path& path, std::string_view kind,
                                      const std::optional<Key>& key);

} // namespace kringwerk::backup
