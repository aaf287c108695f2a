// SPDX-License-Identifier: EUPL-1.2
#include "app/commands.hpp"
#include "app/replay.hpp"
#include "platform/store/moving.hpp"

#include <iostream>

namespace kringwerk::app {
namespace {

/// Books by their address, with the lock on their folder when they are files of ours.
struct Books {
    std::optional<DirectoryLock> lock;
    std::unique_ptr<Store> store;
};

constexpr std::string_view sqlite = "sqlite:";

/// The folder of "sqlite:FOLDER". Refuses "move.no_address" for anything that names no books.
Result<Directory> directory_at(const std::string& option, const std::string& address) {
    if (address.starts_with(sqlite) && address.size() > sqlite.size()) {
        return Directory{address.substr(sqlite.size()), "sqlite"};
    }
    if (address.starts_with("postgresql://")) return Directory{{}, address};
    return refuse("move.no_address", {{"option", "--" + option}, {"given", address}});
}

Result<Books> open_books(const Directory& directory, bool to_write) {
    Books books;
    if (directory.books == "sqlite") {
        if (!to_write && !std::filesystem::exists(directory.database())) {
            return refuse("store.absent", {{"file", directory.database().string()}});
        }
        auto lock = DirectoryLock::take(directory.path); // nobody books while all moves out
        if (!lock) return refuse(lock.error());
        books.lock.emplace(std::move(*lock));
    }
    StoreOptions options;
    options.moving = true;
    auto store = !to_write                     ? open_reading(directory)
                 : directory.books == "sqlite" ? open_sqlite(directory.database(), options)
                                               : open_postgres(directory.books, options);
    if (!store) return refuse(store.error());
    books.store = std::move(*store);
    return books;
}

/// Says it when these books do not add up.
bool add_up(const Call& call, Store& store, std::string_view which) {
    const auto [replayed, wrong] = replay(store, call.language);
    if (wrong) std::cerr << call.say(which, {{"wrong", *wrong}}) << '\n';
    return !wrong;
}

} // namespace

int move_books(const Call& call) {
    const auto option = [&](const std::string& name) {
        const auto found = call.words.options.find(name);
        return directory_at(name, found == call.words.options.end() ? "" : found->second);
    };
    const auto from = option("from");
    if (!from) return call.refused(from.error());
    const auto to = option("to");
    if (!to) return call.refused(to.error());
    const auto old_books = open_books(*from, false);
    if (!old_books) return call.refused(old_books.error());
    if (!add_up(call, *old_books->store, "move.from_wrong")) return 1;
    const auto new_books = open_books(*to, true);
    if (!new_books) return call.refused(new_books.error());
    const auto told = [&](const std::string& table, std::int64_t rows) {
        if (rows == 0) return;
        std::cout << "  " << table << ": " << show_whole(call.language, rows) << std::endl;
    };
    const auto moved = move_all(*old_books->store, *new_books->store, told);
    if (!moved) return call.refused(moved.error());
    if (!add_up(call, *new_books->store, "move.to_wrong")) return 1;
    std::cout << call.say("move.done", {{"rows", show_whole(call.language, moved->rows)},
                                        {"tables", show_whole(call.language, moved->tables)}})
              << '\n';
    return 0;
}

} // namespace kringwerk::app
