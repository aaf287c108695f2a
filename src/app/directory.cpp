// SPDX-License-Identifier: EUPL-1.2
#include "app/directory.hpp"

namespace kringwerk::app {

Result<OwnedDirectory> own(const Directory& directory, StoreOptions options) {
    auto lock = DirectoryLock::take(directory.path);
    if (!lock) return refuse(lock.error());
    auto store = open_sqlite(directory.database(), options);
    if (!store) return refuse(store.error());
    return OwnedDirectory{directory, std::move(*lock), std::move(*store)};
}

} // namespace kringwerk::app
