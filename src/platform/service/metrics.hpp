// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a running program tells those who look after it. The libraries underneath show nowhere.
namespace kringwerk::service {

using Labels = std::vector<std::pair<std::string, std::string>>;

/// One number of this moment: a counter only grows, a gauge goes up and down.
enum class FigureKind : std::uint8_t { counter, gauge };
struct Figure {
    FigureKind kind = FigureKind::gauge;
    std::string name; ///< "kringwerk_connections"; several with the same name stand together
    std::string help; ///< one line
    double value = 0;
    Labels labels = {};
};

/// How often something was how large: up to the first bound, up to the second, ..., beyond.
struct Spread {
    std::string name;
    std::string help;
    std::vector<double> bounds;
    std::vector<std::uint64_t> counts; ///< one more than there are bounds
    double sum = 0;
};

/// Counts requests, and writes all figures in the text that Prometheus reads (format 0.0.4). Safe
/// from any thread.
class Metrics {
  public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// Counts a request that was answered. `pattern`: of its route; empty when there was none.
    /// Without `took` it is counted only: a stream lasts as long as somebody listens.
    void count(std::string_view method, std::string_view pattern, int status,
               std::optional<std::chrono::microseconds> took);
    /// What was counted, `figures` and `spreads`.
    std::string page(const std::vector<Figure>& figures, const std::vector<Spread>& spreads) const;

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

inline constexpr std::string_view metrics_content_type = "text/plain; version=0.0.4; charset=utf-8";

} // namespace kringwerk::service
