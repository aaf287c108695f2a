// SPDX-License-Identifier: EUPL-1.2
#include "base/ensure.hpp"
#include "base/words.hpp"
#include "platform/http/answer.hpp"
#include "platform/http/encoding.hpp"
#include "platform/http/http.hpp"

#include <boost/json.hpp>

namespace kringwerk::http {
namespace {

std::optional<Language> language_named(std::optional<std::string_view> code) {
    if (code == "nl") return Language::nl;
    if (code == "en") return Language::en;
    return std::nullopt;
}

/// The quality of a language, also when the list names a region of it: "en-GB".
int language_quality(std::string_view list, std::string_view code) {
    int best = 0;
    for (auto rest = list; !rest.empty();) {
        const auto entry = trimmed(take_until(rest, ','));
        auto named = entry;
        const auto name = trimmed(take_until(named, ';'));
        auto region = name;
        if (!same_letters(take_until(region, '-'), code)) continue;
        best = std::max(best, quality_of(entry, name).value_or(0));
    }
    return best;
}

Response busy_answer(const Request& request, const Busy& busy) {
    auto response = problem(request, 503, Refusal{"http.busy", {}, {}});
    response.with("Retry-After", std::to_string(busy.retry_after_s));
    return response;
}

} // namespace

Language language_of(const Request& request) {
    for (const auto name : {"taal", "lang"}) {
        if (const auto asked = language_named(request.query_value(name))) return *asked;
    }
    if (const auto kept = language_named(request.cookie("taal"))) return *kept;
    const auto accepted = request.header("accept-language");
    const bool english = language_quality(accepted, "en") > language_quality(accepted, "nl");
    return english ? Language::en : Language::nl;
}

void keep_language(const Request& request, Response& response) {
    constexpr std::chrono::hours one_year{24 * 365};
    const auto asked = language_named(request.query_value("taal"));
    if (!asked || !response.content_type.starts_with("text/html")) return;
    if (language_named(request.cookie("taal")) == asked) return;
    set_cookie(response, request, "taal", code_of(*asked), one_year);
}

bool wants_html(const Request& request) {
    const auto accepted = request.header("accept");
    const auto html_quality = quality_of(accepted, "text/html");
    if (!html_quality || accepted.find("text/html") == accepted.npos) return false;
    return *html_quality >= quality_of(accepted, "application/json").value_or(0);
}

Response problem(const Request& request, int status, const Refusal& refusal) {
    const auto language = language_of(request);
    const auto& texts = Texts::built_in();
    boost::json::object body{
        {"type", "about:blank"},
        {"title", texts.say(language, "problem." + std::to_string(status))},
        {"status", status},
        {"detail", texts.say(language, refusal)},
        {"code", refusal.code},
    };
    if (!request.number.empty()) body["number"] = request.number;
    if (!refusal.fields.empty()) {
        auto& errors = body["errors"].emplace_array();
        for (const auto& wrong : refusal.fields) {
            const Refusal of_field{wrong.code, wrong.arguments, {}};
            errors.push_back(boost::json::object{{"field", wrong.field},
                                                 {"code", wrong.code},
                                                 {"detail", texts.say(language, of_field)}});
        }
    }
    auto response = json_text(boost::json::serialize(body), status);
    response.content_type = "application/problem+json";
    response.with("Content-Language", code_of(language));
    return response;
}

Response answer_to(const ServerOptions& options, const Request& request, std::exception_ptr broke) {
    try {
        std::rethrow_exception(broke);
    } catch (const Busy& busy) {
        return busy_answer(request, busy);
    } catch (const std::exception& thrown) {
        try {
            if (options.broke) return options.broke(request, thrown);
        } catch (const std::exception&) {
            // The page about the breakdown broke as well: the plain answer below remains.
        }
    } catch (...) {
    }
    return problem(request, 500, Refusal{"http.broken", {{"number", request.number}}, {}});
}

} // namespace kringwerk::http
