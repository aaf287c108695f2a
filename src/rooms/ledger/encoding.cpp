// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/encoding.hpp"

namespace kringwerk::ledger {
namespace {

constexpr char version = 1;

class Writer {
  public:
    explicit Writer(std::string& into) : into_(into) {}

    void byte(std::uint8_t value) { into_ += static_cast<char>(value); }
    void number(std::int64_t value) {
        const auto bits = static_cast<std::uint64_t>(value);
        char big[8];
        for (int i = 0; i < 8; ++i) big[i] = static_cast<char>(bits >> (56 - 8 * i));
        into_.append(big, 8);
    }
    void bytes(std::span<const std::uint8_t> value) {
        into_.append(reinterpret_cast<const char*>(value.data()), value.size());
    }
    template <class T, class Write> void maybe(const std::optional<T>& value, Write write) {
        byte(value ? 1 : 0);
        if (value) write(*value);
    }

  private:
    std::string& into_;
};

void encode_transfer(const Transfer& transfer, Writer& out) {
    out.byte(static_cast<std::uint8_t>(transfer.from.place));
    out.byte(transfer.from.key.number);
    out.byte(static_cast<std::uint8_t>(transfer.to.place));
    out.byte(transfer.to.key.number);
    out.number(transfer.amounts.grams.value);
    out.number(transfer.amounts.pieces.value);
    out.number(transfer.amounts.cents.value);
    out.number(transfer.amounts.minutes.value);
    out.byte(static_cast<std::uint8_t>(transfer.basis));
    out.number(transfer.category.value);
    out.bytes(transfer.batch.bytes); // sixteen zeros: none
    out.number(transfer.item.value);
    out.byte(static_cast<std::uint8_t>(transfer.oddity));
}

} // namespace

void encode(const Movement& movement, std::string& into) {
    into.clear();
    Writer out(into);
    out.byte(version);
    out.number(movement.centre.value);
    out.number(movement.sequence);
    out.bytes(movement.id.bytes);
    out.byte(movement.kind.number);
    out.byte(static_cast<std::uint8_t>(movement.role));
    out.number(movement.actor);
    out.number(movement.happened_at.ms);
    out.number(movement.booked_at.ms);
    out.number(movement.effective_on.number);
    out.byte(movement.late ? 1 : 0);
    out.byte(movement.reason.number);
    out.maybe(movement.reverses, [&](const MovementId& id) { out.bytes(id.bytes); });
    out.maybe(movement.reference, [&](const Reference& reference) {
        out.number(reference.centre.value);
        out.bytes(reference.movement.bytes);
    });
    out.maybe(movement.closes, [&](Month month) { out.number(month.number); });
    out.maybe(movement.note, [&](const Digest& digest) { out.bytes(digest); });
    out.maybe(movement.receipt, [&](const Digest& digest) { out.bytes(digest); });
    out.number(static_cast<std::int64_t>(movement.transfers.size()));
    for (const auto& transfer : movement.transfers) encode_transfer(transfer, out);
    out.bytes(movement.previous);
}

Digest hash_of(const Movement& movement, Sha256& hash, std::string& scratch) {
    encode(movement, scratch);
    hash.bytes(scratch);
    return hash.finish();
}

Digest hash_of(const Movement& movement) {
    Sha256 hash;
    std::string scratch;
    return hash_of(movement, hash, scratch);
}

} // namespace kringwerk::ledger
