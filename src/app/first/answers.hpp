// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/first/pages.hpp"

/// What an answer to a question of the first run brings about: a page that leads on, or the
/// question again with what was typed and what to do about it.
namespace kringwerk::app::first {

/// To the first question that is still open: also for who opened an earlier one again.
http::Response to_next(const Come& come);

/// Adds the centre, or changes the one that was added: what else is known about it stays.
Task<http::Response> take_centre(const Come& come, const http::Form& form);
/// Ticked building blocks are there, the others are not. Refuses "begin.nothing_chosen".
Task<http::Response> take_blocks(const Come& come, const http::Form& form);
/// A scale, a printer or scanner that works, or that all of it is done. Refuses
/// "begin.nothing_scanned", and what the register refuses.
Task<http::Response> take_machines(const Come& come, const http::Form& form);
/// A volunteer with a PIN.
Task<http::Response> take_crew(const Come& come, const http::Form& form);
/// The books are one's own, and empty.
Task<http::Response> take_books(const Come& come);

} // namespace kringwerk::app::first
