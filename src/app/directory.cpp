// SPDX-License-Identifier: EUPL-1.2
#include "app/directory.hpp"

namespace kringwerk::app {

Result<OwnedDirectory> own(const Directory& directory, StoreOptions options) {
    auto lock = DirectoryLock::take(directory.path);
    if (!lock) return refuse(lock.error());
    auto store = directory.books == "sqlite" ? open_sqlite(directory.database(), options)
                                             : open_postgres(directory.books, options);
    if (!store) return refuse(store.error());
    return OwnedDirectory{directory, std::move(*lock), std::move(*store)};
}

Result<std::unique_ptr<Store>> open_reading(const Directory& directory) {
    return directory.books == "sqlite" ? open_sqlite_reading(directory.database())
                                       : open_postgres_reading(directory.books);
}

} // namespace kringwerk::app
