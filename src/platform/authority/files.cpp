// SPDX-License-Identifier: EUPL-1.2
#include "platform/authority/files.hpp"

#include "base/ensure.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace kringwerk::authority {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const char* what) {
    const auto reason = std::generic_category().message(errno);
    throw Breakdown(fmt::format("{} cannot be {}: {}", path.string(), what, reason));
}

/// An open file that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }

  private:
    int number_;
};

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// A rename lasts when its folder is on disk as well.
bool sync_folder(const std::filesystem::path& folder) {
    const Descriptor open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return open.number() >= 0 && ::fsync(open.number()) == 0;
}

} // namespace

std::optional<std::string> read_file(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0 && errno == ENOENT) return std::nullopt;
    if (file.number() < 0) fail(path, "read");
    std::string text;
    std::string piece(4096, '\0');
    for (;;) {
        const auto got = ::read(file.number(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(path, "read");
        if (got == 0) return text;
        text.append(piece, 0, static_cast<std::size_t>(got));
    }
}

void write_file(const std::filesystem::path& path, std::string_view text, Readers readers) {
    // mkostemp makes the file with mode 0600, whatever the umask is.
    std::string beside = path.string() + ".XXXXXX";
    const Descriptor file(::mkostemp(beside.data(), O_CLOEXEC));
    if (file.number() < 0) fail(path, "written");
    const bool whole = write_all(file.number(), text) &&
                       (readers == Readers::owner || ::fchmod(file.number(), 0644) == 0) &&
                       ::fsync(file.number()) == 0 && ::rename(beside.c_str(), path.c_str()) == 0;
    if (!whole) {
        const int reason = errno;
        ::unlink(beside.c_str());
        errno = reason;
        fail(path, "written");
    }
    if (!sync_folder(path.parent_path())) fail(path, "kept");
}

void keep_to_owner(const std::filesystem::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) fail(path, "looked at");
    if ((status.st_mode & 077) == 0) return;
    if (::chmod(path.c_str(), 0600) != 0) fail(path, "kept from others");
}

} // namespace kringwerk::authority
