// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ensure.hpp"

#include <sqlite3.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <utility>
#include <vector>

/// A disk that fails when it is told to. It stands between SQLite and the real files of this
/// process (a VFS), from `instance()` on.
namespace kringwerk::testing {

enum class Fault {
    none,
    full,        ///< no room for what is written
    io_error,    ///< a write fails
    short_write, ///< half of it is written, then it fails
    failed_sync, ///< what was written may not be on the disk
    power_cut,   ///< from here on nothing works, and what was not synced may be gone or torn
};

class FaultyFiles {
  public:
    static FaultyFiles& instance() {
        static FaultyFiles files;
        return files;
    }
    FaultyFiles(const FaultyFiles&) = delete;
    FaultyFiles& operator=(const FaultyFiles&) = delete;

    /// The `after`-th writing or syncing from now on meets the fault; all others go well.
    void plan(Fault fault, int after) {
        const std::scoped_lock lock(mutex_);
        fault_ = fault;
        left_ = after;
        struck_ = off_ = false;
        unsynced_.clear();
    }
    bool struck() const { return struck_; }

    /// After a power cut, when nobody has the files open any more: puts the disk in a state in
    /// which it may be then. Of what was not synced some is there, some is not, some is torn.
    void lose(std::minstd_rand& dice) {
        const std::scoped_lock lock(mutex_);
        for (auto& [path, changes] : unsynced_) {
            const int file = ::open(path.c_str(), O_RDWR);
            if (file < 0) continue;
            for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
                put(file, change->offset, change->old_bytes);
                ensure(::ftruncate(file, change->old_size) == 0, "a file can be cut back");
            }
            for (const auto& change : changes) redo(file, change, dice);
            ::close(file);
        }
        fault_ = Fault::none;
        off_ = false;
        unsynced_.clear();
    }

  private:
    struct Change {
        sqlite3_int64 offset;
        std::string old_bytes, new_bytes;
        sqlite3_int64 old_size;
        bool truncates;
    };
    struct File {
        sqlite3_file base;
        const std::string* path; ///< a key of `paths_`
        sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    };

    FaultyFiles() : real_(sqlite3_vfs_find(nullptr)), vfs_(*real_) {
        vfs_.zName = "kringwerk-faulty";
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.xOpen = open;
        vfs_.xDelete = [](sqlite3_vfs*, const char* name, int sync) {
            auto& self = instance();
            return self.off_ ? SQLITE_IOERR_DELETE : self.real_->xDelete(self.real_, name, sync);
        };
        methods_.iVersion = 2;
        methods_.xClose = [](sqlite3_file* file) {
            return of(file).real()->pMethods->xClose(of(file).real());
        };
        methods_.xRead = [](sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
            if (instance().off_) return SQLITE_IOERR_READ;
            return of(file).real()->pMethods->xRead(of(file).real(), into, size, offset);
        };
        methods_.xWrite = [](sqlite3_file* file, const void* bytes, int size,
                             sqlite3_int64 offset) {
            return instance().write(of(file), static_cast<const char*>(bytes), size, offset);
        };
        methods_.xTruncate = [](sqlite3_file* file, sqlite3_int64 size) {
            return instance().truncate(of(file), size);
        };
        methods_.xSync = [](sqlite3_file* file, int flags) {
            return instance().sync(of(file), flags);
        };
        methods_.xFileSize = [](sqlite3_file* file, sqlite3_int64* size) {
            return of(file).real()->pMethods->xFileSize(of(file).real(), size);
        };
        methods_.xLock = [](sqlite3_file* file, int level) {
            return of(file).real()->pMethods->xLock(of(file).real(), level);
        };
        methods_.xUnlock = [](sqlite3_file* file, int level) {
            return of(file).real()->pMethods->xUnlock(of(file).real(), level);
        };
        methods_.xCheckReservedLock = [](sqlite3_file* file, int* answer) {
            return of(file).real()->pMethods->xCheckReservedLock(of(file).real(), answer);
        };
        methods_.xFileControl = [](sqlite3_file* file, int what, void* with) {
            return of(file).real()->pMethods->xFileControl(of(file).real(), what, with);
        };
        methods_.xSectorSize = [](sqlite3_file* file) {
            return of(file).real()->pMethods->xSectorSize(of(file).real());
        };
        methods_.xDeviceCharacteristics = [](sqlite3_file*) { return 0; }; // promises nothing
        methods_.xShmMap = [](sqlite3_file* file, int page, int size, int extend,
                              void volatile** at) {
            return of(file).real()->pMethods->xShmMap(of(file).real(), page, size, extend, at);
        };
        methods_.xShmLock = [](sqlite3_file* file, int offset, int count, int flags) {
            return of(file).real()->pMethods->xShmLock(of(file).real(), offset, count, flags);
        };
        methods_.xShmBarrier = [](sqlite3_file* file) {
            of(file).real()->pMethods->xShmBarrier(of(file).real());
        };
        methods_.xShmUnmap = [](sqlite3_file* file, int remove) {
            return of(file).real()->pMethods->xShmUnmap(of(file).real(), remove);
        };
        ensure(sqlite3_vfs_register(&vfs_, 1) == SQLITE_OK, "a VFS can be registered");
    }

    static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

    static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
        auto& self = instance();
        auto& ours = of(file);
        ours.base.pMethods = nullptr;
        const int code = self.real_->xOpen(self.real_, name, ours.real(), flags, out);
        if (code != SQLITE_OK) return code;
        const std::scoped_lock lock(self.mutex_);
        ours.path = &self.paths_.emplace(name ? name : "", 0).first->first;
        ours.base.pMethods = &self.methods_;
        return SQLITE_OK;
    }

    /// What this writing or syncing meets.
    Fault next() {
        if (off_ || fault_ == Fault::none || struck_ || --left_ > 0) return Fault::none;
        struck_ = true;
        off_ = fault_ == Fault::power_cut;
        return fault_;
    }

    int write(File& file, const char* bytes, int size, sqlite3_int64 offset) {
        const std::scoped_lock lock(mutex_);
        auto* const real = file.real();
        const auto fault = next();
        if (off_) return SQLITE_IOERR_WRITE;
        if (fault == Fault::full) return SQLITE_FULL;
        if (fault == Fault::io_error || fault == Fault::failed_sync) return SQLITE_IOERR_WRITE;
        remember(file, {bytes, static_cast<std::size_t>(size)}, offset);
        if (fault == Fault::short_write) {
            std::ignore = real->pMethods->xWrite(real, bytes, size / 2, offset);
            return SQLITE_IOERR_WRITE;
        }
        return real->pMethods->xWrite(real, bytes, size, offset);
    }
    int truncate(File& file, sqlite3_int64 size) {
        const std::scoped_lock lock(mutex_);
        if (next() != Fault::none || off_) return SQLITE_IOERR_TRUNCATE;
        remember(file, {}, size);
        return file.real()->pMethods->xTruncate(file.real(), size);
    }
    int sync(File& file, int flags) {
        const std::scoped_lock lock(mutex_);
        if (next() != Fault::none || off_) return SQLITE_IOERR_FSYNC;
        unsynced_[*file.path].clear();
        return file.real()->pMethods->xSync(file.real(), flags);
    }

    /// What stood where something is about to be written; no bytes: the file is cut at `offset`.
    void remember(File& file, std::string_view bytes, sqlite3_int64 offset) {
        auto* const real = file.real();
        Change change{offset, {}, std::string(bytes), 0, bytes.empty()};
        real->pMethods->xFileSize(real, &change.old_size);
        const auto end =
            bytes.empty() ? change.old_size : offset + static_cast<sqlite3_int64>(bytes.size());
        const auto stood = std::min(end, change.old_size) - offset;
        if (stood > 0) {
            change.old_bytes.resize(static_cast<std::size_t>(stood));
            real->pMethods->xRead(real, change.old_bytes.data(), static_cast<int>(stood), offset);
        }
        unsynced_[*file.path].push_back(std::move(change));
    }

    static void put(int file, sqlite3_int64 offset, std::string_view bytes) {
        const auto written = ::pwrite(file, bytes.data(), bytes.size(), offset);
        ensure(written == static_cast<ssize_t>(bytes.size()), "a test can write its own file");
    }
    static void redo(int file, const Change& change, std::minstd_rand& dice) {
        constexpr std::size_t sector = 512;
        const auto luck = dice() % 4;
        if (luck == 0) return; // never reached the disk
        if (change.truncates) {
            ensure(::ftruncate(file, change.offset) == 0, "a file can be cut");
            return;
        }
        const auto sectors = change.new_bytes.size() / sector;
        const bool torn = luck == 1 && sectors > 0;
        const auto size = torn ? dice() % (sectors + 1) * sector : change.new_bytes.size();
        put(file, change.offset, std::string_view(change.new_bytes).substr(0, size));
    }

    sqlite3_vfs* real_;
    sqlite3_vfs vfs_;
    sqlite3_io_methods methods_{};
    std::mutex mutex_;
    std::map<std::string, int> paths_;
    std::map<std::string, std::vector<Change>> unsynced_;
    Fault fault_ = Fault::none;
    int left_ = 0;
    std::atomic<bool> struck_{false};
    std::atomic<bool> off_{false};
};

} // namespace kringwerk::testing
