// SPDX-License-Identifier: EUPL-1.2
#include "platform/service/metrics.hpp"

#include "base/ensure.hpp"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

namespace kringwerk::service {
namespace {

/// From a page out of the memory to an import; a page should be there in a tenth of a second.
const prometheus::Histogram::BucketBoundaries durations{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                        0.1,   0.25,   0.5,   1,    2.5,   10};

using Families = std::vector<prometheus::MetricFamily>;

prometheus::MetricFamily& family_of(Families& families, const std::string& name,
                                    const std::string& help, prometheus::MetricType type) {
    const auto found =
        std::find_if(families.begin(), families.end(),
                     [&](const prometheus::MetricFamily& family) { return family.name == name; });
    if (found != families.end()) return *found;
    return families.emplace_back(prometheus::MetricFamily{name, help, type, {}});
}

void add(Families& families, const Figure& figure) {
    using enum prometheus::MetricType;
    const bool grows = figure.kind == FigureKind::counter;
    prometheus::ClientMetric metric;
    for (const auto& [name, value] : figure.labels) metric.label.push_back({name, value});
    (grows ? metric.counter.value : metric.gauge.value) = figure.value;
    family_of(families, figure.name, figure.help, grows ? Counter : Gauge)
        .metric.push_back(std::move(metric));
}

void add(Families& families, const Spread& spread) {
    ensure(spread.counts.size() == spread.bounds.size() + 1,
           "a spread has a count beyond its bounds");
    prometheus::ClientMetric metric;
    auto& histogram = metric.histogram;
    for (std::size_t i = 0; i < spread.counts.size(); ++i) {
        histogram.sample_count += spread.counts[i];
        if (i == spread.bounds.size()) break; // the serializer adds what is beyond
        histogram.bucket.push_back({histogram.sample_count, spread.bounds[i]});
    }
    histogram.sample_sum = spread.sum;
    family_of(families, spread.name, spread.help, prometheus::MetricType::Histogram)
        .metric.push_back(std::move(metric));
}

} // namespace

struct Metrics::Inside {
    using Answer = std::tuple<std::string, std::string, int>; ///< method, pattern, status

    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests =
        prometheus::BuildCounter()
            .Name("kringwerk_http_requests_total")
            .Help("Requests that were answered, by pattern of the address and status.")
            .Register(registry);
    prometheus::Family<prometheus::Histogram>& times =
        prometheus::BuildHistogram()
            .Name("kringwerk_http_request_duration_seconds")
            .Help("From the end of the head of a request to the end of its answer.")
            .Register(registry);
    /// What the families gave before: finding it here takes no labels.
    std::mutex mutex;
    std::map<Answer, prometheus::Counter*> counters;
    std::map<std::string, prometheus::Histogram*, std::less<>> histograms;

    prometheus::Counter& counter(Answer answer) {
        const auto [found, is_new] = counters.try_emplace(std::move(answer), nullptr);
        const auto& [method, pattern, status] = found->first;
        if (is_new) {
            found->second = &requests.Add(
                {{"method", method}, {"pattern", pattern}, {"status", std::to_string(status)}});
        }
        return *found->second;
    }
    prometheus::Histogram& histogram(std::string_view pattern) {
        const auto found = histograms.find(pattern);
        if (found != histograms.end()) return *found->second;
        auto& made = times.Add({{"pattern", std::string(pattern)}}, durations);
        histograms.emplace(pattern, &made);
        return made;
    }
};

Metrics::Metrics() : inside_(std::make_unique<Inside>()) {}
Metrics::~Metrics() = default;

void Metrics::count(std::string_view method, std::string_view pattern, int status,
                    std::optional<std::chrono::microseconds> took) {
    if (pattern.empty()) pattern = "none";
    const std::scoped_lock lock(inside_->mutex);
    inside_->counter({std::string(method), std::string(pattern), status}).Increment();
    if (!took) return;
    inside_->histogram(pattern).Observe(std::chrono::duration<double>(*took).count());
}

std::string Metrics::page(const std::vector<Figure>& figures,
                          const std::vector<Spread>& spreads) const {
    auto families = inside_->registry.Collect();
    for (const auto& figure : figures) add(families, figure);
    for (const auto& spread : spreads) add(families, spread);
    return prometheus::TextSerializer().Serialize(families);
}

} // namespace kringwerk::service
