// SPDX-License-Identifier: EUPL-1.2
#include "platform/backup/key.hpp"

#include "base/hash.hpp"
#include "base/words.hpp"
#include "platform/backup/new_file.hpp"

#include <algorithm>

namespace kringwerk::backup {
namespace {

constexpr std::string_view head = "kringwerk-backup-key-1 ";

} // namespace

std::string Key::id() const {
    Sha256 hash;
    hash.bytes("kringwerk backup key id");
    hash.bytes(bytes);
    return hex(hash.finish()).substr(0, 16);
}

Result<Key> read_key(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) return refuse("backup.no_key", {{"file", file.string()}});
    const auto text = read_whole(file);
    const auto line = trimmed(text);
    const auto digest =
        line.starts_with(head) ? parse_digest(line.substr(head.size())) : std::nullopt;
    if (!digest) return refuse("backup.not_a_key", {{"file", file.string()}});
    Key key;
    std::copy(digest->begin(), digest->end(), key.bytes.begin());
    return key;
}

Result<Key> make_key(const std::filesystem::path& file) {
    if (std::filesystem::exists(file)) {
        return refuse("backup.key_exists", {{"file", file.string()}});
    }
    Key key;
    const auto random = random_bytes(key.bytes.size());
    std::copy(random.begin(), random.end(), key.bytes.begin());
    NewFile written(file);
    written.write(std::string(head) + hex(key.bytes) + '\n');
    written.finish();
    return key;
}

} // namespace kringwerk::backup
