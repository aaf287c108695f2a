// SPDX-License-Identifier: EUPL-1.2
// Signing in with a mail address and a password, or with an access code, and out again.
#include "base/words.hpp"
#include "rooms/people/actions.hpp"
#include "rooms/people/desk.hpp"
#include "rooms/people/form.hpp"
#include "rooms/people/pending_sign_ins.hpp"

namespace kringwerk::people {
namespace {

namespace json = boost::json;

constexpr std::chrono::milliseconds session_lasts{session_ms};
constexpr http::Limits sign_in_limits{4096, std::chrono::seconds(10), 20};

/// What is compared with when nobody has that address, or no password yet, so that this takes as
/// long: the hash of a text that nobody knows.
const std::string nobodys_hash = "$argon2id$v=19$m=19456,t=2,p=1$ZYvW3OgbJKCu/N/zgb2A4A$"
                                 "KfgGIgzqe/FkmpU1+NfQDOfqFqCMUEbqJIQq7JwFAtg";

struct Door {
    Desk desk;
    std::shared_ptr<PendingSignIns> pending = std::make_shared<PendingSignIns>();
};

/// Which of the three forms somebody sees, and what was wrong with it.
struct Asked {
    std::string onwards;
    std::string pending = {}; ///< not empty: the code of the second step is asked
    std::optional<CameBack> back = {};
};

json::object key_form(const Texts& texts, Language language, const Asked& asked,
                      const CameBack* back) {
    PersonForm form(texts, language, "key", back);
    form.secret("token", "off");
    form.hidden("verder", asked.onwards);
    return form.take("/aanmelden");
}

json::object front_form(const Texts& texts, Language language, const Asked& asked,
                        const CameBack* back) {
    const bool second = !asked.pending.empty();
    PersonForm form(texts, language, second ? "second_step" : "sign_in", back);
    if (second) {
        form.code("code");
        form.hidden("pending", asked.pending);
    } else {
        form.email("email", "");
        form.secret("password", "current-password");
    }
    form.hidden("verder", asked.onwards);
    return form.take("/aanmelden");
}

http::Response sign_in_page(const Site& site, const http::Request& request, const Asked& asked) {
    const auto language = http::language_of(request);
    const auto* const back = asked.back ? &*asked.back : nullptr;
    auto title = site.texts.say(language, "sign_in.heading");
    if (back) title = site.texts.say(language, "form.error_title", {{"title", title}});
    auto data = layout_of(site, request, title, false);
    data["form"] = front_form(site.texts, language, asked, back);
    data["key_open"] = back && back->what == "key";
    data["key_form"] = key_form(site.texts, language, asked, back);
    data["ask_key"] = asked.pending.empty();
    return http::html(site.pages.render_page(language, "rooms/people/pages/sign-in", data),
                      back ? 400 : 200);
}

http::Response let_in_with(const http::Request& request, std::string_view onwards,
                           std::string_view text) {
    auto answer = http::see_other(onwards);
    http::set_cookie(answer, request, session_cookie, text,
                     std::chrono::duration_cast<std::chrono::seconds>(session_lasts));
    return answer;
}

/// Leads to the page that was asked for before, else to where this person begins.
http::Response let_in_person(const Desk& desk, const http::Request& request,
                             std::string_view onwards, const SignedIn& done) {
    std::string home(onwards);
    if (home.empty() && desk.home) {
        home = desk.site.store.read([&](Snapshot& view) {
            const auto session = session_of(view, done.session, request.received);
            const auto who = session ? person(view, session->person) : std::nullopt;
            return who ? desk.home(view, caller_for(*who)) : std::string();
        });
    }
    return let_in_with(request, home.empty() ? "/account" : home, done.session);
}

http::Response sign_in_with_key(const Desk& desk, const http::Request& request,
                                const http::Form& form) {
    const auto onwards = local_path(form.value_or_empty("verder"), "/centra");
    const auto token = trimmed(form.value_or_empty("token"));
    const auto caller =
        desk.site.store.read([&](Snapshot& view) { return caller_of(view, token); });
    if (caller) return let_in_with(request, onwards, token);
    Refusal wrong{"fields.wrong", {}, {}};
    if (token.empty()) wrong.fields.push_back({"token", "people.key_needed", {}});
    if (!token.empty()) wrong.fields.push_back({"token", "people.key_unknown", {}});
    return sign_in_page(desk.site, request, {onwards, {}, CameBack{"key", form, wrong}});
}

/// Refuses "fields.wrong" with "people.email_needed" and "people.password_needed".
Result<SignIn> parse_sign_in(const http::Form& form) {
    SignIn given;
    given.email = trimmed(form.value_or_empty("email"));
    given.password = form.value_or_empty("password");
    Refusal wrong{"fields.wrong", {}, {}};
    if (given.email.empty()) wrong.fields.push_back({"email", "people.email_needed", {}});
    if (given.password.empty()) wrong.fields.push_back({"password", "people.password_needed", {}});
    if (!wrong.fields.empty()) return refuse(std::move(wrong));
    return given;
}

/// The refusal in words of a verdict that is neither right nor asks for a code.
Refusal refusal_of(const SignedIn& done, Instant now) {
    constexpr std::int64_t minute = 60'000;
    if (done.verdict == SignInVerdict::code_wrong) {
        return {"fields.wrong", {}, {{"code", "people.code_wrong", {}}}};
    }
    if (done.verdict != SignInVerdict::locked) return {"people.sign_in_wrong", {}, {}};
    const auto minutes = (done.locked_until.ms - now.ms + minute - 1) / minute;
    return {"people.locked", {{"minutes", std::to_string(minutes)}}, {}};
}

Task<http::Response> sign_in_with_password(Door door, const http::Request& request,
                                           http::Form form) {
    const auto& site = door.desk.site;
    Asked asked{local_path(form.value_or_empty("verder"), "")};
    const auto given = parse_sign_in(form);
    if (!given) {
        asked.back = CameBack{"sign_in", std::move(form), given.error()};
        co_return sign_in_page(site, request, asked);
    }
    const auto somebody =
        site.store.read([&](Snapshot& view) { return person_by_email(view, given->email); });
    const auto hash = somebody && !somebody->password.empty() ? somebody->password : nobodys_hash;
    const auto compare = [password = given->password, hash] { return password_is(password, hash); };
    const bool right = co_await door.desk.secrets.check(compare);
    const auto judge_now = [&](Transaction& tx) {
        return sign_in(tx, *given, hash, right, request.header("user-agent"), request.received);
    };
    const auto done = co_await site.store.write(judge_now);
    if (done.verdict == SignInVerdict::right) {
        co_return let_in_person(door.desk, request, asked.onwards, done);
    }
    if (done.verdict == SignInVerdict::code_needed) {
        asked.pending = door.pending->add(given->email, hash, request.received);
        co_return sign_in_page(site, request, asked);
    }
    asked.back = CameBack{"sign_in", std::move(form), refusal_of(done, request.received)};
    co_return sign_in_page(site, request, asked);
}

Task<http::Response> take_second_step(Door door, const http::Request& request, http::Form form) {
    const auto& site = door.desk.site;
    const std::string key(form.value_or_empty("pending"));
    const auto waiting = door.pending->find(key, request.received);
    Asked asked{local_path(form.value_or_empty("verder"), "")};
    if (!waiting) {
        asked.back = CameBack{"sign_in", std::move(form), {"people.second_step_over", {}, {}}};
        co_return sign_in_page(site, request, asked);
    }
    asked.pending = key;
    SignIn given{waiting->email, {}, std::string(trimmed(form.value_or_empty("code")))};
    if (given.code.empty()) given.code = "-"; // nothing typed is a wrong code, not a new question
    const auto judge_now = [&](Transaction& tx) {
        return sign_in(tx, given, waiting->password_hash, true, request.header("user-agent"),
                       request.received);
    };
    const auto done = co_await site.store.write(judge_now);
    if (done.verdict == SignInVerdict::right) {
        door.pending->remove(key);
        co_return let_in_person(door.desk, request, asked.onwards, done);
    }
    asked.back = CameBack{"second_step", std::move(form), refusal_of(done, request.received)};
    co_return sign_in_page(site, request, asked);
}

Task<http::Response> take_sign_in(Door door, const http::Request& request) {
    if (!sent_from_here(request))
        co_return stopped(door.desk.site, request, 403, "error.other_site");
    auto form = request.form();
    if (!form) co_return http::problem(request, 400, form.error());
    if (form->value("token")) co_return sign_in_with_key(door.desk, request, *form);
    if (form->value("pending")) {
        co_return co_await take_second_step(door, request, std::move(*form));
    }
    co_return co_await sign_in_with_password(door, request, std::move(*form));
}

Task<http::Response> take_sign_out(Site site, const http::Request& request) {
    if (!sent_from_here(request)) co_return stopped(site, request, 403, "error.other_site");
    const std::string text(request.cookie(session_cookie).value_or(std::string_view{}));
    if (text.starts_with("kws_")) {
        const auto end = [&](Transaction& tx) {
            sign_out(tx, text, request.received);
            return true;
        };
        std::ignore = co_await site.store.write(end);
    }
    auto answer = http::see_other("/");
    http::set_cookie(answer, request, session_cookie, "", std::chrono::seconds(0));
    co_return answer;
}

} // namespace

http::Routes sign_in_routes(const Desk& desk) {
    const auto show = [site = desk.site](const http::Request& request) {
        const auto asked_for = request.query_value("verder").value_or("");
        return sign_in_page(site, request, {local_path(asked_for, "")});
    };
    return {
        {http::Method::get, "/aanmelden", http::at_once(show)},
        {http::Method::post, "/aanmelden",
         [door = Door{desk}](const http::Request& request) { return take_sign_in(door, request); },
         sign_in_limits},
        {http::Method::post, "/afmelden",
         [site = desk.site](const http::Request& request) { return take_sign_out(site, request); },
         sign_in_limits},
    };
}

} // namespace kringwerk::people
