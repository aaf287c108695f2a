// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/json.hpp"

#include "rooms/people/people.hpp"

#include <boost/json.hpp>

namespace kringwerk::ledger {
namespace {

namespace json = boost::json;

void add_account(json::object& into, std::string_view place_name, std::string_view key_name,
                 Account account) {
    into.emplace(place_name, row_of(account.place).code);
    if (account.key != no_key) into.emplace(key_name, code_of(account.key));
}

void add_amounts(json::object& into, Book book, const Amounts& amounts) {
    if (book == Book::goods) {
        into.emplace("grams", amounts.grams.value);
        into.emplace("pieces", amounts.pieces.value);
    }
    if (book == Book::money) into.emplace("cents", amounts.cents.value);
    if (book == Book::time) into.emplace("minutes", amounts.minutes.value);
}

/// The two accounts and amounts that transfers and flows have in common.
void add_way(json::object& into, Account from, Account to, const Amounts& amounts) {
    const auto book = book_of(from.place);
    into.emplace("book", code_of(book));
    add_account(into, "from", "from_key", from);
    add_account(into, "to", "to_key", to);
    add_amounts(into, book, amounts);
}

void add_marks(json::object& into, Basis basis, CategoryId category) {
    if (basis != Basis::none) into.emplace("basis", code_of(basis));
    if (category.value != 0) into.emplace("category", category.value);
}

void add_draft(json::object& into, const Movement& movement) {
    const auto* const kind = Ways::built_in().find(movement.kind);
    ensure(kind != nullptr, "a booked kind is one of the kinds");
    into.emplace("id", movement.id.text());
    into.emplace("centre", movement.centre.value);
    into.emplace("kind", kind->code);
    into.emplace("happened_at", format_instant(movement.happened_at));
    if (movement.reason != Reason{}) into.emplace("reason", code_of(movement.reason));
    if (movement.reverses) into.emplace("reverses", movement.reverses->text());
    if (movement.reference) {
        into.emplace("reference", json::object{{"centre", movement.reference->centre.value},
                                               {"movement", movement.reference->movement.text()}});
    }
    if (movement.closes) into.emplace("closes", format_month(*movement.closes));
    if (movement.receipt) into.emplace("receipt", hex(*movement.receipt));
    if (movement.note) into.emplace("note", hex(*movement.note));
}

std::string_view code_of(Item::Clearance clearance) {
    switch (clearance) {
    case Item::Clearance::not_needed:
        return "not-needed";
    case Item::Clearance::needed:
        return "needed";
    case Item::Clearance::given:
        return "given";
    }
    throw Bug("a clearance is one of three");
}

std::string_view code_of(Item::DataState state) {
    switch (state) {
    case Item::DataState::none:
        return "none";
    case Item::DataState::to_erase:
        return "to-erase";
    case Item::DataState::erased:
        return "erased";
    }
    throw Bug("a state of data is one of three");
}

} // namespace

std::string_view code_of(Oddity oddity) {
    switch (oddity) {
    case Oddity::none:
        return "none";
    case Oddity::contradiction:
        return "contradiction";
    case Oddity::unsafe:
        return "unsafe";
    }
    throw Bug("an oddity is one of three");
}

json::object to_json(const Transfer& transfer, json::storage_ptr memory) {
    json::object into(std::move(memory));
    into.reserve(12);
    add_way(into, transfer.from, transfer.to, transfer.amounts);
    add_marks(into, transfer.basis, transfer.category);
    if (!transfer.batch.empty()) into.emplace("batch", transfer.batch.text());
    if (transfer.item) into.emplace("item", code_of(transfer.item));
    if (transfer.oddity != Oddity::none) into.emplace("oddity", code_of(transfer.oddity));
    return into;
}

json::object to_json(const Movement& movement, json::storage_ptr memory) {
    json::object into(memory);
    into.reserve(20);
    add_draft(into, movement);
    into.emplace("booked_at", format_instant(movement.booked_at));
    into.emplace("effective_on", format_day(movement.effective_on));
    into.emplace("late", movement.late);
    into.emplace("role", people::code_of(movement.role));
    // A text: 56 bits are more than a number of JavaScript holds.
    into.emplace("actor", std::to_string(movement.actor));
    into.emplace("sequence", movement.sequence);
    into.emplace("previous", hex(movement.previous));
    into.emplace("hash", hex(movement.hash));
    auto& transfers = into.emplace("transfers", json::array(memory)).first->value().get_array();
    transfers.reserve(movement.transfers.size());
    for (const auto& transfer : movement.transfers) {
        transfers.emplace_back(to_json(transfer, memory));
    }
    return into;
}

json::object to_json(const Posted& posted, json::storage_ptr memory) {
    json::object into(std::move(memory));
    into.reserve(8);
    into.emplace("id", posted.id.text());
    into.emplace("outcome", posted.repeated ? "repeated" : "booked");
    into.emplace("sequence", posted.sequence);
    into.emplace("hash", hex(posted.hash));
    into.emplace("effective_on", format_day(posted.effective_on));
    into.emplace("late", posted.late);
    if (posted.oddity != Oddity::none) into.emplace("oddity", code_of(posted.oddity));
    return into;
}

json::object to_json(const Item& item) {
    json::object into{{"code", code_of(item.id)}, {"centre", item.centre.value}};
    if (item.category.value != 0) into.emplace("category", item.category.value);
    add_account(into, "place", "stream", item.at);
    into.emplace("clearance", code_of(item.clearance));
    into.emplace("data", code_of(item.data));
    if (item.grade != 0)
        into.emplace("grade", std::string(1, static_cast<char>('A' + item.grade - 1)));
    into.emplace("price_cents", item.price.value);
    return into;
}

json::object to_json(const Balance& balance) {
    const auto book = book_of(balance.account.place);
    json::object into{{"book", code_of(book)}};
    add_account(into, "place", "key", balance.account);
    add_amounts(into, book, balance.amounts);
    return into;
}

json::object to_json(const Flow& flow, std::string_view period) {
    json::object into{{"period", period}};
    into.reserve(12);
    add_way(into, flow.from, flow.to, flow.amounts);
    add_marks(into, flow.basis, flow.category);
    into.emplace("transfers", flow.transfers);
    return into;
}

json::object to_json(const Equation& equation) {
    json::object into;
    // All streams together have no stream of their own.
    if (equation.stream != no_key) into.emplace("stream", code_of(equation.stream));
    into.emplace("opening_grams", equation.opening.value);
    into.emplace("in_grams", equation.in.value);
    into.emplace("out_grams", equation.out.value);
    into.emplace("unexplained_grams", equation.unexplained.value);
    into.emplace("to_other_stream_grams", equation.to_other_stream.value);
    into.emplace("closing_grams", equation.closing.value);
    into.emplace("holds", equation.holds());
    return into;
}

json::object to_json(const Transit& transit) {
    json::object into{{"sender", transit.sender.value},
                      {"movement", transit.sent.text()},
                      {"sent_on", format_day(transit.sent_on)},
                      {"sent_grams", transit.sent_mass.value},
                      {"matched", transit.matched()}};
    if (transit.receiver) {
        into.emplace("receiver", transit.receiver->value);
        into.emplace("received_grams", transit.received_mass.value);
        into.emplace("lost_grams", transit.lost().value);
    }
    return into;
}

json::object to_json(const Head& head) {
    json::object into{
        {"centre", head.centre.value}, {"sequence", head.sequence}, {"hash", hex(head.hash)}};
    if (head.closed) into.emplace("closed_month", format_month(*head.closed));
    return into;
}

} // namespace kringwerk::ledger
