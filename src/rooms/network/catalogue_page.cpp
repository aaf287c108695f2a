// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/catalogue_page.hpp"

#include "base/ensure.hpp"
#include "base/words.hpp"
#include "rooms/network/own_categories.hpp"
#include "rooms/people/people.hpp"

#include <boost/json/array.hpp>

#include <array>

namespace kringwerk::network {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_search = 100;

/// The pictograms of the streams, in their order (UI.md section 2).
constexpr std::array<std::string_view, 10> stream_pictograms{
    "armchair",     "cooking-pot", "plug",   "t-shirt", "books",
    "puzzle-piece", "bicycle",     "hammer", "wall",    "package"};

/// "0,08" kilograms: a bulb weighs less than one decimal can say. The third only where it is known.
std::string piece_weight(Language language, Grams grams) {
    const bool whole_tens = grams.value % 10 == 0;
    return whole_tens ? show_decimal(language, grams.value / 10, 2)
                      : show_decimal(language, grams.value, 3);
}

/// What the page shows, in one language.
class CataloguePage {
  public:
    CataloguePage(const people::Site& site, const http::Request& request)
        : site_(site),
          request_(request),
          language_(http::language_of(request)),
          typed_(trimmed(request.query_value("q").value_or(""))) {
        const auto caller = people::caller_of_request(site.store, request);
        may_change_ = caller && caller->may_in_network(people::Right::manage_network);
        typed_ = typed_.substr(0, longest_search);
    }

    http::Response answer() const {
        auto data = people::layout_of(site_, request_, say("catalogue.heading"), false);
        data["nav"] = "counting";
        data["noindex"] = !typed_.empty();
        data["description"] = say("catalogue.intro");
        data["breadcrumb"] =
            json::array{json::object{{"label", say("nav.counting")}, {"url", "/zo-rekenen-we"}},
                        json::object{{"label", say("catalogue.heading")}}};
        data["query"] = typed_;
        data["may_change"] = may_change_;
        data["streams"] = streams();
        const auto& tables = Catalogue::built_in().tables();
        data["stops"] = advice(tables.stops, "stop-");
        data["hazards"] = advice(tables.hazards, "gevaar-");
        data["sources"] = sources(tables.sources);
        return http::html(
            site_.pages.render_page(language_, "rooms/network/pages/catalogue", data));
    }

  private:
    std::string say(std::string_view text_code, const TextArguments& arguments = {}) const {
        return site_.texts.say(language_, text_code, arguments);
    }

    json::array streams() const {
        const auto day = local_day(request_.received);
        const auto known =
            site_.store.read([&](Snapshot& view) { return categories_on(view, day); });
        json::array shown;
        for (std::size_t i = 0; i < stream_pictograms.size(); ++i) {
            const auto& row = ledger::all_streams()[i];
            json::array lines;
            for (const auto& category : known) {
                if (category.stream == row.key && shows(category)) lines.push_back(line(category));
            }
            if (lines.empty()) continue;
            const auto count = static_cast<std::int64_t>(lines.size());
            shown.push_back(
                json::object{{"stream_code", row.code},
                             {"stream_name", say("key." + std::string(row.code))},
                             {"icon", stream_pictograms[i]},
                             {"count", say(count == 1 ? "catalogue.one" : "catalogue.count",
                                           {{"count", show_whole(language_, count)}})},
                             {"opened", !typed_.empty()},
                             {"categories", std::move(lines)}});
        }
        return shown;
    }

    bool shows(const NetworkCategory& category) const {
        return (category.offered || may_change_) &&
               (typed_.empty() || fits_names(typed_, category.names.nl, category.names.en));
    }

    json::object line(const NetworkCategory& category) const {
        json::object shown{{"category_name", category.names.in(language_)},
                           {"category_url", "/soorten/" + std::to_string(category.id.value)},
                           {"category_retired", !category.offered}};
        if (category.built_in == nullptr) return shown;
        const auto& of_catalogue = *category.built_in;
        shown["icon"] = of_catalogue.icon;
        add_weight(shown, of_catalogue);
        add_groups(shown, of_catalogue);
        shown["dangers"] = dangers(of_catalogue);
        return shown;
    }

    void add_weight(json::object& shown, const Category& category) const {
        if (!category.grams) return;
        const auto* const source = Catalogue::built_in().source(category.weight_source);
        ensure(source != nullptr, "the source of a weight is in the list");
        shown["weight"] =
            say("catalogue.kilograms", {{"mass", piece_weight(language_, *category.grams)}});
        shown["source_url"] = "#bron-" + std::string(source->code);
        // A title begins with who made it, up to the first comma.
        shown["source_maker"] = source->title.substr(0, source->title.find(','));
        shown["source_year"] = std::to_string(source->year);
    }

    void add_groups(json::object& shown, const Category& category) const {
        shown["group"] = say("eu_group." + std::string(code_of(category.eu_group)));
        if (category.weee) {
            const auto number = std::to_string(*category.weee);
            shown["weee"] = say("weee." + number);
            shown["weee_code"] = category.weee_nl.empty() ? number : std::string(category.weee_nl);
        }
        const auto* const waste = Catalogue::built_in().waste_code(category.waste_code);
        ensure(waste != nullptr, "the waste code of a category is in the list");
        shown["waste"] = written(*waste);
        shown["waste_name"] = waste->name_nl;
    }

    json::array dangers(const Category& category) const {
        const auto& catalogue = Catalogue::built_in();
        json::array shown;
        const auto add = [&](const Advice* known, const std::string& address,
                             std::string_view tone) {
            ensure(known != nullptr, "the dangers of a category are in the lists");
            shown.push_back(json::object{{"danger", known->name(language_)},
                                         {"danger_url", address + std::string(known->code)},
                                         {"tone", tone}});
        };
        if (!category.stop.empty()) add(catalogue.stop(category.stop), "#stop-", "stop");
        for (const auto hazard : category.hazards) {
            add(catalogue.hazard(hazard), "#gevaar-", "wait");
        }
        return shown;
    }

    json::array advice(const std::vector<Advice>& list, const std::string& prefix) const {
        json::array shown;
        for (const auto& one : list) {
            shown.push_back(json::object{{"advice_id", prefix + std::string(one.code)},
                                         {"advice_name", one.name(language_)},
                                         {"what_to_do", one.what_to_do(language_)}});
        }
        return shown;
    }

    json::array sources(const std::vector<Source>& list) const {
        json::array shown;
        for (const auto& source : list) {
            shown.push_back(json::object{{"source_id", "bron-" + std::string(source.code)},
                                         {"title_of_source", source.title},
                                         {"address", source.address},
                                         {"year", std::to_string(source.year)},
                                         {"licence", source.licence}});
        }
        return shown;
    }

    const people::Site& site_;
    const http::Request& request_;
    Language language_;
    std::string_view typed_;
    bool may_change_ = false; ///< sees what is retired, too
};

} // namespace

http::Routes catalogue_routes(const people::Site& site) {
    const auto show = [site](const http::Request& request) {
        return CataloguePage(site, request).answer();
    };
    return {{http::Method::get, "/soorten", http::at_once(show)}};
}

} // namespace kringwerk::network
