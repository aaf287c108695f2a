// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/postgres_dump.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <sstream>

extern char** environ; // NOLINT: POSIX gives the environment this name

namespace kringwerk::postgres {
namespace {

namespace fs = std::filesystem;

/// Where a program of PostgreSQL is: on the path, else the newest one that Debian has beside it.
fs::path program(std::string_view name) {
    const char* const path = std::getenv("PATH");
    std::istringstream folders(path ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (!folder.empty() && ::access((fs::path(folder) / name).c_str(), X_OK) == 0) {
            return fs::path(folder) / name;
        }
    }
    for (int version = 40; version >= 15; --version) {
        const auto file = fs::path("/usr/lib/postgresql") / std::to_string(version) / "bin" / name;
        if (::access(file.c_str(), X_OK) == 0) return file;
    }
    return {};
}

/// The environment in which these programs find the database: an address in their arguments, with
/// its password, would be there for everybody to read.
std::vector<std::string> environment_of(const std::string& url) {
    std::vector<std::string> lines;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view line(*entry);
        if (!line.starts_with("PG")) lines.emplace_back(line);
    }
    PQconninfoOption* const options = PQconninfoParse(url.c_str(), nullptr);
    if (options == nullptr) throw Breakdown("the address of the database cannot be read");
    for (const auto* option = options; option->keyword != nullptr; ++option) {
        if (option->val == nullptr || option->envvar == nullptr) continue;
        lines.push_back(std::string(option->envvar) + '=' + option->val);
    }
    PQconninfoFree(options);
    return lines;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> all;
    for (auto& word : words) all.push_back(word.data());
    all.push_back(nullptr);
    return all;
}

std::string all_of(int file) {
    std::string text;
    std::array<char, 4096> piece{};
    for (;;) {
        const auto got = ::read(file, piece.data(), piece.size());
        if (got <= 0) return text;
        text.append(piece.data(), static_cast<std::size_t>(got));
    }
}

/// Runs it to its end. Throws `Breakdown` with what it wrote to standard error when it failed.
void run(std::vector<std::string> words, const std::string& url) {
    auto lines = environment_of(url);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw Breakdown("no pipe can be made");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none); // the server blocks the signals that would end this program
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t child = 0;
    const int failed = ::posix_spawn(&child, words.front().c_str(), &actions, &attributes,
                                     pointers(words).data(), pointers(lines).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    ::close(ends[1]);
    const auto said = failed == 0 ? all_of(ends[0]) : std::string("it does not start");
    ::close(ends[0]);
    int status = -1;
    if (failed == 0) ::waitpid(child, &status, 0);
    if (status != 0) throw Breakdown(fs::path(words.front()).filename().string() + ": " + said);
}

} // namespace

Result<void> dump(const std::string& url, const fs::path& file,
                  const std::function<void(Snapshot&, int schema)>& look) {
    const auto pg_dump = program("pg_dump");
    if (pg_dump.empty()) return refuse("store.no_program", {{"program", "pg_dump"}});
    PostgresConnection connection(url, Access::read);
    connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    const auto moment = connection.text("SELECT pg_export_snapshot()");
    const auto schema = connection.text("SELECT MAX(number) FROM schema_version");
    Snapshot view(connection);
    look(view, schema ? std::stoi(*schema) : 0);
    // Not compressed: the pieces of the backup are, and what did not change stays recognisable.
    run({pg_dump.string(), "--format=custom", "--compress=0", "--no-owner", "--no-privileges",
         "--snapshot=" + moment.value(), "--file=" + file.string()},
        url);
    connection.run("ROLLBACK");
    return {};
}

Result<void> check_empty(const std::string& url) {
    PostgresConnection connection(url, Access::read);
    const auto table = connection.text("SELECT tablename FROM pg_tables WHERE schemaname NOT IN "
                                       "('pg_catalog', 'information_schema') LIMIT 1");
    if (table) return refuse("store.not_empty", {{"table", *table}});
    return {};
}

Result<void> fill(const std::string& url, const fs::path& file) {
    const auto pg_restore = program("pg_restore");
    if (pg_restore.empty()) return refuse("store.no_program", {{"program", "pg_restore"}});
    if (auto empty = check_empty(url); !empty) return empty;
    const std::string database =
        PostgresConnection(url, Access::read).text("SELECT current_database()").value();
    run({pg_restore.string(), "--no-owner", "--no-privileges", "--single-transaction",
         "--exit-on-error", "--dbname=" + database, file.string()},
        url);
    return {};
}

} // namespace kringwerk::postgres
