// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/http.hpp"
#include "rooms/people/people.hpp"

namespace kringwerk::ledger {
namespace {

using http::FieldDoc;
using http::SchemaDoc;
using FieldDocs = std::vector<FieldDoc>;

FieldDocs joined(std::initializer_list<FieldDocs> lists) {
    FieldDocs all;
    for (const auto& list : lists) all.insert(all.end(), list.begin(), list.end());
    return all;
}

const FieldDocs amount_fields{
    {"grams", "integer", "Whole grams, of goods."},
    {"pieces", "integer", "Of goods."},
    {"cents", "integer", "Whole euro cents, of money."},
    {"minutes", "integer", "Whole minutes, of time."},
};
const FieldDocs way_fields{
    {"book", "Book", "", true},
    {"from", "string", "The place that it leaves: donated, shop, cash, volunteer and so on.", true},
    {"to", "string", "The place that it enters.", true},
    {"from_key", "string",
     "Goods: the stream. Money: the VAT scheme of turnover and vat, else the "
     "means by which it was paid. Time: none."},
    {"to_key", "string", "The same of the other side."},
};
const FieldDocs marks{
    {"basis", "Basis", "How the weight is known; needed when there are grams."},
    {"category", "integer", "The category of the goods, by its number."},
};
const FieldDocs asked{
    {"id", "uuid", "Made by the sender (version 7). The same id with the same content counts once.",
     true},
    {"kind", "Kind", "", true},
    {"happened_at", "date-time", "By the clock of the counter, corrected. Any offset.", true},
    {"reason", "Reason", "Needed for a reversal and for what a count found."},
    {"reverses", "uuid", "The movement that this one undoes; it then has no transfers of its own."},
    {"reference", "Reference", "What was sent by the other centre, or what this settles."},
    {"closes", "string", "The month that this closes: 2027-03."},
    {"receipt", "string", "SHA-256 of the receipt of the till, 64 hexadecimal digits."},
    {"note", "string", "Salted SHA-256 of a text that is kept elsewhere."},
};
const FieldDocs outcome{
    {"sequence", "integer", "Its number in the chain of its centre."},
    {"hash", "string", "SHA-256 over its content and the hash before it."},
    {"effective_on", "date", "The day on which it counts."},
    {"late", "boolean", "Its own day was in a closed month."},
    {"oddity", "Oddity", "Something that does not fit and was booked all the same."},
};

template <class Rows> std::vector<std::string> codes_of(const Rows& rows) {
    std::vector<std::string> codes;
    for (const auto& row : rows) codes.emplace_back(row.code);
    return codes;
}

std::vector<std::string> role_codes() {
    std::vector<std::string> codes;
    for (auto number = static_cast<int>(people::Role::volunteer);
         number <= static_cast<int>(people::Role::demo); ++number) {
        codes.emplace_back(people::code_of(static_cast<people::Role>(number)));
    }
    return codes;
}

std::vector<SchemaDoc> lists_of_codes() {
    return {
        {"Book",
         "Goods in grams and pieces, money in cents, time in minutes.",
         {},
         {"goods", "money", "time"}},
        {"Basis", "How a weight is known.", {}, {"none", "measured", "standard", "estimated"}},
        {"Stream", "A stream of goods.", {}, codes_of(all_streams())},
        {"Kind", "A kind of movement.", {}, codes_of(Ways::built_in().kinds())},
        {"Reason", "Why.", {}, codes_of(all_reasons())},
        {"Oddity", "What does not fit.", {}, {"contradiction", "unsafe"}},
        {"Role", "What somebody was when they booked it.", {}, role_codes()},
        {"Period", "What flows are summed by.", {}, {"day", "month"}},
        {"Outcome",
         "What became of a movement that was sent.",
         {},
         {"booked", "repeated", "refused"}},
    };
}

std::vector<SchemaDoc> movements() {
    return {
        {"Reference",
         "Another movement.",
         {{"centre", "integer", "", true}, {"movement", "uuid", "", true}}},
        {"Device",
         "What a counter says of its own clock.",
         {{"name", "string", "", true},
          {"sequence", "integer", "Its own number of this action.", true},
          {"clock_at", "date-time", "Its clock, as it stood.", true},
          {"offset_ms", "integer", "The clock of the server minus its own, when they last met."}}},
        {"NewTransfer", "An amount that leaves one place and enters another.",
         joined({way_fields,
                 {{"key", "string", "The same for both sides, instead of from_key and to_key."}},
                 amount_fields,
                 marks,
                 {{"batch", "uuid", ""}, {"item", "string", "Code of a known thing."}}})},
        {"NewMovement", "What a sender asks to book.",
         joined({asked, {{"device", "Device", ""}, {"transfers", "[NewTransfer]", "1 to 200."}}})},
        {"Movements",
         "One movement, or {\"movements\": […]} with 1 to 1,000 of them, or such a list.",
         joined({asked,
                 {{"device", "Device", ""},
                  {"transfers", "[NewTransfer]", "1 to 200."},
                  {"movements", "[NewMovement]", "Instead of all others: a list."}}})},
        {"Transfer", "An amount that left one place and entered another.",
         joined({way_fields,
                 amount_fields,
                 marks,
                 {{"batch", "uuid", ""},
                  {"item", "string", "Code of a known thing."},
                  {"oddity", "Oddity", "What does not fit about it."}}})},
        {"Movement", "What stands in the books, for ever.",
         joined({asked,
                 outcome,
                 {{"centre", "integer", "", true},
                  {"booked_at", "date-time", "By the clock of the server.", true},
                  {"role", "Role", "", true},
                  {"actor", "string", "A number that stands for a person at this centre.", true},
                  {"previous", "string", "The hash before it; zeros for the first.", true},
                  {"reversed_by", "uuid", "The movement that undid this one."},
                  {"transfers", "[Transfer]", "", true}}})},
    };
}

std::vector<SchemaDoc> answers() {
    return {
        {"PostedMovement", "What became of one movement.",
         joined({{{"id", "uuid", "As it was sent, when it could be read."},
                  {"outcome", "Outcome", "", true}},
                 outcome,
                 {{"status", "integer", "Of a refused one: its status, had it been sent alone."},
                  {"code", "string", "Of a refused one: why."},
                  {"detail", "string", "Of a refused one: what happened and what to do."},
                  {"errors", "[FieldProblem]", "Of a refused one: all wrong fields."}}})},
        {"PostedMovements",
         "Of one movement: the fields of PostedMovement. Of a list: the others.",
         {{"id", "uuid", ""},
          {"outcome", "Outcome", ""},
          {"sequence", "integer", ""},
          {"hash", "string", ""},
          {"effective_on", "date", ""},
          {"late", "boolean", ""},
          {"oddity", "Oddity", ""},
          {"booked", "integer", "How many are new."},
          {"repeated", "integer", "How many stood there already."},
          {"refused", "integer", "How many were refused."},
          {"movements", "[PostedMovement]", "One line for each that was sent, in that order."}}},
        {"MovementPage",
         "A page of movements.",
         {{"movements", "[Movement]", "", true},
          {"next_cursor", "string", "Ask again with this as cursor; absent on the last page."}}},
        {"LateMovements", "Movements that came late.", {{"movements", "[Movement]", "", true}}},
        {"Balance", "What stands on one account.",
         joined({{{"book", "Book", "", true},
                  {"place", "string", "", true},
                  {"key", "string", "The stream, the VAT scheme or the means."}},
                 amount_fields})},
        {"Balances",
         "All accounts of a centre.",
         {{"sequence", "integer", "Up to and including this movement.", true},
          {"balances", "[Balance]", "", true}}},
    };
}

std::vector<SchemaDoc> actions() {
    return {
        {"NewAction",
         "What one person did at a counter.",
         {{"id", "uuid", "Made by the device (version 7). The same id again counts once.", true},
          {"sequence", "integer", "The device's own number of it, from 1 without gaps.", true},
          {"kind", "string", "gate-visit, gate-refusal, gate-undo and so on.", true},
          {"person", "integer", "Who did it, by the number in the counter set.", true},
          {"clock_at", "date-time", "The clock of the device, as it stood.", true},
          {"offset_ms", "integer", "The clock of the server minus its own, when they last met."},
          {"body", "object", "What the kind needs.", true}}},
        {"Actions",
         "A delivery of a device, in the order of its own numbers.",
         {{"store", "uuid", "The name that the browser's storage gave itself.", true},
          {"clock_at", "date-time", "The clock of the device now.", true},
          {"waiting", "integer", "How many it still keeps after these."},
          {"oldest_at", "date-time", "When the oldest of those happened."},
          {"actions", "[NewAction]", "At most 100.", true}}},
        {"ActionOutcome",
         "What became of one action.",
         {{"id", "uuid", "", true},
          {"outcome", "Outcome", "A refused one is kept aside until a person settles it.", true},
          {"code", "string", "Of a refused one: why."},
          {"detail", "string", "Of a refused one: what happened and what to do."},
          {"errors", "[FieldProblem]", "Of a refused one: all wrong fields."},
          {"remark", "ActionRemark", "Of an accepted one: what whoever did it should know."}}},
        {"ActionRemark",
         "Something to know about an action that was accepted. It stops nothing.",
         {{"code", "string", "", true},
          {"detail", "string", "The sentence for the screen.", true},
          {"attention", "boolean", "Keep it on the screen until somebody has seen it.", true}}},
        {"ActionOutcomes",
         "What became of a delivery.",
         {{"server_time", "date-time", "", true},
          {"outcomes", "[ActionOutcome]", "One for each action, in that order.", true}}},
    };
}

std::vector<SchemaDoc> figures() {
    return {
        {"Flow", "All transfers of one way, category and basis in one day or month, summed.",
         joined({{{"period", "string", "The day or month.", true}},
                 way_fields,
                 amount_fields,
                 marks,
                 {{"transfers", "integer", "How many.", true}}})},
        {"FlowPage",
         "A page of flows; a day or month is never split.",
         {{"flows", "[Flow]", "", true}, {"next_cursor", "string", "Absent on the last page."}}},
        {"Equation",
         "In grams. A stream that is absent: all streams together.",
         {{"stream", "Stream", ""},
          {"opening_grams", "integer", "", true},
          {"in_grams", "integer", "", true},
          {"out_grams", "integer", "", true},
          {"unexplained_grams", "integer", "What counts found missing.", true},
          {"to_other_stream_grams", "integer", "Sorted into another stream.", true},
          {"closing_grams", "integer", "", true},
          {"holds", "boolean", "Both sides are the same.", true}}},
        {"Equations",
         "The mass balance of a period.",
         {{"first_day", "date", "", true},
          {"last_day", "date", "", true},
          {"equations", "[Equation]", "", true}}},
        {"Transit",
         "A load that was sent to another centre.",
         {{"sender", "integer", "", true},
          {"movement", "uuid", "", true},
          {"sent_on", "date", "", true},
          {"sent_grams", "integer", "", true},
          {"matched", "boolean", "Another centre received it.", true},
          {"receiver", "integer", ""},
          {"received_grams", "integer", ""},
          {"lost_grams", "integer", "What was sent less what arrived."}}},
        {"Transits", "Loads that were sent.", {{"transits", "[Transit]", "", true}}},
        {"Contradiction",
         "A movement that does not fit.",
         {{"settled", "boolean", "", true}, {"movement", "Movement", "", true}}},
        {"Contradictions", "All of a centre.", {{"contradictions", "[Contradiction]", "", true}}},
        {"Item",
         "A known thing.",
         {{"code", "string", "", true},
          {"centre", "integer", "Where it is, or was last.", true},
          {"category", "integer", ""},
          {"place", "string", "", true},
          {"stream", "Stream", ""},
          {"clearance", "string", "not-needed, needed or given.", true},
          {"data", "string", "none, to-erase or erased.", true},
          {"grade", "string", "A to C."},
          {"price_cents", "integer", "", true},
          {"story", "[Movement]", "By the time it happened.", true}}},
        {"ChainHead",
         "Where a chain ends.",
         {{"centre", "integer", "", true},
          {"sequence", "integer", "", true},
          {"hash", "string", "", true},
          {"closed_month", "string", "All months up to this one are closed."}}},
        {"ChainHeads",
         "Of each centre that has books.",
         {{"chain_heads", "[ChainHead]", "", true}}},
    };
}

} // namespace

std::vector<SchemaDoc> schemas() {
    std::vector<SchemaDoc> all;
    for (const auto& part : {lists_of_codes(), movements(), answers(), actions(), figures()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

} // namespace kringwerk::ledger
