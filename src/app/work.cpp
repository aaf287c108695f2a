// SPDX-License-Identifier: EUPL-1.2
#include "app/work.hpp"

#include "base/words.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/actions.hpp"
#include "rooms/people/events.hpp"
#include "rooms/people/people.hpp"
#include "rooms/workshop/import.hpp"

namespace kringwerk::app {
namespace {

std::string option(const WorkOptions& options, std::string_view name) {
    const auto found = options.find(name);
    return found == options.end() ? std::string() : found->second;
}

/// The centre of `--centre N`, or nothing when the option is not given.
Result<std::optional<CentreId>> centre_of(Store& store, const WorkOptions& options) {
    const auto text = option(options, "centre");
    if (text.empty()) return std::optional<CentreId>{};
    const auto number = parse_whole(text);
    const bool known = number && store.read([&](Snapshot& view) {
        return network::centre(view, CentreId{*number}).has_value();
    });
    if (!known) return refuse("cli.no_such_centre", {{"given", text}});
    return std::optional(CentreId{*number});
}

Result<people::Kinds> kinds_of(const WorkOptions& options) {
    people::Kinds kinds;
    if (options.contains("everything")) return kinds.set();
    for (const auto code : split(option(options, "kinds"), ',')) {
        if (code.empty()) continue;
        const auto kind = ledger::Ways::built_in().parse(code);
        if (!kind) return refuse("cli.no_such_kind", {{"given", std::string(code)}});
        kinds.set(kind->number);
    }
    return kinds;
}

/// The account of `--email`. Refuses "people.no_such_account".
Result<people::Person> account_of(Snapshot& view, const WorkOptions& options) {
    const auto email = option(options, "email");
    auto found = people::person_by_email(view, email);
    if (!found) return refuse("people.no_such_account", {{"email", email}});
    return *std::move(found);
}

std::string name_of(Store& store, CentreId centre) {
    const auto row = store.read([&](Snapshot& view) { return network::centre(view, centre); });
    return row ? row->name : std::to_string(centre.value);
}

/// Closes a month of one centre. Refuses what the ledger refuses.
Result<ledger::Posted> close_at(Store& store, CentreId centre, Month month,
                                const people::Caller& caller) {
    const auto moment = now();
    ledger::Draft draft;
    draft.id = {new_uuid7(moment)};
    draft.centre = centre;
    draft.kind = ledger::Ways::built_in().kind("close-month");
    draft.happened_at = moment;
    draft.closes = month;
    const auto close = [&](Transaction& tx) { return ledger::post(tx, draft, caller, moment); };
    return store.write_in(Strand{centre.value}, close).get();
}

/// A link with which a person chooses a password.
std::string welcome_link(Transaction& tx, const WorkOptions& options, people::LinkPurpose purpose,
                         const people::Person& person, Instant now) {
    people::Link link;
    link.purpose = purpose;
    link.person = person.id;
    link.name = person.name;
    return option(options, "url") + "/welkom?code=" + people::make_link(tx, std::move(link), now);
}

} // namespace

Result<WorkDone> work_import(Store& store, const WorkOptions& options, const std::string& file,
                             Language language) {
    const auto centre = centre_of(store, options);
    if (!centre) return refuse(centre.error());
    WorkDone done;
    workshop::ImportOptions asked;
    asked.centre = *centre;
    asked.dry_run = options.contains("dry-run");
    std::vector<workshop::RowReport> rejected;
    std::string lines; // a dry run says something about every row that is not plainly right
    asked.each_row = [&](const workshop::RowReport& row) {
        if (row.fate == workshop::Fate::rejected) rejected.push_back(row);
        const auto line = asked.dry_run ? workshop::row_report(row, language) : std::string();
        if (!line.empty()) lines += line + '\n';
    };
    const auto report = workshop::import_ords(store, file, asked, now());
    if (!report) return refuse(report.error());
    const auto& texts = Texts::built_in();
    const auto count = [&](std::int64_t value) { return show_whole(language, value); };
    done.words = lines;
    done.words += texts.say(language, asked.dry_run ? "import.dry_run" : "import.done",
                            {{"rows", count(report->rows)},
                             {"booked", count(report->booked)},
                             {"already", count(report->already)},
                             {"rejected", count(report->rejected)},
                             {"centres", count(report->centres_made)}});
    for (const auto& [rule, times] : report->findings) {
        done.words += "\n  " + count(times) + " × " + texts.say(language, workshop::code_of(rule));
    }
    if (!rejected.empty()) {
        done.rejects = workshop::rejects_header(report->layout);
        for (const auto& row : rejected) {
            workshop::append_reject(done.rejects, report->layout, row, language);
        }
    }
    return done;
}

Result<WorkDone> work_close(Store& store, const WorkOptions& options, const std::string&,
                            Language language) {
    const auto& texts = Texts::built_in();
    const auto month = parse_month(option(options, "month"));
    if (!month) return refuse("cli.no_such_month", {{"given", option(options, "month")}});
    const auto only = centre_of(store, options);
    if (!only) return refuse(only.error());
    people::Kinds kinds;
    kinds.set(ledger::Ways::built_in().kind("close-month").number);
    const auto caller = people::internal_caller(people::Role::administrator, "close", kinds);
    WorkDone done;
    for (const auto& head : store.read(ledger::heads)) {
        if (*only && head.centre != **only) continue;
        const auto closed = close_at(store, head.centre, *month, caller);
        const bool before = !closed && closed.error().code == "ledger.month_closed_already";
        if (!closed && !(before && !*only)) return refuse(closed.error());
        done.words += done.words.empty() ? "" : "\n";
        done.words += texts.say(
            language, before ? "close.before" : "close.done",
            {{"centre", name_of(store, head.centre)}, {"month", show_month(language, *month)}});
    }
    if (done.words.empty()) return refuse("cli.nothing_to_close");
    return done;
}

Result<WorkDone> work_token(Store& store, const WorkOptions& options, const std::string&,
                            Language language) {
    const auto centre = centre_of(store, options);
    if (!centre) return refuse(centre.error());
    const auto kinds = kinds_of(options);
    if (!kinds) return refuse(kinds.error());
    people::TokenRequest request;
    request.name = option(options, "name");
    request.centre = *centre;
    request.kinds = *kinds;
    const bool everything = options.contains("everything");
    request.role = everything ? people::Role::administrator : people::Role::integration;
    request.may_close = everything;
    const auto make = [&](Transaction& tx) {
        auto made = people::make_token(tx, request, now());
        if (made) people::note(tx, {request.centre, now(), "token-made", {}, 0, {}, request.name});
        return made;
    };
    const auto token = store.write(make).get();
    if (!token) return refuse(token.error());
    return WorkDone{
        Texts::built_in().say(language, "token.made", {{"name", request.name}, {"token", *token}})};
}

Result<WorkDone> work_create_administrator(Store& store, const WorkOptions& options,
                                           const std::string&, Language language) {
    const people::NewPerson wanted{option(options, "name"), option(options, "email"), language};
    const auto moment = now();
    const auto create = [&](Transaction& tx) -> Result<WorkDone> {
        if (wanted.email.empty()) {
            return refuse(Refusal{"fields.wrong", {}, {{"email", "people.email_needed", {}}}});
        }
        const auto added = people::add_person(tx, wanted, moment);
        if (!added) return refuse(added.error());
        people::give_role(tx, *added, {std::nullopt, people::Role::administrator}, moment);
        const auto person = people::person(tx, *added).value();
        people::note(tx, {{}, moment, "role-given", {}, 0, *added, "administrator"});
        const auto url = welcome_link(tx, options, people::LinkPurpose::first, person, moment);
        return WorkDone{Texts::built_in().say(language, "admin.created",
                                              {{"name", person.name}, {"url", url}})};
    };
    return store.write(create).get();
}

Result<WorkDone> work_reset_password(Store& store, const WorkOptions& options, const std::string&,
                                     Language language) {
    const auto moment = now();
    const auto reset = [&](Transaction& tx) -> Result<WorkDone> {
        const auto person = account_of(tx, options);
        if (!person) return refuse(person.error());
        people::note_about(tx, *person, "reset-offered", {}, moment);
        const auto url = welcome_link(tx, options, people::LinkPurpose::reset, *person, moment);
        return WorkDone{
            Texts::built_in().say(language, "admin.reset", {{"name", person->name}, {"url", url}})};
    };
    return store.write(reset).get();
}

Result<WorkDone> work_unlock(Store& store, const WorkOptions& options, const std::string&,
                             Language language) {
    const auto moment = now();
    const auto unlock = [&](Transaction& tx) -> Result<WorkDone> {
        const auto person = account_of(tx, options);
        if (!person) return refuse(person.error());
        people::unblock(tx, person->id);
        people::note_about(tx, *person, "unlocked", {}, moment);
        return WorkDone{
            Texts::built_in().say(language, "admin.unlocked", {{"name", person->name}})};
    };
    return store.write(unlock).get();
}

} // namespace kringwerk::app
