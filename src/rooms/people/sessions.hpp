// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"
#include "rooms/people/accounts.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Who is signed in on a browser of their own.
namespace kringwerk::people {

inline constexpr std::int64_t session_ms = 12 * 3'600'000;   ///< from the sign-in on
inline constexpr std::int64_t session_change_ms = 3'600'000; ///< its text is changed this often
inline constexpr std::int64_t session_overlap_ms = 60'000;   ///< the text before it still counts

struct Session {
    std::int64_t session = 0;
    PersonId person;
    Instant changed_at;
    Instant made_at;
    Instant seen_at;
    Instant ends_at;
    std::string browser;
};

/// Starts one and gives its text, "kws_...", which is nowhere else.
std::string start_session(Transaction& tx, PersonId person, std::string_view browser, Instant now);
/// The session of a text that counts now.
std::optional<Session> session_of(Snapshot& view, std::string_view text, Instant now);
/// True when its text is old enough to be changed.
bool wants_change(const Session& session, Instant now);
std::string change_session(Transaction& tx, const Session& session, Instant now);
std::vector<Session> sessions_of(Snapshot& view, PersonId person, Instant now);
void end_session(Transaction& tx, PersonId person, std::int64_t session, Instant now);
void end_sessions(Transaction& tx, PersonId person, Instant now); ///< all of that person
/// "Firefox, Windows" out of what a browser says about itself; never more than that.
std::string browser_words(std::string_view user_agent);

/// What somebody who signs in gave.
struct SignIn {
    std::string email;
    std::string password;
    std::string code; ///< of the second step; empty: none given
};
enum class SignInVerdict { right, wrong, locked, code_needed, code_wrong };
/// What the rows say, once the password was compared. `password_right` came out of the pool.
SignInVerdict judge(const std::optional<Person>& person, bool password_right, const SignIn& given,
                    Instant now);

} // namespace kringwerk::people
