// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace kringwerk::app {

/// The files of one data directory.
struct Directory {
    std::filesystem::path path;
    std::string books = "sqlite"; ///< a file in it, or the address of a PostgreSQL database

    std::filesystem::path database() const { return path / "kringwerk.sqlite"; }
    std::filesystem::path admin_socket() const { return path / "admin.sock"; }
};

/// A data directory that this process owns.
struct OwnedDirectory {
    Directory directory;
    DirectoryLock lock;
    std::unique_ptr<Store> store;
};

/// Makes what is missing. Refuses "store.in_use" and "store.schema_newer".
Result<OwnedDirectory> own(const Directory& directory, StoreOptions options = {});
/// Its books to read only, also while a server writes in them. Refuses what the engine refuses.
Result<std::unique_ptr<Store>> open_reading(const Directory& directory);

} // namespace kringwerk::app
