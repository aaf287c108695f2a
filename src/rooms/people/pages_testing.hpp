// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.hpp"
#include "platform/http/router.hpp"
#include "platform/store/store_testing.hpp"
#include "rooms/people/desk.hpp"
#include "rooms/people/people.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>

/// What the tests of pages behind a token share: a database of their own, and a visitor whose
/// browser sends forms.
namespace kringwerk::people::testing {

struct House {
    std::filesystem::path folder = [] {
        static std::atomic<int> number{0};
        return std::filesystem::temp_directory_path() /
               ("kringwerk-pages-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
    }();
    std::optional<kringwerk::testing::ScratchBooks> books;
    std::unique_ptr<Store> store = [this] {
        std::filesystem::create_directories(folder);
        books.emplace(folder);
        return books->open();
    }();
    page::Pages pages{Texts::built_in()};
    SecretPool secrets;
    Instant now = local_time(*make_day(2027, 3, 12), 11 * 60 + 36);

    House() = default;
    House(const House&) = delete;
    House& operator=(const House&) = delete;
    ~House() {
        store.reset();
        std::filesystem::remove_all(folder);
    }
    Site site() { return {*store, pages}; }
    /// The room's own pages know two centres: number 3, "zutphen", and number 4, "lochem".
    Desk desk() {
        const auto place = [](CentreId id) -> std::optional<Place> {
            if (id == CentreId{3}) return Place{id, "zutphen", "Ambachtscentrum Zutphen"};
            if (id == CentreId{4}) return Place{id, "lochem", "Kringloop Lochem"};
            return std::nullopt;
        };
        return {site(), secrets,
                [place](Snapshot&, std::string_view slug) {
                    return place(CentreId{slug == "zutphen" ? 3 : slug == "lochem" ? 4 : 0});
                },
                [place](Snapshot&, CentreId id) { return place(id); }};
    }
    std::string token(const TokenRequest& request) {
        auto made = store->write([&](Transaction& tx) { return make_token(tx, request, now); });
        return made.get().value();
    }
    /// Everything, in one centre or in all.
    std::string full_token(std::optional<CentreId> centre = {}) {
        TokenRequest request;
        request.name = "Mara";
        request.role = Role::administrator;
        request.centre = centre;
        request.kinds.set();
        request.may_close = true;
        return token(request);
    }
};

using FormFields = std::vector<std::pair<std::string, std::string>>;

/// A browser with the cookie of a session and perhaps that of a device.
struct Visitor {
    const http::Router& router;
    Instant now;
    std::string token = {};
    std::string site = "same-origin"; ///< what Sec-Fetch-Site says
    std::string language = "nl";
    std::string device = {}; ///< key of a paired device

    http::Response ask(http::Method method, std::string_view target,
                       const FormFields& fields) const {
        http::Request request;
        request.method = method;
        request.target = target;
        request.path = target.substr(0, target.find('?'));
        request.received = now;
        request.headers = {{"host", "balie.test"}, {"accept-language", language}};
        if (!site.empty()) request.headers.emplace_back("sec-fetch-site", site);
        if (!token.empty()) {
            request.headers.emplace_back("cookie", std::string(session_cookie) + "=" + token);
        }
        if (!device.empty()) {
            request.headers.emplace_back("cookie", std::string(device_cookie) + "=" + device);
        }
        request.query = pairs_of(target);
        if (method == http::Method::post) {
            request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
            for (const auto& [name, value] : fields) {
                request.body += (request.body.empty() ? "" : "&") + name + "=" + escape(value);
            }
        }
        auto match = router.find(method, request.path);
        REQUIRE(match.route != nullptr);
        request.parameters = std::move(match.captures);
        auto answer = wait_for(match.route->handler(request));
        keep_in_gallery(answer);
        return answer;
    }
    http::Response get(std::string_view target) const { return ask(http::Method::get, target, {}); }
    http::Response post(std::string_view target, const FormFields& fields) const {
        return ask(http::Method::post, target, fields);
    }

    static std::string escape(std::string_view text) {
        std::string escaped;
        for (const char sign : text) {
            const auto byte = static_cast<std::uint8_t>(sign);
            escaped += '%';
            escaped += hex(std::span(&byte, 1));
        }
        return escaped;
    }
    static std::vector<std::pair<std::string, std::string>> pairs_of(std::string_view target) {
        std::vector<std::pair<std::string, std::string>> pairs;
        auto query = target.find('?') == target.npos ? "" : target.substr(target.find('?') + 1);
        while (!query.empty()) {
            const auto part = query.substr(0, query.find('&'));
            query.remove_prefix(std::min(query.size(), part.size() + 1));
            const auto mark = part.find('=');
            pairs.emplace_back(part.substr(0, mark),
                               mark == part.npos ? "" : part.substr(mark + 1));
        }
        return pairs;
    }
    /// With KRINGWERK_GALLERY=folder each page is written there, to be looked at in a browser.
    static void keep_in_gallery(const http::Response& answer) {
        const char* gallery = std::getenv("KRINGWERK_GALLERY");
        if (gallery == nullptr || answer.body.empty()) return;
        static std::atomic<int> number{100};
        std::filesystem::create_directories(gallery);
        const auto name = "desk-" + std::to_string(number++) + ".html";
        std::ofstream(std::filesystem::path(gallery) / name) << answer.body;
    }
};

inline std::string header_of(const http::Response& answer, std::string_view name) {
    for (const auto& [key, value] : answer.headers) {
        if (key == name) return value;
    }
    return {};
}

inline bool says(const http::Response& answer, std::string_view words) {
    return answer.body.find(words) != answer.body.npos;
}

} // namespace kringwerk::people::testing
