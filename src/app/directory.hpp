// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"

#include <filesystem>
#include <memory>

namespace kringwerk::app {

/// The files of one data directory.
struct Directory {
    std::filesystem::path path;

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

} // namespace kringwerk::app
