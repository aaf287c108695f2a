// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/rules.hpp"

#include "base/words.hpp"
#include "rooms/intake/numbers.hpp"
#include "rooms/intake/reader.hpp"
#include "rooms/ledger/ledger.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::intake {
namespace {

using ledger::Draft;
using ledger::Place;
using ledger::Transfer;

// From this amount a trader may not take cash (Wwft, since 2026).
constexpr Cents too_much_cash{300'000};

Draft draft_of_kind(std::string_view kind, const Sending& sending) {
    Draft draft;
    draft.id = sending.id;
    draft.centre = sending.centre;
    draft.kind = ledger::Ways::built_in().kind(kind);
    draft.happened_at = sending.happened_at;
    return draft;
}

Result<Draft> one_transfer(std::string_view kind, Reader& in, const Sending& sending, Place from,
                           Place to, const Categories& categories) {
    auto draft = draft_of_kind(kind, sending);
    draft.transfers = {in.transfer(from, to, in.goods(categories))};
    return in.finish(std::move(draft));
}

void add_money(Draft& draft, Place from, std::string_view from_key, Place to,
               std::string_view to_key, Cents amount) {
    if (amount == Cents{}) return;
    Transfer transfer;
    transfer.from = {from, *ledger::parse_key(ledger::Book::money, from_key)};
    transfer.to = {to, *ledger::parse_key(ledger::Book::money, to_key)};
    transfer.amounts.cents = amount;
    draft.transfers.push_back(transfer);
}

void add_payment(Draft& draft, Cents price, Place means) {
    const auto key = means == Place::cash ? "cash" : "card";
    const auto vat = vat_inside(price);
    add_money(draft, Place::turnover, "margin-global-21", means, key, price - vat);
    add_money(draft, Place::vat, "margin-global-21", means, key, vat);
    if (means != Place::cash) return;
    const auto rounding = rounded_to_five(price) - price;
    if (rounding > Cents{}) add_money(draft, Place::rounding, key, means, key, rounding);
    if (rounding < Cents{}) add_money(draft, means, key, Place::rounding, key, -rounding);
}

} // namespace

std::optional<std::int64_t> booking_of(const Answers& answers) {
    const auto number = parse_whole(answer(answers, "booking"));
    return number && *number > 0 ? number : std::nullopt;
}

Result<Draft> weigh_in(const Answers& answers, const Sending& sending,
                       const Categories& categories) {
    Reader in(answers);
    const auto from = in.place("source", sources());
    const auto to = in.place("to", first_places());
    const bool waste = to == Place::outgoing;
    if (waste && from != Place::donated && from != Place::yard) {
        in.wrong("to", "intake.waste_is_brought");
    }
    return one_transfer(waste ? "waste-in" : "weigh-in", in, sending, from, to, categories);
}

Result<Draft> sell(const Answers& answers, const Sending& sending, const Categories& categories) {
    Reader in(answers);
    auto draft = draft_of_kind("sell", sending);
    const auto from = in.place("from", places_to_sell());
    draft.transfers = {in.transfer(from, Place::sold, in.goods(categories))};
    const auto price = in.price();
    const auto means = ledger::parse_place(ledger::Book::money, in.of("means"));
    if (means != Place::cash && means != Place::card) {
        in.wrong("means", "intake.choose");
    } else if (means == Place::cash && price >= too_much_cash) {
        in.wrong("means", "intake.too_much_cash");
    } else {
        add_payment(draft, price, *means);
    }
    return in.finish(std::move(draft));
}

Result<Draft> give(const Answers& answers, const Sending& sending, const Categories& categories) {
    Reader in(answers);
    const auto from = in.place("from", places_to_sell());
    return one_transfer("give", in, sending, from, Place::given, categories);
}

Result<Draft> sort(const Answers& answers, const Sending& sending, const Categories& categories) {
    Reader in(answers);
    const auto from = in.place("from", places_to_sort_from());
    const auto to = in.place("to", places_to_sort_to());
    auto transfer = in.transfer(from, to, in.goods(categories));
    if (in.has("from_stream")) transfer.from.key = in.stream("from_stream");
    if (transfer.from == transfer.to && in.has("stream")) in.wrong("to", "intake.same_place");
    auto draft = draft_of_kind("sort", sending);
    draft.transfers = {transfer};
    return in.finish(std::move(draft));
}

Result<Draft> dispatch(const Answers& answers, const Sending& sending,
                       const Categories& categories) {
    Reader in(answers);
    const auto from = in.place("from", places_to_dispatch());
    const auto to = in.place("processor", processors());
    return one_transfer("dispatch", in, sending, from, to, categories);
}

Result<Draft> send(const Answers& answers, const Sending& sending, const Categories& categories) {
    Reader in(answers);
    const auto from = in.place("from", places_to_send());
    return one_transfer("send", in, sending, from, Place::sent, categories);
}

Result<Draft> receive(const Answers& answers, const Sending& sending, const Categories& categories,
                      const std::optional<ledger::Movement>& load) {
    Reader in(answers);
    const auto is_sent = [](const Transfer& transfer) { return transfer.to.place == Place::sent; };
    if (!in.has("load")) {
        in.wrong("load", "intake.load_needed");
    } else if (!load || std::none_of(load->transfers.begin(), load->transfers.end(), is_sent)) {
        in.wrong("load", "intake.no_such_load");
    } else if (load->centre == sending.centre) {
        in.wrong("load", "intake.own_load");
    }
    auto draft = draft_of_kind("receive", sending);
    draft.transfers = {in.transfer(Place::received, Place::sorting, in.goods(categories))};
    if (load) draft.reference = ledger::Reference{load->centre, load->id};
    return in.finish(std::move(draft));
}

Result<Count> parse_count(const Answers& answers) {
    Reader in(answers);
    Count count;
    count.account.place = in.place("at", places_to_count());
    count.account.key = in.stream("stream");
    if (in.has("kg")) {
        count.counted = in.kilograms(true);
    } else {
        in.wrong("kg", "intake.count_needed");
    }
    count.basis = in.basis();
    count.reason = in.reason("count");
    return in.finish(count);
}

std::optional<Draft> draft_of(const Count& count, Grams in_books, const Sending& sending) {
    if (count.counted == in_books) return std::nullopt;
    auto draft = draft_of_kind("count", sending);
    draft.reason = count.reason;
    Transfer transfer;
    transfer.from = count.account;
    transfer.to = {Place::unexplained, count.account.key};
    transfer.amounts.grams = in_books - count.counted;
    transfer.basis = count.basis;
    if (count.counted > in_books) { // more than the books knew: found
        std::swap(transfer.from, transfer.to);
        transfer.amounts.grams = count.counted - in_books;
    }
    draft.transfers = {transfer};
    return draft;
}

Result<Draft> reverse(const Answers& answers, const Sending& sending,
                      const std::optional<ledger::Movement>& original) {
    Reader in(answers);
    auto draft = draft_of_kind("reverse", sending);
    draft.reason = in.reason("reverse");
    if (original) {
        draft.reverses = original->id;
    } else {
        in.wrong("booking", in.has("booking") ? "intake.no_such_booking" : "intake.booking_needed");
    }
    return in.finish(std::move(draft));
}

Result<Draft> settle(const Answers& answers, const Sending& sending,
                     const std::optional<ledger::Movement>& odd) {
    if (answer(answers, "how") == "reverse") return reverse(answers, sending, odd);
    Reader in(answers);
    if (answer(answers, "how") != "found") in.wrong("how", "intake.choose");
    auto draft = draft_of_kind("settle", sending);
    draft.reason = *ledger::parse_reason("contradiction-settled");
    if (!odd) {
        in.wrong("booking", in.has("booking") ? "intake.nothing_to_settle" : "intake.choose");
        return in.finish(std::move(draft));
    }
    draft.reference = ledger::Reference{odd->centre, odd->id};
    for (const auto& transfer : odd->transfers) {
        if (transfer.oddity != ledger::Oddity::contradiction) continue;
        const auto place = transfer.from.place;
        if (place != Place::shop && place != Place::sorting) continue;
        // What went out was not there: it is found, without the mark of the thing itself.
        Transfer found;
        found.from = {Place::unexplained, transfer.from.key};
        found.to = transfer.from;
        found.amounts = transfer.amounts;
        found.basis = transfer.basis;
        found.category = transfer.category;
        draft.transfers.push_back(found);
    }
    if (draft.transfers.empty()) in.wrong("how", "intake.only_reversing");
    return in.finish(std::move(draft));
}

Result<Draft> close_month(const Answers& answers, const Sending& sending) {
    Reader in(answers);
    auto draft = draft_of_kind("close-month", sending);
    draft.closes = parse_month(in.of("month"));
    if (!draft.closes) in.wrong("month", "intake.choose");
    if (in.of("sure") != "yes") in.wrong("sure", "intake.not_sure");
    return in.finish(std::move(draft));
}

} // namespace kringwerk::intake
