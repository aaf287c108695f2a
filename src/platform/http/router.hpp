// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kringwerk::http {

constexpr std::size_t method_count = 7;
std::string_view name_of(Method method);

/// Finds the route of a path, segment by segment. A segment spelled out wins over a capture; when
/// that leads nowhere, the capture is tried.
class Router {
  public:
    /// Throws `Bug` for a pattern that is none, or that another route with its method also claims.
    explicit Router(Routes routes);

    struct Match {
        const Route* route = nullptr; ///< null: no route takes that path with that method
        std::size_t number = 0;       ///< which route, counted from 0
        bool path_known = false;      ///< some method would have worked
        std::string allow;            ///< which, as the Allow header says it; only without a route
        std::vector<std::pair<std::string, std::string>> captures;
    };
    /// `raw_path` as sent, without the query: "/zoek%2Fen" is one segment. HEAD falls back to GET.
    Match find(Method method, std::string_view raw_path) const;

    std::size_t size() const { return routes_.size(); }

  private:
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> children;
        std::unique_ptr<Node> capture;
        std::array<std::size_t, method_count> routes{}; ///< number + 1; 0: none
    };
    struct Search;

    void add(std::size_t number);
    static std::size_t route_at(const Node& node, Method method);
    std::size_t descend(const Node& node, std::size_t depth, Search& search) const;

    Routes routes_;
    std::vector<std::vector<std::string>> capture_names_;
    Node root_;
};

} // namespace kringwerk::http
