// SPDX-License-Identifier: EUPL-1.2
#include "app/commands.hpp"

#include "app/demo/load.hpp"
#include "app/replay.hpp"
#include "app/work.hpp"
#include "base/words.hpp"
#include "rooms/workshop/export.hpp"
#include "rooms/workshop/workshop.hpp"

#include <fstream>
#include <iostream>

namespace kringwerk::app {
namespace {

std::optional<std::int64_t> not_below_zero(std::string_view text) {
    const auto number = parse_whole(text);
    return number && *number >= 0 ? number : std::nullopt;
}

WorkOptions options_of(const cli::Invocation& words) {
    WorkOptions options(words.options.begin(), words.options.end());
    for (const auto& name : words.switches) options.emplace(name, "");
    return options;
}

/// The options of a command that shows a link, with where people find the server.
WorkOptions options_with_address(const Call& call) {
    auto options = options_of(call.words);
    const auto port = static_cast<int>(call.settings.whole_number("port"));
    options.emplace("url", base_address(call.settings, port)); // one that was given stays
    return options;
}

Result<demo::DemoRequest> demo_request(const cli::Words& options) {
    demo::DemoRequest request;
    for (const auto& [name, value] : options) {
        const auto number = not_below_zero(value);
        const auto day = parse_day(value);
        if (name == "size" && value == "full") {
            request.size = demo::Size::full;
        } else if (name == "size" && value == "bench") {
            request.size = demo::Size::bench;
        } else if (name == "seed" && number) {
            request.seed = static_cast<std::uint64_t>(*number);
        } else if (name == "movements" && number) {
            request.movements = *number;
        } else if (name == "until" && day) {
            request.until = *day;
        } else if (!(name == "size" && value == "standard") && name != "data") {
            return refuse("cli.wrong_option", {{"option", "--" + name}, {"given", value}});
        }
    }
    return request;
}

} // namespace

std::string base_address(const cli::Settings& settings, int port) {
    return "http://" + settings.text("address") + ":" + std::to_string(port);
}

int load_demo(const Call& call) {
    auto request = demo_request(call.words.options);
    if (!request) return call.refused(request.error());
    StoreOptions options;
    options.throw_away = true; // what is made up can be made again
    auto owned = own(call.directory, options);
    if (!owned) return call.refused(owned.error());
    request->progress = [&](Day day, std::int64_t movements) {
        if (calendar(day).day != 1) return;
        std::cout << call.say("demo.progress",
                              {{"month", show_month(call.language, month_of(day))},
                               {"movements", show_whole(call.language, movements)}})
                  << std::endl;
    };
    const auto report = demo::load_demo(*owned->store, *request);
    if (!report) return call.refused(report.error());
    std::cout << call.say("demo.done",
                          {{"centres", show_whole(call.language, report->centres)},
                           {"movements", show_whole(call.language, report->movements)},
                           {"seconds",
                            show_decimal(call.language,
                                         static_cast<std::int64_t>(report->seconds * 10), 1)}})
              << '\n';
    return 0;
}

int verify_books(const Call& call) {
    const auto store = open_reading(call.directory);
    if (!store) return call.refused(store.error());
    const auto [replayed, wrong] = replay(**store, call.language);
    if (wrong) {
        std::cout << *wrong << '\n';
        return 1;
    }
    const auto count = [&](std::int64_t value) { return show_whole(call.language, value); };
    std::cout << call.say("verify.right", {{"centres", count(replayed.centres)},
                                           {"movements", count(replayed.movements)},
                                           {"transfers", count(replayed.transfers)}})
              << '\n';
    return 0;
}

int import_ords(const Call& call) {
    const auto file = std::filesystem::absolute(call.words.positionals.at("file"));
    return run_work(call, "import-ords", options_of(call.words), file.string());
}

int close_month(const Call& call) {
    auto options = options_of(call.words);
    options.emplace("month", call.words.positionals.at("month"));
    return run_work(call, "close", options, {});
}

int make_token(const Call& call) { return run_work(call, "token", options_of(call.words), {}); }

int create_administrator(const Call& call) {
    return run_work(call, "create-administrator", options_with_address(call), {});
}

int reset_password(const Call& call) {
    return run_work(call, "reset-password", options_with_address(call), {});
}

int unlock_account(const Call& call) {
    return run_work(call, "unlock", options_of(call.words), {});
}

int export_ords(const Call& call) {
    const auto given = call.words.options.find("ords");
    const auto asked = given == call.words.options.end() ? std::string("0.3") : given->second;
    if (asked != "0.3" && asked != "0.2.1") {
        return call.refused({"cli.wrong_option", {{"option", "--ords"}, {"given", asked}}, {}});
    }
    const auto version = asked == "0.3" ? workshop::OrdsVersion::v03 : workshop::OrdsVersion::v02;
    const auto store = open_reading(call.directory);
    if (!store) return call.refused(store.error());
    const auto& name = call.words.positionals.at("file");
    std::ofstream file(name, std::ios::binary);
    const auto rows = (*store)->read([&](Snapshot& view) {
        return workshop::export_ords(
            view, version, std::nullopt, [&](std::string_view piece) { file << piece; },
            call.words.switches.contains("spreadsheet") ? workshop::ReadBy::spreadsheet
                                                        : workshop::ReadBy::program);
    });
    if (!file.flush()) throw Breakdown("cannot write " + name);
    std::cout << call.say("export.done",
                          {{"rows", show_whole(call.language, rows)}, {"file", name}})
              << '\n';
    return 0;
}

} // namespace kringwerk::app
