// SPDX-License-Identifier: EUPL-1.2
// One car that was booked wrongly: a form that is complete without scripts.
#include "base/words.hpp"
#include "rooms/intake/correction_form.hpp"
#include "rooms/intake/gate_page.hpp"
#include "rooms/intake/words.hpp"

#include <boost/json/array.hpp>

#include <memory>

namespace kringwerk::intake {
namespace {

namespace json = boost::json;

/// Somebody who may set this car right.
struct CarLook {
    GateLook look;
    KeptVisit car;
    Answers answers = {};
    std::optional<Refusal> refusal = {};
};

/// Why a correction does not simply count on the day of the car, in words; what does not hold is
/// empty.
struct AfterClosing {
    std::optional<ClosedDay> day;
    std::optional<Month> month;
    Day counts_on;
};

AfterClosing after_closing(Snapshot& view, const CarLook& at) {
    AfterClosing closing;
    const auto centre = at.look.centre.id;
    const auto booked = ledger::movement(view, centre, {at.car.id.bytes});
    const auto head = ledger::head(view, centre);
    ensure(booked && head, "a car stands in the books under its own id");
    const auto closings = closings_of(view, centre, at.car.day);
    if (!closings.empty()) closing.day = closings.front();
    closing.counts_on = booked->effective_on;
    if (head->closed && month_of(booked->effective_on) <= *head->closed) {
        closing.month = month_of(booked->effective_on);
        closing.counts_on = first_day(month_after(*head->closed));
    }
    return closing;
}

std::variant<CarLook, http::Response> car_look(const people::Site& site,
                                               const http::Request& request) {
    auto found = gate_look(site, request, parse_gate_period(request.parameter("period")));
    if (auto* const answer = std::get_if<http::Response>(&found)) return std::move(*answer);
    auto& look = std::get<GateLook>(found);
    if (!look.caller.may(people::Right::correct, look.centre.id)) {
        return people::stopped(site, request, 403);
    }
    const auto id = VisitId::parse(request.parameter("visit"));
    auto car = site.store.read(
        [&](Snapshot& view) { return id ? visit(view, look.centre.id, *id) : std::nullopt; });
    const bool is_of_period = car && car->day >= look.period.first && car->day <= look.period.last;
    if (!is_of_period) return people::stopped(site, request, 404);
    return CarLook{std::move(look), *std::move(car)};
}

class CorrectionPage {
  public:
    CorrectionPage(const people::Site& site, const http::Request& request, const CarLook& at)
        : site_(site), request_(request), at_(at), words_(site.texts, http::language_of(request)) {}

    http::Response answer_page() {
        const auto heading = say("gate_correct.heading", {{"time", format_clock(at_.car.at)}});
        auto look = at_.look;
        look.refusal = at_.refusal;
        auto data = gate_layout(site_, request_, look, heading);
        const auto closing =
            site_.store.read([&](Snapshot& view) { return after_closing(view, at_); });
        put_closing(data, closing);
        data["action"] = car_url(at_.look.centre, at_.look.period.code, at_.car.id);
        data["back"] = cars_url(at_.look.centre, at_.look.period.code, {});
        data["id"] = id_of_form();
        data["undone"] = at_.car.undone_at.has_value();
        data["reasons"] = reasons();
        data["reason_error"] = error_at("reason");
        data["rows"] = rows();
        data["errors"] = errors();
        return http::html(
            site_.pages.render_page(words_.language(), "rooms/intake/pages/gate-correct", data),
            at_.refusal ? 400 : 200);
    }

  private:
    std::string say(std::string_view code, const TextArguments& arguments = {}) const {
        return words_.say(code, arguments);
    }
    std::string typed(const std::string& field) const {
        return std::string(answer(at_.answers, field));
    }
    /// The same form sent twice counts once.
    std::string id_of_form() const {
        const auto sent = VisitId::parse(answer(at_.answers, "id"));
        return sent ? sent->text() : format_uuid(new_uuid7(request_.received));
    }
    std::string error_at(std::string_view field) const {
        if (!at_.refusal) return {};
        for (const auto& wrong : at_.refusal->fields) {
            if (wrong.field == field) return words_.say(Refusal{wrong.code, wrong.arguments, {}});
        }
        return {};
    }

    void put_closing(json::object& data, const AfterClosing& closing) const {
        if (closing.day) {
            data["day_closed"] =
                say("gate_correct.day_closed",
                    {{"day", show_day(words_.language(), local_day(closing.day->closed_at))},
                     {"time", format_clock(closing.day->closed_at)}});
        }
        if (closing.month) {
            data["month_closed"] =
                say("gate_correct.month_closed",
                    {{"month", show_month(words_.language(), *closing.month)},
                     {"day", show_day_in_words(words_.language(), closing.counts_on)}});
        }
    }

    json::array reasons() const {
        json::array options;
        for (const auto code : mistakes()) {
            options.push_back(json::object{{"value", code},
                                           {"label", say("reason." + std::string(code))},
                                           {"chosen", typed("reason") == code}});
        }
        return options;
    }

    json::object option(std::string_view value, std::string label, std::string_view chosen) const {
        return {{"value", value}, {"label", std::move(label)}, {"chosen", value == chosen}};
    }

    json::object row(std::size_t number) const {
        const auto at = "_" + std::to_string(number);
        json::object row{
            {"number", std::to_string(number)},    {"kg", typed("kg" + at)},
            {"lane_error", error_at("lane" + at)}, {"stream_error", error_at("stream" + at)},
            {"kg_error", error_at("kg" + at)},     {"basis_error", error_at("basis" + at)}};
        json::array lanes;
        for (const auto code : lane_codes()) {
            lanes.push_back(option(code, say("lane." + std::string(code)), typed("lane" + at)));
        }
        row["lanes"] = std::move(lanes);
        row["streams"] = streams(typed("stream" + at));
        row["bases"] = bases(number, typed("basis" + at));
        const auto& lines = at_.car.visit.lines;
        row["is_new"] = number > lines.size();
        if (number <= lines.size()) row["was"] = was(lines[number - 1]);
        return row;
    }

    json::array streams(std::string_view chosen) const {
        json::array options;
        options.push_back(option("", say("gate_correct.no_stream"), chosen));
        for (const auto& key : ledger::all_streams()) {
            options.push_back(option(key.code, words_.stream(key.key), chosen));
        }
        return options;
    }

    json::array bases(std::size_t number, std::string_view chosen) const {
        json::array options;
        const auto& lines = at_.car.visit.lines;
        const bool was_standard =
            number <= lines.size() && lines[number - 1].weighing.basis == ledger::Basis::standard;
        for (const std::string_view code : {"measured", "estimated", "standard"}) {
            if (code == "standard" && !was_standard) continue;
            options.push_back(option(code, say("basis." + std::string(code)), chosen));
        }
        return options;
    }

    /// "Nu: Hergebruik, Meubels, 42,5 kg"
    std::string was(const GateLine& line) const {
        return say("gate_correct.was",
                   {{"lane", say("lane." + std::string(code_of(line.lane)))},
                    {"stream", words_.stream(line.stream)},
                    {"mass", typed_kilograms(words_.language(), line.weighing.grams)}});
    }

    json::array rows() const {
        json::array made;
        for (std::size_t i = 1; i <= rows_of(at_.car); ++i) made.push_back(row(i));
        return made;
    }

    /// In the order of the form; what is about no field stands first.
    json::array errors() const {
        json::array errors;
        if (!at_.refusal) return errors;
        if (at_.refusal->fields.empty()) {
            errors.push_back(
                json::object{{"field_id", "reason"}, {"error", words_.say(*at_.refusal)}});
        }
        for (const auto& wrong : at_.refusal->fields) {
            auto words = words_.say(Refusal{wrong.code, wrong.arguments, {}});
            if (const auto mark = wrong.field.find('_'); mark != wrong.field.npos) {
                words = say("gate_correct.line", {{"number", wrong.field.substr(mark + 1)}}) +
                        ": " + words;
            }
            errors.push_back(json::object{{"field_id", wrong.field}, {"error", words}});
        }
        return errors;
    }

    const people::Site& site_;
    const http::Request& request_;
    const CarLook& at_;
    Words words_;
};

http::Response show_car(const people::Site& site, const http::Request& request) {
    auto found = car_look(site, request);
    if (auto* const answer = std::get_if<http::Response>(&found)) return std::move(*answer);
    auto& at = std::get<CarLook>(found);
    at.answers = answers_of(at.car, http::language_of(request));
    return CorrectionPage(site, request, at).answer_page();
}

/// True when the form was booked before, and asked for the same: its answer got lost. Refuses
/// "intake.already_sent" when somebody went back and changed an answer.
Result<bool> was_booked(Transaction& tx, const CarLook& at, const ledger::Deed& deed,
                        const Result<Correction>& correction) {
    const auto centre = at.look.centre.id;
    const auto known = ledger::movement(tx, centre, {deed.action.id});
    if (!known) return false;
    if (known->reverses == ledger::MovementId{at.car.id.bytes}) return true;
    if (!correction) return refuse("intake.already_sent");
    const auto draft = draft_of(*correction, at.car, centre, VisitId{deed.action.id});
    if (!ledger::post(tx, draft, deed.caller, deed.received)) return refuse("intake.already_sent");
    return true;
}

/// Refuses what `read_correction` and `correct_car` refuse, "intake.form_incomplete" and
/// "intake.already_sent".
Result<void> book_correction(Transaction& tx, const CarLook& at, const http::Request& request,
                             const ledger::OnReversal* on_reversal) {
    const auto id = VisitId::parse(answer(at.answers, "id"));
    if (!id) return refuse("intake.form_incomplete");
    ledger::Deed deed;
    deed.action.centre = at.look.centre.id;
    deed.action.id = id->bytes;
    deed.caller = at.look.caller;
    deed.happened_at = deed.received = request.received;
    const auto correction = read_correction(tx, at.answers, at.car);
    const auto known = was_booked(tx, at, deed, correction);
    if (!known) return refuse(known.error());
    if (*known) return {};
    if (answer(at.answers, "what") == "undo") {
        const auto mistake = read_mistake(at.answers);
        if (!mistake) return refuse(mistake.error());
        return take_back(tx, deed, at.car.id, *mistake, on_reversal);
    }
    if (!correction) return refuse(correction.error());
    return correct_car(tx, deed, *correction, on_reversal);
}

Task<http::Response> take_car(people::Site site, const ledger::OnReversal* on_reversal,
                              const http::Request& request) {
    auto found = car_look(site, request);
    if (auto* const answer = std::get_if<http::Response>(&found)) co_return std::move(*answer);
    auto& at = std::get<CarLook>(found);
    if (!people::sent_from_here(request)) {
        co_return people::stopped(site, request, 403, "error.other_site");
    }
    const auto form = request.form();
    if (!form) co_return http::problem(request, 400, form.error());
    for (const auto& part : form->parts) at.answers.emplace(part.name, part.content);
    const auto book = [&](Transaction& tx) {
        return book_correction(tx, at, request, on_reversal);
    };
    const auto done = co_await site.store.write_in(Strand{at.look.centre.id.value}, book);
    if (!done) {
        at.refusal = done.error();
        co_return CorrectionPage(site, request, at).answer_page();
    }
    const bool only_undone = answer(at.answers, "what") == "undo";
    co_return http::see_other(cars_url(at.look.centre, at.look.period.code, {}) +
                              (only_undone ? "?gedaan=undo" : "?gedaan=correct"));
}

} // namespace

std::string car_url(const network::CentreRow& centre, std::string_view period, const VisitId& id) {
    return cars_url(centre, period, {}) + "/" + id.text();
}

http::Routes correction_routes(const people::Site& site, const ledger::OnReversal* on_reversal) {
    const std::string at = "/centra/{centre}/poort/{period}/autos/{visit}";
    return {
        {http::Method::get, at,
         http::at_once([site](const http::Request& request) { return show_car(site, request); })},
        {http::Method::post, at,
         [site, on_reversal](const http::Request& request) {
             return take_car(site, on_reversal, request);
         }},
    };
}

} // namespace kringwerk::intake
