// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"
#include "platform/page/page.hpp"
#include "platform/store/store.hpp"
#include "rooms/people/types.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

/// What every page behind a sign-in needs.
namespace kringwerk::people {

/// What the pages of all rooms are made with.
struct Site {
    Store& store;
    const page::Pages& pages;
    const Texts& texts = Texts::built_in();
    std::string network = {}; ///< name that the network gave itself; empty: kringwerk
    bool demo = false;        ///< all of it is made up, and every page says so
    /// What whoever asks must know whatever page they open, {words, url}; nothing: nothing.
    std::function<std::optional<boost::json::object>(const http::Request&)> warning = {};
};

/// True when a form was sent by a page of this site, not by another site in the visitor's name.
/// Together with the cookie's SameSite it makes hidden tokens in forms needless.
bool sent_from_here(const http::Request& request);

/// 303 to the sign-in page, which leads back to what was asked for.
http::Response lead_to_sign_in(const http::Request& request);

/// What the layout reads on every page behind a token.
boost::json::object layout_of(const Site& site, const http::Request& request,
                              std::string_view title, bool signed_in);

/// The same of a page that belongs to one centre, with its heading and the way back to the centre.
struct CentrePage {
    std::string_view centre_name;
    std::string_view slug;
    std::string_view heading;
    std::string_view crumb; ///< what this page is called in the way back
    bool refused = false;   ///< a form came back: the title says so
};
boost::json::object layout_of(const Site& site, const http::Request& request,
                              const CentrePage& page);

/// A page that says why there is nothing to see here: 404, or 403 with the way to another token.
http::Response stopped(const Site& site, const http::Request& request, int status,
                       std::string_view words_code = {});

/// `address` when it is a path of this site, else `otherwise`: nobody is led elsewhere.
std::string local_path(std::string_view address, std::string_view otherwise);

} // namespace kringwerk::people
