// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/sessions.hpp"

#include "rooms/people/queries.hpp"

#include <array>

namespace kringwerk::people {
namespace {

Session read_session(Row row) {
    return {row.integer(0), {row.integer(1)}, row.instant(2),          row.instant(3),
            row.instant(4), row.instant(5),   std::string(row.text(6))};
}

struct Known {
    std::string_view sign;
    std::string_view word;
};

/// The first sign that stands in the text names it: Edge and Samsung also say Chrome, Chrome also
/// says Safari.
template <std::size_t Size>
std::string_view first_of(const std::array<Known, Size>& known, std::string_view text,
                          std::string_view otherwise) {
    for (const auto& each : known) {
        if (text.find(each.sign) != text.npos) return each.word;
    }
    return otherwise;
}

} // namespace

std::string start_session(Transaction& tx, PersonId person, std::string_view browser, Instant now) {
    auto text = new_key("kws");
    const auto number = tx.number(sql::newest_session).value_or(0) + 1;
    tx.run(sql::insert_session, number, person, sha256(text), now, Instant{now.ms + session_ms},
           browser_words(browser));
    return text;
}

std::optional<Session> session_of(Snapshot& view, std::string_view text, Instant now) {
    const auto hash = sha256(text);
    auto found = view.first(sql::session_by_hash, read_session, hash);
    if (!found) {
        found = view.first(sql::session_by_older, read_session, hash);
        if (found && now.ms - found->changed_at.ms > session_overlap_ms) return std::nullopt;
    }
    if (found && found->ends_at <= now) return std::nullopt;
    return found;
}

bool wants_change(const Session& session, Instant now) {
    return now.ms - session.changed_at.ms >= session_change_ms;
}

std::string change_session(Transaction& tx, const Session& session, Instant now) {
    auto text = new_key("kws");
    tx.run(sql::change_session, session.session, sha256(text), now);
    return text;
}

std::vector<Session> sessions_of(Snapshot& view, PersonId person, Instant now) {
    std::vector<Session> found;
    for (const auto row : view.rows(sql::sessions_of_person, person)) {
        auto session = read_session(row);
        if (session.ends_at > now) found.push_back(std::move(session));
    }
    return found;
}

void end_session(Transaction& tx, PersonId person, std::int64_t session, Instant now) {
    tx.run(sql::end_session, session, person, now);
}

void end_sessions(Transaction& tx, PersonId person, Instant now) {
    tx.run(sql::end_sessions_of_person, person, now);
}

std::string browser_words(std::string_view user_agent) {
    static constexpr std::array<Known, 6> browsers{{{"Edg/", "Edge"},
                                                    {"SamsungBrowser", "Samsung"},
                                                    {"Firefox/", "Firefox"},
                                                    {"Chrome/", "Chrome"},
                                                    {"Safari/", "Safari"},
                                                    {"curl/", "curl"}}};
    static constexpr std::array<Known, 6> systems{{{"Android", "Android"},
                                                   {"iPad", "iPad"},
                                                   {"iPhone", "iPhone"},
                                                   {"Windows", "Windows"},
                                                   {"Mac OS", "macOS"},
                                                   {"Linux", "Linux"}}};
    const auto browser = first_of(browsers, user_agent, "?");
    const auto system = first_of(systems, user_agent, "?");
    return std::string(browser) + ", " + std::string(system);
}

SignInVerdict judge(const std::optional<Person>& person, bool password_right, const SignIn& given,
                    Instant now) {
    if (!person || person->blocked_at) return SignInVerdict::wrong;
    if (person->locked_until > now) return SignInVerdict::locked;
    if (!password_right) return SignInVerdict::wrong;
    if (!person->totp_on) return SignInVerdict::right;
    if (given.code.empty()) return SignInVerdict::code_needed;
    const auto step = totp_step(person->totp_secret, given.code, now, person->totp_step);
    return step ? SignInVerdict::right : SignInVerdict::code_wrong;
}

} // namespace kringwerk::people
