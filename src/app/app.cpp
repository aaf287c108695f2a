// SPDX-License-Identifier: EUPL-1.2
#include "app/app.hpp"

#include "app/commands.hpp"

#include <iostream>

namespace kringwerk::app {

const cli::CommandTable& command_table() {
    static const cli::CommandTable table{
        "kringwerk",
        {
            {"serve",
             {},
             cli::setting_options(cli::server_settings(), std::array{std::string_view("data")}),
             true},
            {"demo",
             {},
             {{"size", "SIZE"}, {"seed", "N"}, {"until", "DAY"}, {"movements", "N"}},
             true},
            {"import ords", {{"file"}}, {{"centre", "N"}, {"dry-run"}, {"rejects", "FILE"}}, true},
            {"export ords", {{"file"}}, {{"ords", "VERSION"}, {"spreadsheet"}}},
            {"verify", {}, {}, true},
            {"doctor", {}, {{"full"}, {"fix"}}},
            {"close", {{"month"}}, {{"centre", "N"}}},
            {"admin token",
             {},
             {{"name", "NAME"}, {"centre", "N"}, {"kinds", "KINDS"}, {"everything"}},
             true},
            {"admin create", {}, {{"name", "NAME"}, {"email", "EMAIL"}, {"url", "URL"}}},
            {"admin reset-password", {}, {{"email", "EMAIL"}, {"url", "URL"}}},
            {"admin unlock", {}, {{"email", "EMAIL"}}},
            {"move", {}, {{"from", "BOOKS"}, {"to", "BOOKS"}}},
            {"schema", {}, {{"citus"}}},
            {"backup", {}, {{"to", "DIR"}, {"full"}, {"key", "FILE"}}},
            {"backup verify",
             {},
             {{"from", "DIR"}, {"at", "ID"}, {"key", "FILE"}, {"aside", "URL"}}},
            {"backup list", {}, {{"from", "DIR"}, {"key", "FILE"}}},
            {"backup key", {{"key-file"}}},
            {"restore",
             {},
             {{"from", "DIR"},
              {"to", "DIR"},
              {"at", "ID"},
              {"key", "FILE"},
              {"database", "URL"},
              {"dry-run"}}},
            {"migrate", {}, {{"plan"}}},
            {"config dump"},
            {"version"},
        },
        {{"data", "DIR"}}};
    return table;
}

int Call::refused(const Refusal& refusal) const {
    std::cerr << cli::explain(Texts::built_in(), language, refusal) << '\n';
    return 1;
}

namespace {

int answer(const Call& call) {
    const auto& command = call.words.command;
    if (command == "serve") return serve(call);
    if (command == "demo") return load_demo(call);
    if (command == "verify") return verify_books(call);
    if (command == "doctor") return examine(call);
    if (command == "import ords") return import_ords(call);
    if (command == "export ords") return export_ords(call);
    if (command == "close") return close_month(call);
    if (command == "admin token") return make_token(call);
    if (command == "admin create") return create_administrator(call);
    if (command == "admin reset-password") return reset_password(call);
    if (command == "admin unlock") return unlock_account(call);
    if (command == "move") return move_books(call);
    if (command == "schema") return show_schema(call);
    if (command == "backup") return back_up(call);
    if (command == "backup verify") return verify_backup(call);
    if (command == "backup list") return list_backups(call);
    if (command == "backup key") return make_backup_key(call);
    if (command == "restore") return restore_backup(call);
    if (command == "migrate") return migrate_books(call);
    if (command == "config dump") {
        std::cout << cli::dump(call.settings, Texts::built_in(), call.language);
        return 0;
    }
    ensure(command == "version", "each command of the table has an answer");
    std::cout << "kringwerk " << KRINGWERK_VERSION << '\n';
    return 0;
}

} // namespace

int run(const std::vector<std::string>& words) {
    const auto environment = cli::environment_of_process();
    const auto language = cli::language_of_environment(environment);
    const auto& texts = Texts::built_in();
    try {
        const auto invocation = cli::read_arguments(command_table(), words);
        if (!invocation) {
            std::cerr << cli::explain(texts, language, invocation.error()) << '\n';
            return 2;
        }
        if (invocation->help) {
            std::cout << cli::usage(command_table(), *invocation, texts, language);
            return 0;
        }
        const auto table = cli::server_settings();
        const auto settings = cli::read_settings(table, environment, invocation->flags(table));
        if (!settings) {
            std::cerr << cli::explain(texts, language, settings.error()) << '\n';
            return 2;
        }
        return answer({*invocation,
                       *settings,
                       {settings->text("data"), settings->text("database")},
                       language});
    } catch (const std::exception& broke) {
        std::cerr << texts.say(language, "cli.broke", {{"what", broke.what()}}) << '\n';
        return 3;
    }
}

} // namespace kringwerk::app
