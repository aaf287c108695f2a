// SPDX-License-Identifier: EUPL-1.2
#include "platform/cli/config.hpp"
#include "platform/cli/nearest.hpp"

#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <fstream>

using namespace kringwerk;
using namespace kringwerk::cli;

namespace {

const std::vector<Setting> table{
    {.key = "data", .standard = "data", .in_file = false},
    {.key = "port",
     .kind = SettingKind::whole_number,
     .standard = "8080",
     .least = 0,
     .most = 65535},
    {.key = "log_level",
     .kind = SettingKind::choice,
     .standard = "info",
     .choices = {"info", "error"}},
    {.key = "demo_open", .kind = SettingKind::yes_no, .standard = "false"},
    {.key = "password", .standard = "", .secret = true},
};

Result<Settings> resolved(std::string file, Words environment = {}, Words flags = {}) {
    return resolve(table, {.file_name = "kringwerk.toml",
                           .file_text = std::move(file),
                           .environment = std::move(environment),
                           .flags = std::move(flags),
                           .read_file = [](const std::string& path) -> std::optional<std::string> {
                               if (path == "/secret") return "horse\n";
                               return std::nullopt;
                           }});
}

/// "where code" of each wrong setting, one a line.
std::string wrong_of(const Result<Settings>& result) {
    REQUIRE_FALSE(result);
    CHECK(result.error().code == "config.wrong");
    std::string lines;
    for (const auto& field : result.error().fields) lines += field.field + ' ' + field.code + '\n';
    return lines;
}

} // namespace

TEST_CASE("without a word from anybody each setting has its default") {
    const auto settings = resolved("");
    REQUIRE(settings);
    CHECK(settings->whole_number("port") == 8080);
    CHECK(settings->text("log_level") == "info");
    CHECK_FALSE(settings->yes_no("demo_open"));
    CHECK(settings->value("port").origin.kind == OriginKind::standard);
}

TEST_CASE("the environment goes before the file, the command line before both") {
    const std::string file = "# the office\nport = 81\nlog_level = \"error\"\ndemo_open = true\n";
    const auto settings = resolved(
        file, {{"KRINGWERK_PORT", "82"}, {"KRINGWERK_LOG_LEVEL", "info"}}, {{"port", "83"}});
    REQUIRE(settings);
    CHECK(settings->whole_number("port") == 83);
    CHECK(settings->value("port").origin.where == "--port");
    CHECK(settings->text("log_level") == "info");
    CHECK(settings->value("log_level").origin.where == "KRINGWERK_LOG_LEVEL");
    CHECK(settings->yes_no("demo_open"));
    CHECK(settings->value("demo_open").origin.where == "kringwerk.toml:4");
}

TEST_CASE(
    "an unknown setting is refused with the one that was probably meant, wherever it stands") {
    const auto settings = resolved("prot = 1\nsomething = 2\n", {{"KRINGWERK_LOGLEVEL", "info"}},
                                   {{"demo_opn", "true"}});
    CHECK(wrong_of(settings) == "kringwerk.toml:1 config.unknown_near\n"
                                "kringwerk.toml:2 config.unknown\n"
                                "KRINGWERK_LOGLEVEL config.unknown_near\n"
                                "--demo-opn config.unknown_near\n");
    const auto& first = settings.error().fields.front().arguments;
    CHECK(first.back() == std::pair<std::string, std::string>{"near", "port"});
}

TEST_CASE("all wrong values are named at once") {
    const auto settings = resolved("port = 65536\nlog_level = \"loud\"\ndemo_open = \"maybe\"\n"
                                   "data = \"here\"\npassword = [1]\n",
                                   {{"KRINGWERK_PORT", "80a"}});
    CHECK(wrong_of(settings) == "kringwerk.toml:1 config.not_between\n"
                                "kringwerk.toml:2 config.not_a_choice\n"
                                "kringwerk.toml:3 config.not_yes_or_no\n"
                                "kringwerk.toml:4 config.not_in_file\n"
                                "kringwerk.toml:5 config.not_one_value\n"
                                "KRINGWERK_PORT config.not_a_number\n");
}

TEST_CASE("a file that is no TOML is refused with the line") {
    CHECK(wrong_of(resolved("port = 1\nport\n")) == "kringwerk.toml:2 config.not_toml\n");
}

TEST_CASE("a table whose name is none is refused with its line") {
    for (const std::string name : {"[!]", "[[!]]", "[ \t=]", "[", "[[", "[a.!]", "[#]"}) {
        CAPTURE(name);
        CHECK(wrong_of(resolved("port = 81\n" + name + "\n")) ==
              "kringwerk.toml:2 config.not_toml\n");
    }
}

TEST_CASE("letters of any script are no blanks: in a value they stay, in a name they are refused") {
    for (const std::string letter : {"\u00E9", "\u035C", "\u0643", "\u3042", "\uFB26", "\uFED9"}) {
        CAPTURE(letter);
        const auto value = resolve(server_settings(),
                                   {.file_text = "network_name = \"" + letter + letter + "\"\n"});
        REQUIRE(value);
        CHECK(value->text("network_name") == letter + letter);
        CHECK(wrong_of(resolved("port = 81\np" + letter + "rt = 1\n")) ==
              "kringwerk.toml:2 config.not_toml\n");
    }
}

TEST_CASE("names of the tests and of other programs are left alone") {
    CHECK(resolved("", {{"KRINGWERK_TEST_DATA", "/data"}, {"PORT", "x"}}));
}

TEST_CASE("a secret can stand in a file of its own, without its line end") {
    const auto settings = resolved("", {{"KRINGWERK_PASSWORD_FILE", "/secret"}});
    REQUIRE(settings);
    CHECK(settings->text("password") == "horse");
    CHECK(wrong_of(resolved("", {{"KRINGWERK_PASSWORD_FILE", "/gone"}})) ==
          "KRINGWERK_PASSWORD_FILE config.unreadable_secret\n");
    CHECK(
        wrong_of(resolved("", {{"KRINGWERK_PASSWORD", "a"}, {"KRINGWERK_PASSWORD_FILE", "/b"}})) ==
        "KRINGWERK_PASSWORD_FILE config.said_twice\n");
    // What is not secret has no such file.
    CHECK(wrong_of(resolved("", {{"KRINGWERK_PORT_FILE", "/secret"}})) ==
          "KRINGWERK_PORT_FILE config.unknown_near\n");
}

TEST_CASE("a setting is read as what it is, or it is a bug") {
    const auto settings = resolved("");
    REQUIRE(settings);
    CHECK_THROWS_AS(std::ignore = settings->yes_no("port"), Bug);
    CHECK_THROWS_AS(std::ignore = settings->text("port"), Bug);
    CHECK_THROWS_AS(std::ignore = settings->text("nonsense"), Bug);
}

TEST_CASE("the dump says each value with its origin, and no secret") {
    const Texts texts(R"({"config.origin.standard": "standaard", "config.origin.file": "{where}",
                          "config.origin.environment": "omgeving {where}",
                          "config.origin.flag": "{where}", "config.hidden": "verborgen"})",
                      "{}");
    const auto settings = resolved("port = 81\ndemo_open = \"ja\"\n",
                                   {{"KRINGWERK_PASSWORD", "horse"}}, {{"data", "C:\\\"x\""}});
    REQUIRE(settings);
    CHECK(dump(*settings, texts, Language::nl) == "data = \"C:\\\\\\\"x\\\"\"  # --data\n"
                                                  "port = 81  # kringwerk.toml:1\n"
                                                  "log_level = \"info\"  # standaard\n"
                                                  "demo_open = true  # kringwerk.toml:2\n"
                                                  "# password: verborgen  # omgeving "
                                                  "KRINGWERK_PASSWORD\n");
}

TEST_CASE("the dump hides the password of the database, wherever an address holds it") {
    const auto shown = [](const std::string& address) {
        const auto settings = resolve(server_settings(), {.flags = {{"database", address}}});
        REQUIRE(settings);
        const auto text = dump(*settings, Texts::built_in(), Language::en);
        const auto begin = text.find("database = \"") + 12;
        return text.substr(begin, text.find('"', begin) - begin);
    };
    CHECK(shown("postgresql://mara:horse@db/books") == "postgresql://mara:…@db/books");
    CHECK(shown("postgresql://mara:hor@se@db:5432/books") == "postgresql://mara:…@db:5432/books");
    CHECK(shown("postgresql://mara:ho/rse@db/books") == "postgresql://mara:…@db/books");
    CHECK(shown("postgresql://db/books?password=horse") == "postgresql://db/books?password=…");
    CHECK(shown("postgresql://db/b?user=a&password=horse&connect_timeout=5") ==
          "postgresql://db/b?user=a&password=…&connect_timeout=5");
    CHECK(shown("postgresql://mara@db/books") == "postgresql://mara@db/books");
}

TEST_CASE("a value with a line end stays one line of the dump, and reads back as it was") {
    const auto settings = resolve(server_settings(), {.flags = {{"network_name", "a\nport = 1"}}});
    REQUIRE(settings);
    const auto text = dump(*settings, Texts::built_in(), Language::en);
    const auto again = resolve(server_settings(), {.file_text = text.substr(text.find('\n') + 1)});
    REQUIRE(again);
    CHECK(again->text("network_name") == "a\nport = 1");
    CHECK(again->whole_number("port") == 8080);
}

TEST_CASE("the settings file is found in the data directory, whoever names it") {
    const auto folder = std::filesystem::temp_directory_path() / "kringwerk_config_test";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "kringwerk.toml") << "port = 91\n";
    const auto by_flag = read_settings(server_settings(), {}, {{"data", folder.string()}});
    const auto by_name =
        read_settings(server_settings(), {{"KRINGWERK_DATA", folder.string()}}, {});
    std::filesystem::remove_all(folder);
    const auto gone = read_settings(server_settings(), {}, {{"data", folder.string()}});
    REQUIRE(by_flag);
    REQUIRE(by_name);
    REQUIRE(gone);
    CHECK(by_flag->whole_number("port") == 91);
    CHECK(by_name->whole_number("port") == 91);
    CHECK(gone->whole_number("port") == 8080);
}

TEST_CASE("each setting of the server has a default that it accepts itself, and a text") {
    const auto settings = resolve(server_settings(), {});
    REQUIRE(settings);
    Words flags;
    for (const auto& setting : server_settings()) flags[setting.key] = setting.standard;
    CHECK(resolve(server_settings(), {.flags = flags}));
    for (const auto& setting : server_settings()) {
        CAPTURE(setting.key);
        CHECK(Texts::built_in().has(Language::nl, "setting." + setting.key));
        CHECK(Texts::built_in().has(Language::en, "setting." + setting.key));
    }
}

TEST_CASE("networks are read as ranges, and what is none is refused") {
    const auto known = server_settings();
    const auto settings = resolve(known, {.file_text = "trusted_proxies = \"10.0.0.0/8\"\n"});
    REQUIRE(settings);
    CHECK(is_within("10.1.2.3", settings->networks("trusted_proxies")));
    CHECK(is_within("127.0.0.1", settings->networks("metrics_networks")));
    CHECK_FALSE(is_within("10.1.2.3", settings->networks("metrics_networks")));
    CHECK(wrong_of(resolve(known, {.flags = {{"trusted_proxies", "10.0.0.0/8, house"}}})) ==
          "--trusted-proxies config.not_a_network\n");
}

TEST_CASE("a refusal is explained with all its fields, and no hole stays open") {
    const auto settings = resolved("prot = 1\nport = 99999\ndemo_open = 3\nport_x = [", {}, {});
    const auto others = resolved("prot = 1\nport = 99999\ndemo_open = 3\n", {}, {});
    for (const auto* refused : {&settings, &others}) {
        REQUIRE_FALSE(*refused);
        for (const auto language : {Language::nl, Language::en}) {
            const auto text = explain(Texts::built_in(), language, refused->error());
            CAPTURE(text);
            CHECK(text.find('{') == std::string::npos);
            CHECK(text.find("refusal.") == std::string::npos);
        }
    }
}

TEST_CASE("the language follows the environment as other programs do") {
    CHECK(language_of_environment({{"LANG", "nl_NL.UTF-8"}}) == Language::nl);
    CHECK(language_of_environment({{"LANG", "nl_NL.UTF-8"}, {"LC_ALL", "C"}}) == Language::en);
    CHECK(language_of_environment({{"LANG", "en_GB.UTF-8"}, {"LC_ALL", ""}}) == Language::en);
    CHECK(language_of_environment({}) == Language::en);
}

TEST_CASE("the nearest word is found, and a far one is not") {
    const std::array<std::string, 3> known{"port", "data", "threads"};
    CHECK(edit_distance("prot", "port") == 1);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(nearest("thread", known) == "threads");
    CHECK(nearest("prot", known) == "port");
    CHECK_FALSE(nearest("colour", known));
}
