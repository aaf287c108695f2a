// SPDX-License-Identifier: EUPL-1.2
#include "platform/backup/frames.hpp"

#include "base/ensure.hpp"
#include "base/hash.hpp"
#include "platform/backup/bytes.hpp"

#include <sodium.h>

#include <fstream>

namespace kringwerk::backup {
namespace {

constexpr std::size_t longest_message = std::size_t{16} << 20;
constexpr std::string_view version = "kringwerk-backup 1 ";

void start_sodium() { ensure(sodium_init() >= 0, "libsodium can be used"); }

unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }
const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// Messages without a key: a byte that says whether it is the last one, the message, and a digest
/// that also covers its number, so that none can be left out or change places.
class Plain {
  public:
    static constexpr std::size_t longer = 1 + sizeof(Digest);

    std::string close(std::string_view message, bool last) {
        std::string stored(1, last ? '\1' : '\0');
        stored += message;
        const auto digest = digest_of(stored);
        stored.append(reinterpret_cast<const char*>(digest.data()), digest.size());
        return stored;
    }
    /// False: changed.
    bool open(std::string_view stored, std::string& message, bool& last) {
        if (stored.size() < longer) return false;
        const auto body = stored.substr(0, stored.size() - sizeof(Digest));
        const auto digest = digest_of(body);
        if (stored.substr(body.size()) !=
            std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size())) {
            return false;
        }
        last = body.front() == '\1';
        message = body.substr(1);
        return true;
    }

  private:
    Digest digest_of(std::string_view body) {
        hash_.integer(number_++);
        hash_.bytes(body);
        return hash_.finish();
    }
    Sha256 hash_;
    std::int64_t number_ = 0;
};

using StreamState = crypto_secretstream_xchacha20poly1305_state;
constexpr std::size_t stream_head = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t stream_longer = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr auto last_tag =
    static_cast<unsigned char>(crypto_secretstream_xchacha20poly1305_TAG_FINAL);

std::string head_line(std::string_view kind, const std::optional<Key>& key) {
    return std::string(version) + std::string(kind) + (key ? " sealed " + key->id() : " plain") +
           '\n';
}

} // namespace

struct FrameWriter::Inside {
    Inside(std::filesystem::path path, std::string_view kind, const std::optional<Key>& key)
        : file(std::move(path)), head(head_line(kind, key)), sealed(key.has_value()) {
        file.write(head);
        if (!key) return;
        start_sodium();
        std::string begin(stream_head, '\0');
        crypto_secretstream_xchacha20poly1305_init_push(&stream, raw(begin), key->bytes.data());
        file.write(begin);
    }
    NewFile file;
    std::string head;
    bool sealed;
    StreamState stream{};
    Plain plain;
};

FrameWriter::FrameWriter(std::filesystem::path path, std::string_view kind,
                         const std::optional<Key>& key)
    : inside_(std::make_unique<Inside>(std::move(path), kind, key)) {}
FrameWriter::FrameWriter(FrameWriter&&) noexcept = default;
FrameWriter::~FrameWriter() = default;

void FrameWriter::frame(std::string_view message, bool last) {
    ensure(message.size() <= longest_message, "a message of a backup is not too long");
    auto& in = *inside_;
    std::string stored;
    if (in.sealed) {
        stored.resize(message.size() + stream_longer);
        // The first line goes along: one kind of file cannot pass for another.
        crypto_secretstream_xchacha20poly1305_push(&in.stream, raw(stored), nullptr, raw(message),
                                                   message.size(), raw(std::string_view(in.head)),
                                                   in.head.size(), last ? last_tag : 0);
    } else {
        stored = in.plain.close(message, last);
    }
    std::string size;
    append_number(size, static_cast<std::uint32_t>(stored.size()));
    in.file.write(size);
    in.file.write(stored);
}

void FrameWriter::write(std::string_view message) { frame(message, false); }

std::int64_t FrameWriter::finish() {
    frame({}, true);
    inside_->file.finish();
    return inside_->file.bytes();
}

struct FrameReader::Inside {
    std::ifstream file;
    std::string name;
    std::string head;
    bool sealed = false;
    bool ended = false;
    StreamState stream{};
    Plain plain;

    bool open(std::string_view stored, std::string& message, bool& last) {
        if (!sealed) return plain.open(stored, message, last);
        if (stored.size() < stream_longer) return false;
        message.resize(stored.size() - stream_longer);
        unsigned char tag = 0;
        const int opened = crypto_secretstream_xchacha20poly1305_pull(
            &stream, raw(message), nullptr, &tag, raw(stored), stored.size(),
            raw(std::string_view(head)), head.size());
        last = tag == last_tag;
        return opened == 0;
    }
};

FrameReader::FrameReader(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
FrameReader::FrameReader(FrameReader&&) noexcept = default;
FrameReader::~FrameReader() = default;

Result<FrameReader> FrameReader::open(const std::filesystem::path& path, std::string_view kind,
                                      const std::optional<Key>& key) {
    auto inside = std::make_unique<Inside>();
    inside->name = path.filename().string();
    inside->file.open(path, std::ios::binary);
    if (!inside->file) return refuse("backup.absent", {{"file", inside->name}});
    std::getline(inside->file, inside->head);
    inside->head += '\n';
    const auto begin = std::string(version) + std::string(kind) + ' ';
    if (inside->head == begin + "plain\n") return FrameReader(std::move(inside));
    if (!inside->head.starts_with(begin + "sealed ")) {
        return refuse("backup.damaged", {{"file", inside->name}, {"place", "0"}});
    }
    if (!key) return refuse("backup.key_needed", {{"file", inside->name}});
    if (inside->head != head_line(kind, key)) {
        return refuse("backup.wrong_key", {{"file", inside->name}, {"key", key->id()}});
    }
    inside->sealed = true;
    start_sodium();
    std::string stream(stream_head, '\0');
    inside->file.read(stream.data(), static_cast<std::streamsize>(stream.size()));
    if (!inside->file) return refuse("backup.cut_off", {{"file", inside->name}});
    crypto_secretstream_xchacha20poly1305_init_pull(&inside->stream, raw(stream),
                                                    key->bytes.data());
    return FrameReader(std::move(inside));
}

Result<std::optional<std::string>> FrameReader::next() {
    auto& in = *inside_;
    if (in.ended) return std::optional<std::string>{};
    const auto place = std::to_string(static_cast<std::int64_t>(in.file.tellg()));
    const auto damaged = [&] {
        return refuse("backup.damaged", {{"file", in.name}, {"place", place}});
    };
    const auto cut_off = [&] { return refuse("backup.cut_off", {{"file", in.name}}); };
    std::string size(number_bytes, '\0');
    if (!in.file.read(size.data(), static_cast<std::streamsize>(size.size()))) return cut_off();
    const auto length = number_at(size, 0);
    if (length > longest_message + 64) return damaged();
    std::string stored(length, '\0');
    if (!in.file.read(stored.data(), static_cast<std::streamsize>(length))) return cut_off();
    std::string message;
    if (!in.open(stored, message, in.ended)) return damaged();
    if (!in.ended) return std::optional(std::move(message));
    if (in.file.peek() != std::ifstream::traits_type::eof()) return damaged();
    return std::optional<std::string>{};
}

Result<std::string> read_all_messages(const std::filesystem::path& path, std::string_view kind,
                                      const std::optional<Key>& key) {
    auto reader = FrameReader::open(path, kind, key);
    if (!reader) return refuse(reader.error());
    std::string all;
    for (;;) {
        auto message = reader->next();
        if (!message) return refuse(message.error());
        if (!*message) return all;
        all += **message;
    }
}

} // namespace kringwerk::backup
