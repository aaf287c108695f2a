// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.hpp"
#include "rooms/people/pages.hpp"
#include "rooms/people/people.hpp"
#include "rooms/people/secret_pool.hpp"
#include "rooms/people/secrets.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// What the pages about people, devices and the trail share.
namespace kringwerk::people {

/// A centre as these pages name it. Which centres there are, another room knows.
struct Place {
    CentreId id;
    std::string slug;
    std::string name;
};

/// What these pages are made with; `app` answers the questions.
struct Desk {
    Site site;
    SecretPool& secrets;
    std::function<std::optional<Place>(Snapshot&, std::string_view slug)> place_by_slug;
    std::function<std::optional<Place>(Snapshot&, CentreId)> place;
    /// Where somebody goes who signed in to no page in particular; empty, or nobody to ask: to
    /// their account.
    std::function<std::string(Snapshot&, const Caller&)> home = {};
    /// Where tablets find this server, "https://192.168.1.20:8443"; empty: not known.
    std::function<std::string()> tablets_at = {};
    /// The steps of the first run as platform/page/pages/stepper.mustache shows them, for its first
    /// one, which is a page of this room.
    std::function<boost::json::object(Language)> first_steps = {};
};

/// Whether an address is below /centra/{centre}, or about the network as a whole.
enum class Scope { centre, network };

/// Who came to a page, and which part of the network it is about.
struct Visit {
    const Desk& desk;
    const http::Request& request;
    Language language;
    std::optional<Place> place; ///< nothing: the network
    Caller caller;

    std::string say(std::string_view code, const TextArguments& arguments = {}) const {
        return desk.site.texts.say(language, code, arguments);
    }
    std::optional<CentreId> centre() const;
    bool may(Right right) const; ///< here
    /// The address of a page of this part: "/centra/zutphen/mensen", "/mensen".
    std::string address(std::string_view page) const;
};

/// The visit of somebody who has that right here, or the answer that says why not: 404 for an
/// unknown centre, the way to the sign-in page, or 403.
std::variant<Visit, http::Response> visit(const Desk& desk, const http::Request& request,
                                          Scope scope, Right right);
/// The same for a form that was sent: 403 too when another site sent it.
std::variant<Visit, http::Response> visit_with_form(const Desk& desk, const http::Request& request,
                                                    Scope scope, Right right);

/// Layout data of such a page: title, way back and the links between these pages.
/// `page`: "mensen", "apparaten" or "spoor".
boost::json::object layout_of(const Visit& visit, std::string_view title, std::string_view page,
                              bool refused = false);

/// The address of this site with a code that lets somebody in: "https://…/welkom?code=kwl_…".
std::string link_address(const http::Request& request, std::string_view page,
                         std::string_view code);
/// {made_url, made_qr, made_words, made_note}: a link to hand over, as an address and as a picture.
boost::json::object shown_link(const Site& site, Language language, std::string address,
                               std::string words);
/// A page with a link that is shown once, and the way back.
http::Response link_page(const Visit& visit, std::string_view page, std::string address,
                         std::string_view words_code, const TextArguments& arguments);

/// "Kassa: mag de kassa bedienen, de dag afsluiten en ..."
std::string role_sentence(const Texts& texts, Language language, Role role);
/// "12-03-2027 11:36"
std::string show_moment(Language language, Instant moment);

/// Argon2id text of a password, made by the pool.
Pending<std::string> hash_of(SecretPool& secrets, std::string password);
/// A PIN as it is kept; nothing when none was typed.
Task<std::optional<PinCheck>> pin_of(SecretPool& secrets, std::string pin);

/// All pages of this room.
http::Routes page_routes(const Desk& desk);
/// /aanmelden and /afmelden. An access code comes in by the form alone, never in an address, where
/// it would stay in histories and logs.
http::Routes sign_in_routes(const Desk& desk);
/// /welkom: what a link for the first administrator, an invitation or a new password opens.
http::Routes welcome_routes(const Desk& desk);
/// /account: one's own name, password, second step, PIN and sessions.
http::Routes account_routes(const Desk& desk);
/// /mensen and /centra/{centre}/mensen: who works there.
http::Routes crew_routes(const Desk& desk);
/// /centra/{centre}/apparaten, and /apparaat, which a device opens to be paired.
http::Routes device_routes(const Desk& desk);
/// /spoor and /centra/{centre}/spoor.
http::Routes trail_routes(const Desk& desk);

/// The same routes, of which each download by somebody is noted in the trail: an answer that gives
/// a file by name (Content-Disposition), in whatever room it is made.
http::Routes with_noted_exports(const Desk& desk, http::Routes routes);

/// The same routes, of which a page that was looked at also gives a session older than an hour its
/// new text. Two pages at once change it once: the text before it counts for another minute.
http::Routes with_fresh_sessions(Store& store, http::Routes routes);

} // namespace kringwerk::people
