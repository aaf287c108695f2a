// SPDX-License-Identifier: EUPL-1.2
#include "app/first/answers.hpp"

#include "base/words.hpp"
#include "platform/http/encoding.hpp"
#include "rooms/network/municipalities.hpp"
#include "rooms/network/register_actions.hpp"
#include "rooms/network/register_forms.hpp"
#include "rooms/people/crew_forms.hpp"

#include <algorithm>
#include <set>

namespace kringwerk::app::first {
namespace {

/// The centre that the first run is about: the one that is there, else a new one.
Result<network::CentreRow> centre_for(Transaction& tx, const network::Details& details,
                                      Instant now) {
    if (auto known = progress(tx).centre) return std::move(*known);
    network::CentreRow row;
    row.name = details.name;
    row.municipality = network::municipality(details.municipality)->name;
    row.place = details.address.place;
    return network::add_centre(tx, std::move(row), now);
}

Result<CentreId> save_centre(Transaction& tx, network::Details details, Instant now) {
    const auto centre = centre_for(tx, details, now);
    if (!centre) return refuse(centre.error());
    const auto known = network::registered(tx, *centre);
    details.address.street = known.address.street;
    details.address.house_number = known.address.house_number;
    details.point = known.point;
    if (known.organisation) {
        details.organisation = known.organisation->name;
        details.organisation_kind = known.organisation->kind;
    }
    const auto saved = network::save_details(tx, centre->id, details, now);
    if (!saved) return refuse(saved.error());
    remember_centre(tx, centre->id);
    return centre->id;
}

std::set<network::Block> chosen_blocks(const http::Form& form) {
    std::set<network::Block> chosen;
    for (const auto& part : form.parts) {
        const auto block = network::parse_block(part.content);
        if (part.name == "blocks" && block) chosen.insert(*block);
    }
    return chosen;
}

Result<void> save_blocks(Transaction& tx, const network::CentreRow& centre,
                         const std::set<network::Block>& chosen, std::string_view evidence,
                         Instant now) {
    const auto known = network::registered(tx, centre).blocks;
    for (const auto code : network::block_codes()) {
        const auto block = network::parse_block(code).value();
        if (block > network::Block::repair) break; // not asked here
        const bool is_there =
            std::ranges::any_of(known, [&](const auto& row) { return row.block == block; });
        if (chosen.contains(block) == is_there) continue;
        const auto changed =
            is_there ? network::remove_block(tx, centre.id, block)
                     : network::save_block(tx, centre.id,
                                           {block, local_day(now), std::string(evidence)}, now);
        if (!changed) return changed;
    }
    return {};
}

Result<void> save_scale(Transaction& tx, CentreId centre, const network::Scale& scale) {
    if (scale.number != 0) return network::change_scale(tx, centre, scale);
    const auto added = network::add_scale(tx, centre, scale);
    if (!added) return refuse(added.error());
    return {};
}

Task<http::Response> take_scale(const Come& come, const http::Form& form) {
    const auto scale = network::parse_scale(form);
    std::optional<Refusal> refusal;
    if (!scale) refusal = scale.error();
    const auto write = [&](Transaction& tx) {
        return save_scale(tx, come.progress.centre->id, *scale);
    };
    if (scale) {
        const auto saved = co_await come.site().store.write(write);
        if (saved) co_return http::see_other(url_of(Step::machines) + "#scale");
        refusal = saved.error();
    }
    Machines back;
    back.scale = network::Returned{"scale", form, std::move(refusal)};
    co_return co_await machines_page(come, std::move(back));
}

Task<http::Response> note_works(const Come& come, Machine machine, std::string onwards) {
    const auto write = [machine](Transaction& tx) {
        remember_works(tx, machine);
        return true;
    };
    std::ignore = co_await come.site().store.write(write);
    co_return http::see_other(onwards);
}

Task<http::Response> take_scan(const Come& come, const http::Form& form) {
    const auto text = trimmed(form.value_or_empty("scanned"));
    if (text.empty()) {
        Machines back;
        back.scanner = Refusal{"begin.nothing_scanned", {}, {}};
        co_return co_await machines_page(come, std::move(back));
    }
    co_return co_await note_works(
        come, Machine::scanner,
        url_of(Step::machines) + "?gescand=" + http::percent_encoded(start_of(text, longest_scan)) +
            "#scanner");
}

} // namespace

http::Response to_next(const Come& come) {
    const auto far = come.site().store.read([](Snapshot& view) { return progress(view); });
    return http::see_other(url_of_next(far));
}

Task<http::Response> take_centre(const Come& come, const http::Form& form) {
    const auto details = network::parse_first_details(form);
    std::optional<Refusal> refusal;
    if (!details) refusal = details.error();
    const auto write = [&](Transaction& tx) {
        return save_centre(tx, *details, come.request.received);
    };
    if (details) {
        const auto saved = co_await come.site().store.write(write);
        if (saved) co_return to_next(come);
        refusal = saved.error();
    }
    co_return centre_page(come, network::Returned{"first_centre", form, std::move(refusal)});
}

Task<http::Response> take_blocks(const Come& come, const http::Form& form) {
    const auto chosen = chosen_blocks(form);
    if (chosen.empty()) co_return blocks_page(come, Refusal{"begin.nothing_chosen", {}, {}});
    const auto evidence = come.say("begin.blocks.evidence");
    const auto write = [&](Transaction& tx) {
        return save_blocks(tx, *come.progress.centre, chosen, evidence, come.request.received);
    };
    const auto saved = co_await come.site().store.write(write);
    if (!saved) co_return blocks_page(come, saved.error());
    co_return to_next(come);
}

Task<http::Response> take_machines(const Come& come, const http::Form& form) {
    const auto what = form.value_or_empty("what");
    if (what == "scale") co_return co_await take_scale(come, form);
    if (what == "printer") {
        co_return co_await note_works(come, Machine::printer, url_of(Step::machines) + "#printer");
    }
    if (what == "scanner") co_return co_await take_scan(come, form);
    const auto write = [](Transaction& tx) {
        remember(tx, Step::machines, State::done);
        return true;
    };
    std::ignore = co_await come.site().store.write(write);
    co_return to_next(come);
}

Task<http::Response> take_crew(const Come& come, const http::Form& form) {
    const auto& centre = *come.progress.centre;
    const people::Visit visit{come.with.desk, come.request, come.language,
                              people::Place{centre.id, centre.slug, centre.name}, come.caller};
    auto worker = form;
    std::erase_if(worker.parts,
                  [](const auto& part) { return part.name == "what" || part.name == "role"; });
    worker.parts.push_back({"what", {}, {}, "worker"});
    worker.parts.push_back({"role", {}, {}, std::string(people::code_of(people::Role::volunteer))});
    const auto change = co_await people::read_crew_change(visit, {}, worker);
    std::optional<Refusal> refusal;
    if (!change) refusal = change.error();
    if (trimmed(form.value_or_empty("pin")).empty()) {
        // Elsewhere a PIN may come later; here it is what is asked.
        if (!refusal) refusal = Refusal{"fields.wrong", {}, {}};
        refusal->fields.push_back({"pin", people::check_pin("").error().code, {}});
    }
    if (!refusal) {
        const auto added = co_await come.site().store.write(*change);
        if (added) co_return to_next(come);
        refusal = added.error();
    }
    const people::CameBack back{"first_worker", form, *refusal};
    co_return crew_page(come, &back);
}

Task<http::Response> take_books(const Come& come) {
    const auto write = [](Transaction& tx) {
        remember(tx, Step::books, State::done);
        return true;
    };
    std::ignore = co_await come.site().store.write(write);
    co_return to_next(come);
}

} // namespace kringwerk::app::first
