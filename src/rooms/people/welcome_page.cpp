// SPDX-License-Identifier: EUPL-1.2
// What a link opens: for the first administrator, for somebody invited, for a new password.
#include "base/words.hpp"
#include "rooms/people/actions.hpp"
#include "rooms/people/desk.hpp"
#include "rooms/people/form.hpp"
#include "rooms/people/rights.hpp"

namespace kringwerk::people {
namespace {

namespace json = boost::json;

constexpr http::Limits welcome_limits{4096, std::chrono::seconds(10), 20};

/// A link that was opened, and what about it the page says.
struct Opened {
    std::string code;
    Link link;
    std::string place;             ///< name of the centre; empty: the network
    std::optional<Person> me = {}; ///< who is signed in already

    bool asks_who() const { return link.person.value == 0; }
    bool takes_pin() const { return link.purpose == LinkPurpose::invite; }
    std::string_view what() const {
        if (link.purpose == LinkPurpose::first) return "first";
        return link.purpose == LinkPurpose::invite ? "invited" : "reset";
    }
};

Result<Opened> open_link(const Desk& desk, const http::Request& request, std::string_view code) {
    return desk.site.store.read([&](Snapshot& view) -> Result<Opened> {
        auto link = link_of(view, code, request.received);
        if (!link) return refuse(link.error());
        if (link->purpose == LinkPurpose::device) return refuse("people.link_unknown");
        const auto place = link->centre ? desk.place(view, *link->centre) : std::nullopt;
        const auto caller = caller_of_request(view, request);
        return Opened{std::string(code), std::move(*link), place ? place->name : "",
                      caller ? person(view, caller->person) : std::nullopt};
    });
}

http::Response no_link(const Site& site, const http::Request& request, const Refusal& refusal) {
    return stopped(site, request, 404, "refusal." + refusal.code);
}

http::Response welcome_page(const Desk& desk, const http::Request& request, const Opened& opened,
                            const CameBack* back) {
    const auto& site = desk.site;
    const auto language = http::language_of(request);
    const auto& link = opened.link;
    PersonForm form(site.texts, language, opened.what(), back);
    if (opened.asks_who()) {
        form.text("name", link.name, "name");
        form.email("email", "");
    }
    form.secret("password", "new-password");
    if (opened.takes_pin()) form.pin("pin");
    form.hidden("code", opened.code);
    const auto heading = "welcome." + std::string(opened.what());
    auto title = site.texts.say(language, heading);
    if (back) title = site.texts.say(language, "form.error_title", {{"title", title}});
    auto data = layout_of(site, request, title, false);
    data["heading"] = site.texts.say(language, heading);
    const bool first = link.purpose == LinkPurpose::first;
    if (first && opened.asks_who() && desk.first_steps) {
        data["stepper"] = desk.first_steps(language);
        data["intro"] = site.texts.say(language, "welcome.first_words");
        form.goes_on();
    } else if (first) {
        data["intro"] = site.texts.say(language, "welcome.administrator_words");
    }
    const auto role = link.role
                          ? site.texts.say(language, "role." + std::string(code_of(*link.role)))
                          : std::string();
    if (opened.takes_pin()) {
        data["intro"] = site.texts.say(
            language, opened.place.empty() ? "welcome.to_network" : "welcome.to_centre",
            {{"centre", opened.place}, {"role", role}});
        data["role_words"] = role_sentence(site.texts, language, link.role.value());
    }
    if (opened.takes_pin() && opened.me) {
        PersonForm accept(site.texts, language, "accept", back);
        accept.hidden("code", opened.code);
        data["accept"] = accept.take("/welkom", {{"name", opened.me->name}});
    }
    data["form"] = form.take("/welkom");
    return http::html(site.pages.render_page(language, "rooms/people/pages/welcome", data),
                      back ? 400 : 200);
}

struct Typed {
    Newcomer who;
    std::string password;
    std::string pin;
};

/// Refuses "fields.wrong" with all that is missing or will not do.
Result<Typed> parse_newcomer(const http::Form& form, const Opened& opened, Language language) {
    Typed typed;
    typed.who.name = trimmed(form.value_or_empty("name"));
    typed.who.email = trimmed(form.value_or_empty("email"));
    typed.who.language = language;
    typed.password = form.value_or_empty("password");
    typed.pin = trimmed(form.value_or_empty("pin"));
    Refusal wrong{"fields.wrong", {}, {}};
    const auto add = [&](std::string_view field, const Result<void>& checked) {
        if (!checked) wrong.fields.push_back({std::string(field), checked.error().code, {}});
    };
    const bool only_pin = opened.takes_pin() && !typed.pin.empty() && typed.who.email.empty() &&
                          typed.password.empty();
    if (opened.asks_who()) add("name", check_name(typed.who.name));
    if (opened.asks_who() && !only_pin) {
        if (typed.who.email.empty()) {
            wrong.fields.push_back({"email", "people.email_needed", {}});
        } else if (!parse_email(typed.who.email)) {
            wrong.fields.push_back({"email", "people.email_shape", {}});
        }
    }
    if (!only_pin) add("password", check_password(typed.password));
    if (!typed.pin.empty()) add("pin", check_pin(typed.pin));
    if (!wrong.fields.empty()) return refuse(std::move(wrong));
    return typed;
}

struct Joined {
    std::string session; ///< empty: signs in with a second step, or works with a PIN only
    bool only_pin = false;
};

Result<Joined> join_and_sign_in(Transaction& tx, const Opened& opened, const Newcomer& who,
                                const http::Request& request) {
    const auto id = join(tx, opened.code, who, request.received);
    if (!id) return refuse(id.error());
    if (who.password_hash.empty()) return Joined{{}, true};
    const auto somebody = person(tx, *id);
    if (somebody && somebody->totp_on) return Joined{}; // a link is no second step
    return Joined{start_session(tx, *id, request.header("user-agent"), request.received)};
}

http::Response lead_onwards(const Site& site, const http::Request& request, const Opened& opened,
                            const Joined& joined) {
    if (joined.only_pin) {
        const auto language = http::language_of(request);
        auto data = layout_of(site, request, site.texts.say(language, "welcome.pin_done"), false);
        data["heading"] = site.texts.say(language, "welcome.pin_done");
        data["intro"] = site.texts.say(language, "welcome.pin_done_words");
        return http::html(site.pages.render_page(language, "rooms/people/pages/welcome", data));
    }
    const bool first = opened.link.purpose == LinkPurpose::first;
    auto answer = http::see_other(joined.session.empty() ? "/aanmelden"
                                  : first                ? "/begin"
                                                         : "/account");
    if (!joined.session.empty()) {
        http::set_cookie(answer, request, session_cookie, joined.session,
                         std::chrono::seconds(session_ms / 1000));
    }
    return answer;
}

http::Response show_welcome(const Desk& desk, const http::Request& request) {
    const auto code = request.query_value("code").value_or("");
    const auto opened = open_link(desk, request, code);
    if (!opened) return no_link(desk.site, request, opened.error());
    return welcome_page(desk, request, *opened, nullptr);
}

Task<http::Response> take_welcome(Desk desk, const http::Request& request) {
    const auto& site = desk.site;
    if (!sent_from_here(request)) co_return stopped(site, request, 403, "error.other_site");
    const auto form = request.form();
    if (!form) co_return http::problem(request, 400, form.error());
    const auto opened = open_link(desk, request, form->value_or_empty("code"));
    if (!opened) co_return no_link(site, request, opened.error());
    const auto come_back = [&](const Refusal& refusal) {
        const CameBack back{std::string(opened->what()), *form, refusal};
        return welcome_page(desk, request, *opened, &back);
    };
    if (form->value_or_empty("what") == "accept" && opened->me) {
        const auto accept = [&](Transaction& tx) {
            return accept_invitation(tx, opened->code, opened->me->id, request.received);
        };
        const auto accepted = co_await site.store.write(accept);
        if (!accepted) co_return no_link(site, request, accepted.error());
        co_return http::see_other("/account");
    }
    auto typed = parse_newcomer(*form, *opened, http::language_of(request));
    if (!typed) co_return come_back(typed.error());
    if (!typed->password.empty()) {
        typed->who.password_hash = co_await hash_of(desk.secrets, typed->password);
    }
    typed->who.pin = co_await pin_of(desk.secrets, typed->pin);
    const auto enter_now = [&](Transaction& tx) {
        return join_and_sign_in(tx, *opened, typed->who, request);
    };
    const auto joined = co_await site.store.write(enter_now);
    if (!joined && joined.error().code.starts_with("people.link")) {
        co_return no_link(site, request, joined.error());
    }
    if (!joined) co_return come_back(joined.error());
    co_return lead_onwards(site, request, *opened, *joined);
}

} // namespace

http::Routes welcome_routes(const Desk& desk) {
    return {
        {http::Method::get, "/welkom", http::at_once([desk](const http::Request& request) {
             return show_welcome(desk, request);
         }),
         welcome_limits},
        {http::Method::post, "/welkom",
         [desk](const http::Request& request) { return take_welcome(desk, request); },
         welcome_limits},
    };
}

} // namespace kringwerk::people
