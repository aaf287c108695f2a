// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ensure.hpp"
#include "platform/store/catalogue.hpp"
#include "platform/store/postgres.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

/// A PostgreSQL of the tests' own: Debian's server on a socket in a scratch folder.
namespace kringwerk::testing {

/// Starts when it is first asked for and ends with this process, however that ends.
class Cluster {
  public:
    static Cluster& instance() {
        static Cluster cluster;
        return cluster;
    }
    Cluster() {
        auto name = (std::filesystem::temp_directory_path() / "kw-postgres-XXXXXX").string();
        ensure(::mkdtemp(name.data()) != nullptr, "a scratch folder can be made");
        folder_ = name;
        if (const auto* const owner = owner_of_servers()) {
            ensure(::chown(name.c_str(), owner->pw_uid, owner->pw_gid) == 0, "a folder is given");
        }
        const auto data = folder_ / "data";
        finish(start({programs() / "initdb", "-D", data, "-A", "trust", "-U", "kringwerk", "-E",
                      "UTF8", "--locale=C.UTF-8", "--no-sync"}));
        start();
        run("postgres", "CREATE DATABASE migrated");
        std::ignore = open_postgres(url("migrated")).value();
    }
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;
    ~Cluster() {
        stop(SIGQUIT);
        std::filesystem::remove_all(folder_);
    }

    std::string url(const std::string& database) const {
        return "postgresql:///" + database + "?user=kringwerk&host=" + folder_.string();
    }
    std::filesystem::path socket() const { return folder_ / ".s.PGSQL.5432"; }
    /// A database with the schema in it and nothing else. Gives its address.
    std::string fresh_database() {
        static std::atomic<int> number{0};
        const auto name = "fresh" + std::to_string(++number);
        run("postgres", "CREATE DATABASE " + name + " TEMPLATE migrated STRATEGY file_copy");
        return url(name);
    }
    /// The same, one that another test gave back where there is one. In it a transaction that
    /// writes for two centres fails: each has to stay on one machine.
    std::string lend() {
        const std::scoped_lock lock(mutex_);
        if (idle_.empty()) {
            auto address = fresh_database();
            postgres::PostgresConnection(address, postgres::Access::write).script(one_centre());
            return address;
        }
        auto address = std::move(idle_.back());
        idle_.pop_back();
        return address;
    }
    void give_back(const std::string& address) {
        postgres::PostgresConnection connection(address, postgres::Access::write);
        const auto deletes = connection.text(
            "SELECT 'SET session_replication_role = replica;' || "
            "string_agg('DELETE FROM ' || quote_ident(tablename), ';') FROM pg_tables "
            "WHERE schemaname = 'public' AND tablename <> 'schema_version'");
        connection.script(deletes.value());
        const std::scoped_lock lock(mutex_);
        idle_.push_back(address);
    }
    void run(const std::string& database, const std::string& sql) const {
        postgres::PostgresConnection(url(database), postgres::Access::write).script(sql);
    }

    /// SIGTERM waits for sessions, SIGINT ends them, SIGQUIT lets all fall.
    void stop(int signal) {
        if (server_ <= 0) return;
        ::kill(server_, signal);
        ::waitpid(server_, nullptr, 0);
        server_ = 0;
    }
    void start() {
        server_ = start({programs() / "postgres", "-D", folder_ / "data", "-k", folder_, "-c",
                         "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c",
                         "max_connections=200", "-c", "logging_collector=off"});
        for (int i = 0; i < 600; ++i) {
            if (PQping(url("postgres").c_str()) == PQPING_OK) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        throw Breakdown("PostgreSQL did not start; see " + (folder_ / "log").string());
    }

    static bool installed() { return !programs().empty(); }

  private:
    static std::string one_centre() {
        std::string sql = R"(
            CREATE FUNCTION one_centre() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                seen text := coalesce(current_setting('kringwerk.centre', true), '');
                mine text := coalesce(NEW.centre, OLD.centre)::text;
            BEGIN
                IF seen NOT IN ('', mine) THEN
                    RAISE EXCEPTION '% is written for centre % after centre %', TG_TABLE_NAME, mine, seen;
                END IF;
                PERFORM set_config('kringwerk.centre', mine, true);
                RETURN NULL;
            END $$;)";
        for (const auto& table : catalogue()) {
            if (!table.by_centre) continue;
            sql += "CREATE TRIGGER one_centre AFTER INSERT OR UPDATE OR DELETE ON " + table.name +
                   " FOR EACH ROW EXECUTE FUNCTION one_centre();";
        }
        return sql;
    }
    /// Of the newest version from 15 on; empty: there is none.
    static std::filesystem::path programs() {
        std::filesystem::path newest;
        for (int version = 15; version < 30; ++version) {
            const std::filesystem::path folder("/usr/lib/postgresql/" + std::to_string(version) +
                                               "/bin");
            if (std::filesystem::exists(folder / "initdb")) newest = folder;
        }
        return newest;
    }
    /// PostgreSQL refuses to run as root: Debian's account does it then.
    static const passwd* owner_of_servers() {
        return ::getuid() == 0 ? ::getpwnam("postgres") : nullptr;
    }

    pid_t start(const std::vector<std::string>& words) const {
        const auto log = (folder_ / "log").string();
        const auto* const owner = owner_of_servers();
        std::vector<char*> arguments;
        for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        const auto child = ::fork();
        ensure(child >= 0, "a process can be started");
        if (child > 0) return child;
        if (owner && (::setgid(owner->pw_gid) != 0 || ::setuid(owner->pw_uid) != 0)) ::_exit(126);
        ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
        const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(file, 1);
        ::dup2(file, 2);
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    static void finish(pid_t child) {
        int status = 0;
        ::waitpid(child, &status, 0);
        ensure(WIFEXITED(status) && WEXITSTATUS(status) == 0, "initdb makes a cluster");
    }

    std::filesystem::path folder_;
    pid_t server_ = 0;
    std::mutex mutex_;
    std::vector<std::string> idle_;
};

} // namespace kringwerk::testing
