// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/first/first.hpp"
#include "rooms/network/set_up_fields.hpp"
#include "rooms/people/form.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kringwerk::app::first {

/// Somebody who came to a page of the first run and may be there.
struct Come {
    const FirstRun& with;
    const http::Request& request;
    Language language;
    people::Caller caller;
    Progress progress;

    const people::Site& site() const { return with.desk.site; }
    std::string say(std::string_view code, const TextArguments& arguments = {}) const {
        return site().texts.say(language, code, arguments);
    }
    std::string say(const Refusal& refusal) const { return site().texts.say(language, refusal); }
};

/// "/begin/doen"
std::string url_of(Step step);
/// The first open question, or the page that comes at the end.
std::string url_of_next(const Progress& far);
/// {steps_name, steps_words, steps} as platform/page/pages/stepper.mustache shows them. `now`:
/// which of them is asked; nothing: all of them are behind.
boost::json::object stepper_of(const Texts& texts, Language language, const Progress& progress,
                               std::optional<Step> now);

/// A question, and what was wrong with the answer to it.
http::Response centre_page(const Come& come, const std::optional<network::Returned>& returned);
http::Response blocks_page(const Come& come, const std::optional<Refusal>& refusal);
http::Response crew_page(const Come& come, const people::CameBack* back);
http::Response books_page(const Come& come);
/// `typed`: what came with the form that was refused.
struct Machines {
    std::optional<network::Returned> scale = {};
    std::optional<Refusal> scanner = {};
};
Task<http::Response> machines_page(const Come& come, Machines shown);

http::Response done_page(const Come& come);
http::Response proof_page(const Come& come);
http::Response sheet_page(const Come& come);

// Shared by the files of these pages.

/// What every page reads: layout, stepper, heading, intro, the way back and "Later".
boost::json::object frame_of(const Come& come, Step step, bool refused);
http::Response shown(const Come& come, std::string_view page, const boost::json::object& data,
                     bool refused);
/// What a scanner may have typed, at most; the rest is not shown.
inline constexpr std::size_t longest_scan = 120;
/// So many bytes at most, and no half letter at the end.
std::string start_of(std::string_view text, std::size_t most);
/// A word of the command line that a shell reads as one.
std::string shell_word(std::string_view text);

} // namespace kringwerk::app::first
