// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/category_pages.hpp"

#include "base/words.hpp"
#include "platform/http/encoding.hpp"
#include "rooms/network/centre_for.hpp"
#include "rooms/network/set_up_fields.hpp"
#include "rooms/people/people.hpp"

#include <boost/json/array.hpp>

#include <array>

namespace kringwerk::network {
namespace {

namespace json = boost::json;

/// Names and the day from which they hold, as every form about a category asks for them.
struct TypedCategory {
    ledger::Key stream; ///< of a new one
    CategoryNames names;
    Day from;
};

/// The day and, where they are asked for, the names. Refuses "network.wrong_fields" with the fields
/// of `parse_category_names`, from: "network.day_needed" and stream: "network.choose".
Result<TypedCategory> parse_category(const http::Form& form) {
    TypedCategory typed;
    Refusal refusal{"network.wrong_fields", {}, {}};
    const auto what = form.value_or_empty("what");
    if (what == "category") {
        const auto stream = ledger::parse_key(ledger::Book::goods, form.value_or_empty("stream"));
        if (!stream) refusal.fields.push_back({"stream", "network.choose", {}});
        typed.stream = stream.value_or(ledger::no_key);
    }
    if (what != "category_offer") {
        auto names =
            parse_category_names(form.value_or_empty("name_nl"), form.value_or_empty("name_en"));
        if (names) {
            typed.names = *std::move(names);
        } else {
            for (auto& wrong : names.error().fields) refusal.fields.push_back(std::move(wrong));
        }
    }
    const auto from = parse_day(trimmed(form.value_or_empty("from")));
    if (!from) refusal.fields.push_back({"from", "network.day_needed", {}});
    typed.from = from.value_or(Day{});
    if (!refusal.fields.empty()) return refuse(std::move(refusal));
    return typed;
}

/// One page about a category, or about one that is still to be made.
struct CategoryPage {
    const people::Site& site;
    const http::Request& request;
    std::optional<Returned> returned;
    Language language = http::language_of(request);

    std::string say(std::string_view code, const TextArguments& arguments = {}) const {
        return site.texts.say(language, code, arguments);
    }
    SetUpForm form(std::string_view what) const { return {site.texts, language, what, returned}; }
    Day today() const { return local_day(request.received); }
    bool may_change() const {
        const auto caller = people::caller_of_request(site.store, request);
        return caller && caller->may_in_network(people::Right::manage_network);
    }
    json::object layout(std::string title) const {
        if (returned) title = say("form.error_title", {{"title", title}});
        auto data = people::layout_of(site, request, title, false);
        data["nav"] = "counting";
        return data;
    }
    json::array breadcrumb(std::string_view last) const {
        return {json::object{{"label", say("nav.counting")}, {"url", "/zo-rekenen-we"}},
                json::object{{"label", say("catalogue.heading")}, {"url", "/soorten"}},
                json::object{{"label", last}}};
    }
    http::Response answer(const json::object& data) const {
        return http::html(site.pages.render_page(language, "rooms/network/pages/category", data),
                          returned ? 400 : 200);
    }
};

void ask_names(SetUpForm& form, const CategoryNames& names) {
    form.text("name_nl", names.nl);
    form.text("name_en", names.en);
}

/// The place on the page to which a refusal of the whole form leads.
json::object with_id(std::string_view what, json::object form) {
    form["part_id"] = what;
    return form;
}

json::object new_form(const CategoryPage& page) {
    auto form = page.form("category");
    std::vector<SetUpForm::Option> streams;
    for (const auto& row : ledger::all_streams()) {
        if (row.key == ledger::mixed) continue;
        streams.push_back({std::string(row.code), page.say("key." + std::string(row.code))});
    }
    form.select("stream", streams);
    ask_names(form, {});
    form.date("from", format_day(page.today()));
    return form.take("/soorten/nieuw");
}

http::Response new_page(const CategoryPage& page) {
    const auto heading = page.say("category.new");
    auto data = page.layout(heading);
    data["noindex"] = true;
    data["heading"] = heading;
    data["intro"] = page.say("category.new_intro");
    data["breadcrumb"] = page.breadcrumb(heading);
    data["forms"] = json::array{with_id("category", new_form(page))};
    return page.answer(data);
}

std::string address_of(ledger::CategoryId id) { return "/soorten/" + std::to_string(id.value); }

json::array forms_of(const CategoryPage& page, const NetworkCategory& category) {
    const auto from = format_day(page.today());
    auto names = page.form("category_names");
    ask_names(names, category.names);
    names.date("from", from);
    auto offer = page.form("category_offer");
    offer.hidden("offered", category.offered ? "0" : "1");
    offer.date("from", from);
    auto offer_form = offer.take(address_of(category.id));
    const auto words =
        std::string("set_up.category_offer.") + (category.offered ? "retire" : "again");
    offer_form["form_title"] = page.say(words);
    offer_form["form_note"] = page.say(words + "_note");
    offer_form["submit"] = page.say(words);
    offer_form["submit_class"] = "second";
    return {with_id("category_names", names.take(address_of(category.id))),
            with_id("category_offer", std::move(offer_form))};
}

/// "sinds 12-03-2027". The catalogue's first name has no such day: nobody gave it.
std::string since_when(const CategoryPage& page, const CategoryChange& change, bool given) {
    if (!given) return page.say("category.from_start");
    const bool ahead = change.from > page.today();
    return page.say(ahead ? "category.from" : "category.since",
                    {{"day", show_day(page.language, change.from)}});
}

json::array history_of(const CategoryPage& page, const NetworkCategory& category,
                       const std::vector<CategoryChange>& changes) {
    json::array lines;
    for (const auto& change : changes) {
        const bool given = category.built_in == nullptr || &change != &changes.back();
        auto words = change.names
                         ? change.names->in(page.language)
                         : page.say(*change.offered ? "category.offered" : "category.retired");
        lines.push_back(
            json::object{{"change", std::move(words)}, {"since", since_when(page, change, given)}});
    }
    return lines;
}

http::Response not_here(const CategoryPage& page) {
    return people::stopped(page.site, page.request, 404);
}

/// The category that an address names: one that is known today, or will be.
std::optional<NetworkCategory> category_named(const CategoryPage& page, Snapshot& view) {
    const auto number = parse_whole(page.request.parameter("category"));
    if (!number) return std::nullopt;
    const ledger::CategoryId id{*number};
    if (auto known = category_on(view, id, page.today())) return known;
    const auto changes = category_history(view, id);
    if (changes.empty() || changes.back().from <= page.today()) return std::nullopt;
    return category_on(view, id, changes.back().from);
}

http::Response category_page(const CategoryPage& page) {
    struct Found {
        std::optional<NetworkCategory> category;
        std::vector<CategoryChange> changes;
    };
    const auto found = page.site.store.read([&](Snapshot& view) -> Found {
        auto category = category_named(page, view);
        if (!category) return {};
        auto changes = category_history(view, category->id);
        return {std::move(category), std::move(changes)};
    });
    if (!found.category) return not_here(page);
    const auto& category = *found.category;
    const auto& name = category.names.in(page.language);
    auto data = page.layout(name);
    data["heading"] = name;
    data["intro"] =
        page.say("category.stands_in",
                 {{"stream", page.say("key." + std::string(ledger::code_of(category.stream)))}});
    data["retired"] = !category.offered;
    data["breadcrumb"] = page.breadcrumb(name);
    data["history"] = history_of(page, category, found.changes);
    if (category.built_in != nullptr) {
        data["catalogue_url"] = "/soorten?q=" + http::percent_encoded(name);
    }
    if (page.may_change()) data["forms"] = forms_of(page, category);
    const auto done =
        "category.done." + std::string(page.request.query_value("klaar").value_or(""));
    if (!page.returned && page.site.texts.has(page.language, done)) data["done"] = page.say(done);
    return page.answer(data);
}

http::Response show_new(const people::Site& site, const http::Request& request) {
    if (auto stop = stop_others(site, request, "category.not_allowed")) return *std::move(stop);
    return new_page({site, request, {}});
}

Task<http::Response> take_new(people::Site site, const http::Request& request) {
    if (auto stop = stop_others(site, request, "category.not_allowed")) co_return *std::move(stop);
    const auto form = request.form();
    if (!form) co_return http::problem(request, 400, form.error());
    const auto come_back = [&](const Refusal& refusal) {
        return new_page({site, request, Returned{"category", *form, refusal}});
    };
    if (form->value_or_empty("what") != "category") {
        co_return http::problem(request, 400, {"network.no_such_task", {}, {}});
    }
    const auto typed = parse_category(*form);
    if (!typed) co_return come_back(typed.error());
    const auto add = [&](Transaction& tx) -> Result<ledger::CategoryId> {
        if (typed->from < local_day(request.received)) {
            return refuse("network.category_day_past", {{"given", format_day(typed->from)}});
        }
        return add_category(tx, typed->stream, typed->names, typed->from, request.received);
    };
    const auto added = co_await site.store.write(add);
    if (!added) co_return come_back(added.error());
    co_return http::see_other(address_of(*added) + "?klaar=category");
}

Result<void> change(Transaction& tx, ledger::CategoryId id, const http::Form& form,
                    const TypedCategory& typed, Instant now) {
    if (form.value_or_empty("what") == "category_names") {
        return rename_category(tx, id, typed.names, typed.from, now);
    }
    const bool again = form.value_or_empty("offered") == "1";
    return set_offer(tx, id, again ? Offer::offered : Offer::retired, typed.from, now);
}

Task<http::Response> take_change(people::Site site, const http::Request& request) {
    if (auto stop = stop_others(site, request, "category.not_allowed")) co_return *std::move(stop);
    const auto form = request.form();
    if (!form) co_return http::problem(request, 400, form.error());
    const CategoryPage page{site, request, {}};
    const auto known = site.store.read([&](Snapshot& view) { return category_named(page, view); });
    if (!known) co_return not_here(page);
    const std::string what(form->value_or_empty("what"));
    if (what != "category_names" && what != "category_offer") {
        co_return http::problem(request, 400, {"network.no_such_task", {}, {}});
    }
    const auto come_back = [&](const Refusal& refusal) {
        return category_page({site, request, Returned{what, *form, refusal}});
    };
    const auto typed = parse_category(*form);
    if (!typed) co_return come_back(typed.error());
    const auto apply = [&](Transaction& tx) {
        return change(tx, known->id, *form, *typed, request.received);
    };
    const auto changed = co_await site.store.write(apply);
    if (!changed) co_return come_back(changed.error());
    co_return http::see_other(address_of(known->id) + "?klaar=" + what);
}

} // namespace

http::Routes category_routes(const people::Site& site) {
    const auto show = [site](const http::Request& request) {
        return category_page({site, request, {}});
    };
    return {
        {http::Method::get, "/soorten/nieuw",
         http::at_once([site](const http::Request& request) { return show_new(site, request); })},
        {http::Method::post, "/soorten/nieuw",
         [site](const http::Request& request) { return take_new(site, request); }},
        {http::Method::get, "/soorten/{category}", http::at_once(show)},
        {http::Method::post, "/soorten/{category}",
         [site](const http::Request& request) { return take_change(site, request); }},
    };
}

} // namespace kringwerk::network
