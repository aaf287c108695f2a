// SPDX-License-Identifier: EUPL-1.2
#include "base/fields.hpp"
#include "rooms/ledger/json.hpp"
#include "rooms/ledger/rules.hpp"

#include <boost/json/value.hpp>

#include <limits>

namespace kringwerk::ledger {
namespace {

bool needs_vat(Place place) { return place == Place::turnover || place == Place::vat; }

bool is_vat(Key key) {
    for (const auto& row : all_keys()) {
        if (row.key == key) return row.vat;
    }
    return false;
}

/// The place and keys of one side, as far as they were given.
struct SideAsked {
    std::string_view place_name;
    std::string_view key_name;
    Place place{};
    std::optional<Key> key;
    bool known() const { return place != Place{}; }
};

SideAsked read_side(Fields& in, Book book, std::string_view place_name, std::string_view key_name) {
    SideAsked side{place_name, key_name, {}, {}};
    // Without a book nobody can say which places there are; that complaint is made already.
    const auto place = [&](std::string_view code) {
        return book == Book{} ? std::optional<Place>{Place{}} : parse_place(book, code);
    };
    const auto key = [&](std::string_view code) {
        return book == Book{} ? std::optional<Key>{no_key} : parse_key(book, code);
    };
    side.place = in.one_of(place_name, place);
    side.key = in.optional_one_of(key_name, key);
    return side;
}

/// The means that a place of money stands for: cash is paid in cash. Others have the means of the
/// other side, as a purchase that is paid in cash does.
std::optional<Key> means_of(Place place, Place other) {
    if (needs_vat(place)) return std::nullopt;
    if (const auto own = parse_key(Book::money, row_of(place).code)) return own;
    return parse_key(Book::money, row_of(other).code);
}

std::optional<Key> key_of(Book book, const SideAsked& side, const SideAsked& other,
                          std::optional<Key> both) {
    if (book == Book::time) return no_key;
    if (side.key) return side.key;
    if (book == Book::goods) return both;
    if (both && is_vat(*both) == needs_vat(side.place)) return both;
    return means_of(side.place, other.place);
}

void read_accounts(Fields& in, Transfer& transfer) {
    const auto book = in.one_of("book", parse_book);
    const auto from = read_side(in, book, "from", "from_key");
    const auto to = read_side(in, book, "to", "to_key");
    const auto both = in.optional_one_of("key", [&](std::string_view code) {
        return book == Book{} ? std::optional<Key>{no_key} : parse_key(book, code);
    });
    if (book == Book{} || !from.known() || !to.known()) return;
    transfer.from = {from.place, key_of(book, from, to, both).value_or(no_key)};
    transfer.to = {to.place, key_of(book, to, from, both).value_or(no_key)};
    if (book == Book::time) return;
    // One complaint is enough where one stream for both sides is what lacks.
    if (book == Book::goods && !in.has("key") && !in.has("from_key") && !in.has("to_key")) {
        return in.missing("key");
    }
    for (const auto& [account, side] : {std::pair{transfer.from, from}, {transfer.to, to}}) {
        const bool said = in.has(side.key_name) || in.has("key");
        if (account.key == no_key && !said) in.missing(side.key_name);
    }
}

void read_transfer(Fields& in, Draft& draft) {
    Transfer transfer;
    read_accounts(in, transfer);
    transfer.amounts.grams.value = in.optional_integer("grams", 0, largest.grams.value).value_or(0);
    transfer.amounts.pieces.value =
        in.optional_integer("pieces", 0, largest.pieces.value).value_or(0);
    transfer.amounts.cents.value = in.optional_integer("cents", 0, largest.cents.value).value_or(0);
    transfer.amounts.minutes.value =
        in.optional_integer("minutes", 0, largest.minutes.value).value_or(0);
    transfer.basis = in.optional_one_of("basis", parse_basis).value_or(Basis::none);
    constexpr std::int64_t most_categories = std::numeric_limits<std::int32_t>::max();
    transfer.category.value = in.optional_integer("category", 0, most_categories).value_or(0);
    transfer.batch = in.optional_uuid<Batch>("batch").value_or(BatchId{});
    transfer.item =
        in.optional_parsed("item", "ledger.not_an_item_code", parse_item).value_or(ItemId{});
    draft.transfers.push_back(transfer);
}

void read_device(Fields& in, Sent& sent) {
    auto& action = sent.action.emplace();
    action.device = in.text("name", 60);
    action.device_sequence = in.integer("sequence", 0, most_exact);
    action.clock_at = in.instant("clock_at");
    action.offset_ms =
        in.optional_integer("offset_ms", -most_offset_ms, most_offset_ms).value_or(0);
}

} // namespace

Result<Sent> parse_movement(const boost::json::value& body, CentreId centre) {
    Fields in(body);
    Sent sent;
    auto& draft = sent.draft;
    draft.centre = centre;
    draft.id = in.uuid<Movement>("id");
    const auto kind = [](std::string_view code) { return Ways::built_in().parse(code); };
    draft.kind = in.one_of("kind", kind);
    draft.happened_at = in.instant("happened_at");
    draft.reason = in.optional_one_of("reason", parse_reason).value_or(Reason{});
    draft.reverses = in.optional_uuid<Movement>("reverses");
    in.optional_object("reference", [&](Fields& reference) {
        auto& other = draft.reference.emplace();
        other.centre.value =
            reference.integer("centre", 1, std::numeric_limits<std::int32_t>::max());
        other.movement = reference.uuid<Movement>("movement");
    });
    draft.closes = in.optional_month("closes");
    draft.receipt = in.optional_parsed("receipt", "ledger.not_a_hash", parse_digest);
    draft.note = in.optional_parsed("note", "ledger.not_a_hash", parse_digest);
    in.optional_object("device", [&](Fields& device) { read_device(device, sent); });
    in.list("transfers", most_transfers, [&](Fields& transfer) { read_transfer(transfer, draft); });
    if (auto finished = in.finish(); !finished) return refuse(std::move(finished.error()));
    if (sent.action) {
        sent.action->centre = centre;
        sent.action->id = draft.id.bytes;
        sent.action->kind = Ways::built_in().find(draft.kind)->code;
    }
    return sent;
}

} // namespace kringwerk::ledger
