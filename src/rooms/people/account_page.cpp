// SPDX-License-Identifier: EUPL-1.2
// One's own account: name, password, second step, PIN, and where one is signed in.
#include "base/words.hpp"
#include "platform/http/encoding.hpp"
#include "platform/page/qr.hpp"
#include "rooms/people/actions.hpp"
#include "rooms/people/desk.hpp"
#include "rooms/people/events.hpp"
#include "rooms/people/form.hpp"
#include "rooms/people/rights.hpp"
#include "rooms/people/sections.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::people {
namespace {

namespace json = boost::json;

/// Whose account it is, as the rows say it now.
struct Owner {
    const Desk& desk;
    const http::Request& request;
    Language language;
    Person me;
    std::optional<Session> session; ///< in which this page was asked for

    std::string say(std::string_view code, const TextArguments& arguments = {}) const {
        return desk.site.texts.say(language, code, arguments);
    }
};

std::variant<Owner, http::Response> owner(const Desk& desk, const http::Request& request) {
    const auto caller = caller_of_request(desk.site.store, request);
    if (!caller) return lead_to_sign_in(request);
    const std::string text(request.cookie(session_cookie).value_or(std::string_view{}));
    return desk.site.store.read([&](Snapshot& view) -> std::variant<Owner, http::Response> {
        auto me = person(view, caller->person);
        if (!me) return stopped(desk.site, request, 403, "account.only_people");
        return Owner{desk, request, http::language_of(request), std::move(*me),
                     session_of(view, text, request.received)};
    });
}

Section work_section(const Owner& owner, Snapshot& view) {
    Section made{"work", owner.say("account.work")};
    made.none = owner.say("account.no_work");
    const auto caller = caller_for(owner.me);
    for (const auto& held : owner.me.roles) {
        const auto place = held.centre ? owner.desk.place(view, *held.centre) : std::nullopt;
        Line line{place ? place->name : owner.say("crew.network")};
        line.url = place ? "/centra/" + place->slug : "/centra";
        line.note = role_sentence(owner.desk.site.texts, owner.language, held.role);
        const auto base = place ? "/centra/" + place->slug : std::string();
        const bool sees = place ? caller.may(Right::see_people, place->id)
                                : caller.may_in_network(Right::see_people);
        if (sees) line.links.push_back(line_link(base + "/mensen", owner.say("crew.page.mensen")));
        made.lines.push_back(std::move(line));
    }
    return made;
}

Section name_section(const Owner& owner, const CameBack* back) {
    PersonForm name(owner.desk.site.texts, owner.language, "name", back);
    name.text("name", owner.me.name, "name");
    PersonForm pin(owner.desk.site.texts, owner.language, "own_pin", back);
    pin.pin("pin");
    Section made{"self", owner.say("account.self")};
    made.lines.push_back({owner.me.name, {}, owner.me.email});
    made.lines.back().chips.push_back(owner.me.pin ? chip("ok", owner.say("crew.has_pin"))
                                                   : chip("plain", owner.say("crew.no_pin")));
    made.forms = {name.take("/account"), pin.take("/account")};
    return made;
}

/// What an app for codes reads: the secret, for whom, and for which site.
std::string totp_address(const Owner& owner) {
    const auto& network = owner.desk.site.network;
    const auto issuer = http::percent_encoded(network.empty() ? "Kringwerk" : network);
    return "otpauth://totp/" + issuer + ":" + http::percent_encoded(owner.me.email) +
           "?secret=" + base32(owner.me.totp_secret) + "&issuer=" + issuer;
}

json::object totp_picture(const Owner& owner) {
    const auto picture = page::qr_svg(totp_address(owner), owner.say("account.totp_qr"));
    return {
        {"made_url", ""},
        {"made_qr", picture ? *picture : std::string()},
        {"made_words", owner.say("account.totp_words", {{"secret", base32(owner.me.totp_secret)}})},
        {"made_note", ""}};
}

Section password_section(const Owner& owner, const CameBack* back) {
    PersonForm form(owner.desk.site.texts, owner.language, "password", back);
    form.secret("password", "current-password");
    form.secret("new_password", "new-password");
    Section made{"secrets", owner.say("account.second_step")};
    const bool on = owner.me.totp_on;
    const bool begun = !on && !owner.me.totp_secret.empty();
    made.note = owner.say(on ? "account.totp_on" : "account.totp_off");
    PersonForm step(owner.desk.site.texts, owner.language,
                    on      ? "totp_off"
                    : begun ? "totp_confirm"
                            : "totp_start",
                    back);
    if (on) step.secret("password", "current-password");
    if (begun) step.code("code");
    if (begun) made.made = totp_picture(owner);
    made.forms = {step.take("/account"), form.take("/account")};
    return made;
}

Section session_section(const Owner& owner, Snapshot& view) {
    Section made{"sessions", owner.say("account.sessions")};
    made.note = owner.say("account.sessions_note");
    for (const auto& session : sessions_of(view, owner.me.id, owner.request.received)) {
        Line line{session.browser};
        line.note =
            owner.say("account.seen", {{"moment", show_moment(owner.language, session.seen_at)}});
        if (owner.session && owner.session->session == session.session) {
            line.chips.push_back(chip("info", owner.say("account.this_one")));
        }
        line.buttons.push_back(line_button("/account", "session_end", "session",
                                           std::to_string(session.session),
                                           owner.say("account.end_session")));
        made.lines.push_back(std::move(line));
    }
    return made;
}

http::Response account_page(const Owner& owner, const CameBack* back) {
    const auto& site = owner.desk.site;
    auto title = owner.say("account.heading");
    if (back) title = owner.say("form.error_title", {{"title", title}});
    auto data = layout_of(site, owner.request, title, true);
    data["heading"] = owner.say("account.heading");
    const auto done =
        "account.done." + std::string(owner.request.query_value("klaar").value_or(""));
    if (!back && site.texts.has(owner.language, done)) data["done"] = owner.say(done);
    data["neighbours"] = json::array{};
    data["sections"] = site.store.read([&](Snapshot& view) {
        return json::array{work_section(owner, view).take(), name_section(owner, back).take(),
                           password_section(owner, back).take(),
                           session_section(owner, view).take()};
    });
    return http::html(site.pages.render_page(owner.language, "rooms/people/pages/sections", data),
                      back ? 400 : 200);
}

/// What a form changes, once all that takes long was done.
using Change = std::function<Result<void>(Transaction&)>;

Refusal wrong_field(std::string_view field, std::string code) {
    return {"fields.wrong", {}, {{std::string(field), std::move(code), {}}}};
}

Event own_event(const Owner& owner, std::string_view what) {
    return {std::nullopt, owner.request.received, std::string(what), owner.me.id, 0, owner.me.id};
}

/// Nothing when the password that was typed is right; counts it when it is not. Refuses
/// "people.locked", or "fields.wrong" with "people.password_wrong".
Task<Result<void>> check_own_password(const Owner& owner, std::string typed) {
    const auto now = owner.request.received;
    if (owner.me.locked_until > now) {
        const auto minutes = (owner.me.locked_until.ms - now.ms + 59'999) / 60'000;
        co_return refuse("people.locked", {{"minutes", std::to_string(minutes)}});
    }
    const auto compare = [typed, hash = owner.me.password] { return password_is(typed, hash); };
    if (co_await owner.desk.secrets.check(compare)) co_return Result<void>{};
    const auto count = [&](Transaction& tx) {
        if (const auto me = person(tx, owner.me.id)) note_wrong_secret(tx, *me, now);
        return true;
    };
    std::ignore = co_await owner.desk.site.store.write(count);
    co_return refuse(wrong_field("password", "people.password_wrong"));
}

Task<Result<Change>> change_password(const Owner& owner, const http::Form& form) {
    const std::string fresh(form.value_or_empty("new_password"));
    auto fine = check_password(fresh);
    if (!fine) co_return refuse(wrong_field("new_password", fine.error().code));
    auto known = co_await check_own_password(owner, std::string(form.value_or_empty("password")));
    if (!known) co_return refuse(std::move(known.error()));
    const auto hash = co_await hash_of(owner.desk.secrets, fresh);
    co_return Change([&owner, hash](Transaction& tx) -> Result<void> {
        set_password(tx, owner.me.id, hash);
        for (const auto& session : sessions_of(tx, owner.me.id, owner.request.received)) {
            if (owner.session && session.session == owner.session->session) continue;
            end_session(tx, owner.me.id, session.session, owner.request.received);
        }
        note_about(tx, owner.me, "password-changed", owner.me.id, owner.request.received);
        return {};
    });
}

Task<Result<Change>> change_name(const Owner& owner, const http::Form& form) {
    const std::string name(form.value_or_empty("name"));
    auto fine = check_name(name);
    if (!fine) co_return refuse(wrong_field("name", fine.error().code));
    co_return Change([&owner, name](Transaction& tx) -> Result<void> {
        rename_person(tx, owner.me.id, name);
        return {};
    });
}

Task<Result<Change>> change_own_pin(const Owner& owner, const http::Form& form) {
    const std::string typed(trimmed(form.value_or_empty("pin")));
    auto fine = check_pin(typed);
    if (!fine) co_return refuse(wrong_field("pin", fine.error().code));
    const auto pin = co_await pin_of(owner.desk.secrets, typed);
    co_return Change([&owner, pin](Transaction& tx) -> Result<void> {
        set_pin(tx, owner.me.id, *pin);
        note_about(tx, owner.me, "pin-set", owner.me.id, owner.request.received);
        return {};
    });
}

Task<Result<Change>> start_totp(const Owner& owner, const http::Form&) {
    if (owner.me.totp_on) co_return refuse("people.second_step_is_on");
    co_return Change([&owner](Transaction& tx) -> Result<void> {
        set_totp(tx, owner.me.id, new_totp_secret(), false);
        return {};
    });
}

Task<Result<Change>> confirm_totp(const Owner& owner, const http::Form& form) {
    if (owner.me.totp_on) co_return refuse("people.second_step_is_on");
    const auto step = totp_step(owner.me.totp_secret, form.value_or_empty("code"),
                                owner.request.received, owner.me.totp_step);
    if (!step) co_return refuse(wrong_field("code", "people.code_wrong"));
    co_return Change([&owner, step](Transaction& tx) -> Result<void> {
        set_totp(tx, owner.me.id, owner.me.totp_secret, true);
        note_right(tx, owner.me, *step); // this code works no second time
        note_about(tx, owner.me, "second-step-on", owner.me.id, owner.request.received);
        return {};
    });
}

Task<Result<Change>> stop_totp(const Owner& owner, const http::Form& form) {
    auto known = co_await check_own_password(owner, std::string(form.value_or_empty("password")));
    if (!known) co_return refuse(std::move(known.error()));
    co_return Change([&owner](Transaction& tx) -> Result<void> {
        set_totp(tx, owner.me.id, {}, false);
        note_about(tx, owner.me, "second-step-off", owner.me.id, owner.request.received);
        return {};
    });
}

Task<Result<Change>> end_own_session(const Owner& owner, const http::Form& form) {
    const auto session = parse_whole(form.value_or_empty("session")).value_or(0);
    co_return Change([&owner, session](Transaction& tx) -> Result<void> {
        end_session(tx, owner.me.id, session, owner.request.received);
        note(tx, own_event(owner, "session-ended"));
        return {};
    });
}

struct OwnTask {
    std::string_view what;
    std::string_view part; ///< of the page, to come back to
    Task<Result<Change>> (*read)(const Owner&, const http::Form&);
};
constexpr std::array<OwnTask, 7> own_tasks{{{"name", "self", change_name},
                                            {"own_pin", "self", change_own_pin},
                                            {"password", "secrets", change_password},
                                            {"totp_start", "secrets", start_totp},
                                            {"totp_confirm", "secrets", confirm_totp},
                                            {"totp_off", "secrets", stop_totp},
                                            {"session_end", "sessions", end_own_session}}};

Task<http::Response> take_account(Desk desk, const http::Request& request) {
    const auto found = owner(desk, request);
    if (const auto* const answer = std::get_if<http::Response>(&found)) co_return *answer;
    const auto& mine = std::get<Owner>(found);
    if (!sent_from_here(request)) co_return stopped(desk.site, request, 403, "error.other_site");
    const auto form = request.form();
    if (!form) co_return http::problem(request, 400, form.error());
    const auto what = form->value_or_empty("what");
    const auto* const task = std::find_if(own_tasks.begin(), own_tasks.end(),
                                          [&](const OwnTask& each) { return each.what == what; });
    if (task == own_tasks.end()) {
        co_return http::problem(request, 400, {"people.no_such_task", {}, {}});
    }
    const auto come_back = [&](const Refusal& refusal) {
        const CameBack back{std::string(what), *form, refusal};
        return account_page(mine, &back);
    };
    const auto change = co_await task->read(mine, *form);
    if (!change) co_return come_back(change.error());
    const auto changed = co_await desk.site.store.write(*change);
    if (!changed) co_return come_back(changed.error());
    co_return http::see_other("/account?klaar=" + std::string(what) + "#" +
                              std::string(task->part));
}

http::Response show_account(const Desk& desk, const http::Request& request) {
    const auto found = owner(desk, request);
    if (const auto* const answer = std::get_if<http::Response>(&found)) return *answer;
    return account_page(std::get<Owner>(found), nullptr);
}

} // namespace

http::Routes account_routes(const Desk& desk) {
    return {
        {http::Method::get, "/account", http::at_once([desk](const http::Request& request) {
             return show_account(desk, request);
         })},
        {http::Method::post, "/account",
         [desk](const http::Request& request) { return take_account(desk, request); }},
    };
}

} // namespace kringwerk::people
