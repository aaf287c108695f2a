// SPDX-License-Identifier: EUPL-1.2
#include "platform/backup/new_file.hpp"

#include "base/ensure.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace kringwerk::backup {
namespace {

[[noreturn]] void cannot(const char* what, const std::filesystem::path& path) {
    const auto reason = std::generic_category().message(errno);
    throw Breakdown(fmt::format("cannot {} {}: {}", what, path.string(), reason));
}

} // namespace

NewFile::NewFile(std::filesystem::path path) : path_(std::move(path)), part_(path_) {
    part_ += unfinished;
    file_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file_ < 0) cannot("write", part_);
}

NewFile::~NewFile() {
    if (file_ < 0) return;
    ::close(file_);
    ::unlink(part_.c_str());
}

void NewFile::write(std::string_view bytes) {
    bytes_ += static_cast<std::int64_t>(bytes.size());
    while (!bytes.empty()) {
        const auto written = ::write(file_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) cannot("write", part_);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void NewFile::finish() {
    if (::fsync(file_) != 0) cannot("keep", part_);
    if (::rename(part_.c_str(), path_.c_str()) != 0) cannot("name", path_);
    ::close(std::exchange(file_, -1));
    sync_folder(path_.parent_path());
}

void sync_folder(const std::filesystem::path& folder) {
    const auto path = folder.empty() ? std::filesystem::path(".") : folder;
    const int open = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool kept = open >= 0 && ::fsync(open) == 0;
    if (open >= 0) ::close(open);
    if (!kept) cannot("keep", path);
}

std::string read_whole(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in || in.bad()) throw Breakdown("cannot read " + file.string());
    return text;
}

} // namespace kringwerk::backup
