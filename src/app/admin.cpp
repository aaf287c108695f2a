// SPDX-License-Identifier: EUPL-1.2
#include "app/work.hpp"
#include "platform/http/client.hpp"

#include <boost/json.hpp>

#include <array>
#include <fstream>
#include <iostream>

namespace kringwerk::app {
namespace {

struct NamedWork {
    std::string_view name;
    Work work;
};

const std::array<NamedWork, 6>& all_work() {
    static const std::array<NamedWork, 6> all{{{"import-ords", work_import},
                                               {"close", work_close},
                                               {"token", work_token},
                                               {"create-administrator", work_create_administrator},
                                               {"reset-password", work_reset_password},
                                               {"unlock", work_unlock}}};
    return all;
}

const Work& work_named(std::string_view name) {
    for (const auto& row : all_work()) {
        if (row.name == name) return row.work;
    }
    throw Bug("a writing command is in the table of work");
}

/// Says what was done; gives the exit status.
int say(const WorkDone& done, const WorkOptions& options) {
    std::cout << done.words << '\n';
    if (!done.rejects.empty()) {
        const auto given = options.find("rejects");
        if (given != options.end()) {
            std::ofstream file(given->second, std::ios::binary);
            file << done.rejects;
            if (!file.flush()) throw Breakdown("cannot write " + given->second);
        } else {
            std::cerr << done.rejects;
        }
    }
    return done.fine ? 0 : 1;
}

std::string body_of(const WorkOptions& options, const std::string& file, Language language) {
    boost::json::object body{{"file", file}, {"language", code_of(language)}};
    boost::json::object values;
    for (const auto& [name, value] : options) values[name] = value;
    body["options"] = std::move(values);
    return boost::json::serialize(body);
}

int ask_server(const Call& call, std::string_view name, const WorkOptions& options,
               const std::string& file) {
    http::Endpoint endpoint;
    endpoint.unix_socket = call.directory.admin_socket().string();
    http::ClientRequest request;
    request.method = "POST";
    request.target = "/admin/" + std::string(name);
    request.headers = {{"Content-Type", "application/json"}};
    request.body = body_of(options, file, call.language);
    http::Client client(endpoint, std::chrono::hours(1));
    const auto answer = client.send(request);
    const auto said = boost::json::parse(answer.body).as_object();
    if (answer.status != 200) {
        const auto* const detail = said.if_contains("detail");
        std::cerr << (detail ? std::string_view(detail->as_string()) : answer.body) << '\n';
        return 1;
    }
    return say({std::string(said.at("words").as_string()), said.at("fine").as_bool(),
                std::string(said.at("rejects").as_string())},
               options);
}

http::Response do_work(Store& store, const http::Request& request) {
    if (!request.admin) return http::problem(request, 404, {"http.not_here", {}, {}});
    const auto body = boost::json::parse(request.body).as_object();
    WorkOptions options;
    for (const auto& [name, value] : body.at("options").as_object()) {
        options.emplace(std::string(name), std::string(value.as_string()));
    }
    const auto language = body.at("language").as_string() == "nl" ? Language::nl : Language::en;
    const auto& work = work_named(request.parameter("work"));
    const auto done = work(store, options, std::string(body.at("file").as_string()), language);
    if (!done) {
        auto answer = http::problem(request, 409, done.error());
        answer.body = boost::json::serialize(boost::json::object{
            {"detail", cli::explain(Texts::built_in(), language, done.error())}});
        return answer;
    }
    return http::json_text(boost::json::serialize(boost::json::object{
        {"words", done->words}, {"fine", done->fine}, {"rejects", done->rejects}}));
}

} // namespace

int run_work(const Call& call, std::string_view name, const WorkOptions& options,
             const std::string& file) {
    http::Endpoint endpoint;
    endpoint.unix_socket = call.directory.admin_socket().string();
    if (http::is_listening(endpoint)) return ask_server(call, name, options, file);
    auto owned = own(call.directory);
    if (!owned) return call.refused(owned.error());
    const auto done = work_named(name)(*owned->store, options, file, call.language);
    if (!done) return call.refused(done.error());
    return say(*done, options);
}

http::Routes admin_routes(Store& store) {
    auto answer = [&store](const http::Request& request) { return do_work(store, request); };
    return {{http::Method::post, "/admin/{work}", http::at_once(answer)}};
}

} // namespace kringwerk::app
