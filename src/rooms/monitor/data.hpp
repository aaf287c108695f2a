// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/monitor/monitor.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace kringwerk::monitor {

/// One request on its way to a page: the language, the words and what the layout needs.
class PageOf {
  public:
    PageOf(Monitor& monitor, const http::Request& request);

    std::string say(std::string_view code, const TextArguments& arguments = {}) const;
    Language language() const { return language_; }
    /// What the layout reads; `breadcrumb` from the top down, the page itself last without address.
    boost::json::object
    start(std::string_view title, std::string_view nav,
          std::initializer_list<std::pair<std::string, std::string>> breadcrumb = {}) const;
    http::Response answer(std::string_view template_name, const boost::json::object& data,
                          int status = 200) const;

    /// Kilograms with one decimal and their unit: "2.988,7 kg".
    std::string kilograms(Grams mass) const;
    /// Whole kilograms, or tonnes, as reports say it: {"61.480", "ton"}.
    std::pair<std::string, std::string> report(Grams mass) const;
    std::string mass(Grams mass) const { return show_report_mass(language_, mass); }
    std::string whole(std::int64_t value) const { return show_whole(language_, value); }
    std::string money(Cents amount) const { return show_money(language_, amount); }
    std::string percent(std::int64_t permille) const { return show_permille(language_, permille); }
    std::string hours(Minutes worked) const; ///< "12,5 uur"
    std::string moment(Instant at) const;    ///< "vr 12-03-2027 · 11:36"

    Monitor& monitor;
    const http::Request& request;

  private:
    Language language_;
};

/// "71 % gewogen · 17 % standaard · 8 % geschat" and its bar, put into `figure`.
void put_basis(const PageOf& page, boost::json::object& figure, const Mass& mass);

/// Names as people read them.
std::string place_name(const PageOf& page, ledger::Place place);
std::string key_name(const PageOf& page, ledger::Key key);
std::string kind_name(const PageOf& page, ledger::Kind kind);
/// The pictogram of a stream.
std::string stream_icon(ledger::Key stream);
/// The class that gives a place its colour; stock is "stock".
std::string place_class(ledger::Place place);

// Addresses of pages.
std::string centre_url(const network::CentreRow& centre);
std::string day_url(const network::CentreRow& centre, Day day);
std::string month_url(const network::CentreRow& centre, Month month);
std::string movement_url(const network::CentreRow& centre, std::int64_t sequence);
std::string item_url(ledger::ItemId item);
} // namespace kringwerk::monitor
