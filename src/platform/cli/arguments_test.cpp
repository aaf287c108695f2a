// SPDX-License-Identifier: EUPL-1.2
#include "platform/cli/arguments.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

using namespace kringwerk;
using namespace kringwerk::cli;

namespace {

const CommandTable table{
    .program = "kringwerk",
    .commands = {{.name = "serve",
                  .options =
                      setting_options(server_settings(), std::array<std::string_view, 1>{"data"}),
                  .newcomer = true},
                 {.name = "verify", .newcomer = true},
                 {.name = "import ords",
                  .positionals = {{"file"}},
                  .options = {{"dry-run"}, {"rejects", "FILE"}},
                  .newcomer = true},
                 {.name = "export ords", .positionals = {{"file", false}}},
                 {.name = "admin token"}},
    .everywhere = {{"data", "DIR"}}};

Result<Invocation> read(std::vector<std::string> words) { return read_arguments(table, words); }

/// The code of the refusal, and what it says was given.
std::string refused(std::vector<std::string> words) {
    const auto invocation = read(std::move(words));
    REQUIRE_FALSE(invocation);
    return invocation.error().code + ' ' + invocation.error().arguments.front().second;
}

} // namespace

TEST_CASE("a command of two words gets its file, its switch and its option") {
    const auto invocation =
        read({"import", "ords", "repairs.csv", "--dry-run", "--rejects=bad.csv"});
    REQUIRE(invocation);
    CHECK(invocation->command == "import ords");
    CHECK(invocation->positionals == Words{{"file", "repairs.csv"}});
    CHECK(invocation->switches.contains("dry-run"));
    CHECK(invocation->options == Words{{"rejects", "bad.csv"}});
    CHECK_FALSE(invocation->help);
}

TEST_CASE("options of every command stand before or after its name") {
    for (const auto& words : {std::vector<std::string>{"--data", "d", "serve", "--port", "81"},
                              {"--port", "81", "serve", "--data=d"},
                              {"serve", "--port", "81", "--data", "d"}}) {
        const auto invocation = read(words);
        REQUIRE(invocation);
        CHECK(invocation->command == "serve");
        CHECK(invocation->flags(server_settings()) == Words{{"data", "d"}, {"port", "81"}});
    }
}

TEST_CASE("dashes in an option are underscores in the setting") {
    const auto invocation = read({"serve", "--unix-socket", "/run/k"});
    REQUIRE(invocation);
    CHECK(invocation->flags(server_settings()) == Words{{"unix_socket", "/run/k"}});
}

TEST_CASE("a file may be called as a command") {
    const auto invocation = read({"import", "ords", "verify"});
    REQUIRE(invocation);
    CHECK(invocation->command == "import ords");
    CHECK(invocation->positionals.at("file") == "verify");
}

TEST_CASE("of an option that stands twice the last one counts") {
    const auto invocation = read({"serve", "--port", "1", "--port", "2"});
    REQUIRE(invocation);
    CHECK(invocation->options.at("port") == "2");
}

TEST_CASE("what is missing, unknown or too much is refused by name") {
    CHECK(refused({"import", "ords"}) == "cli.missing_argument FILE");
    CHECK(refused({"import"}) == "cli.second_word import");
    CHECK(refused({"import", "csv", "f"}) == "cli.second_word import");
    CHECK(refused({"serv"}) == "cli.unknown_command_near serv");
    CHECK(refused({"nonsense"}) == "cli.unknown_command nonsense");
    CHECK(refused({"serve", "--prot", "80"}) == "cli.unknown_option_near --prot");
    CHECK(refused({"serve", "--prot=80"}) == "cli.unknown_option_near --prot");
    CHECK(refused({"verify", "--xyzzy"}) == "cli.unknown_option --xyzzy");
    CHECK(refused({"--xyzzy"}) == "cli.unknown_option --xyzzy");
    CHECK(refused({"serve", "-p"}) == "cli.unknown_option -p");
    CHECK(refused({"serve", "--port"}) == "cli.missing_value --port");
    CHECK(refused({"serve", "--data", "--port", "80"}) == "cli.missing_value --data");
    CHECK(refused({"verify", "extra"}) == "cli.too_many extra");
    CHECK(refused({"serve", "--port=80", "81"}) == "cli.too_many 81");
    CHECK(refused({"import", "ords", "f", "--dry-run=never"}).starts_with("cli.unreadable "));
}

TEST_CASE("an optional file can be left out") {
    const auto invocation = read({"export", "ords"});
    REQUIRE(invocation);
    CHECK(invocation->positionals.empty());
}

TEST_CASE("each refusal of the command line has a text without open holes in both languages") {
    for (const auto& words :
         std::vector<std::vector<std::string>>{{"import", "ords"},
                                               {"import"},
                                               {"serv"},
                                               {"nonsense"},
                                               {"serve", "--prot"},
                                               {"verify", "--xyzzy"},
                                               {"serve", "--port"},
                                               {"verify", "extra"},
                                               {"import", "ords", "f", "--dry-run=never"}}) {
        const auto invocation = read(words);
        REQUIRE_FALSE(invocation);
        for (const auto language : {Language::nl, Language::en}) {
            const auto text = Texts::built_in().say(language, invocation.error());
            CAPTURE(text);
            CHECK(text.find('{') == std::string::npos);
            CHECK(text.find("refusal.") == std::string::npos);
        }
    }
}

TEST_CASE("who types nothing sees the few commands of a newcomer, who asks for help sees all") {
    const auto nothing = read({});
    const auto help = read({"--help"});
    REQUIRE(nothing);
    REQUIRE(help);
    CHECK(nothing->help);
    CHECK(help->help);
    const auto few = usage(table, *nothing, Texts::built_in(), Language::nl);
    const auto all = usage(table, *help, Texts::built_in(), Language::nl);
    CHECK(few.find("kringwerk import ords FILE  ") != std::string::npos);
    CHECK(few.find("admin token") == std::string::npos);
    CHECK(all.find("kringwerk admin token") != std::string::npos);
    CHECK(all.find("kringwerk export ords [FILE]") != std::string::npos);
}

TEST_CASE("help about a command names its file and its options, also when the file is missing") {
    const auto invocation = read({"import", "ords", "--help"});
    REQUIRE(invocation);
    CHECK(invocation->help);
    const auto text = usage(table, *invocation, Texts::built_in(), Language::en);
    for (const auto* part :
         {"kringwerk import ords FILE\n", "--dry-run", "--rejects FILE", "--data DIR"}) {
        CHECK(text.find(part) != std::string::npos);
    }
}

TEST_CASE("all that the table needs is named once, and settings keep their own text") {
    const auto codes = text_codes(table);
    CHECK(std::count(codes.begin(), codes.end(), "setting.data") == 1);
    CHECK(std::count(codes.begin(), codes.end(), "command.import.ords") == 1);
    for (const auto& code : codes) {
        CAPTURE(code);
        CHECK(Texts::built_in().has(Language::nl, code));
        CHECK(Texts::built_in().has(Language::en, code));
    }
}
