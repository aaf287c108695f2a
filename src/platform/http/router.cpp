// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/router.hpp"

#include "base/ensure.hpp"
#include "platform/http/encoding.hpp"

#include <algorithm>

namespace kringwerk::http {
namespace {

constexpr std::array<std::string_view, method_count> names{"GET",   "HEAD",   "POST",   "PUT",
                                                           "PATCH", "DELETE", "OPTIONS"};

std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    path.remove_prefix(1);
    for (;;) {
        const auto end = path.find('/');
        segments.push_back(path.substr(0, end));
        if (end == path.npos) return segments;
        path.remove_prefix(end + 1);
    }
}

std::string spelled(const Route& route) {
    return std::string(name_of(route.method)) + " " + route.pattern;
}

} // namespace

std::string_view name_of(Method method) { return names.at(static_cast<std::size_t>(method)); }

/// What one look-up carries down the tree.
struct Router::Search {
    Method method;
    std::vector<std::string> decoded; ///< only when something was escaped
    std::vector<std::string_view> segments;
    std::vector<std::size_t> captured; ///< which segments captures took
    std::array<bool, method_count> allowed{};
    bool path_known = false;
};

Router::Router(Routes routes) : routes_(std::move(routes)), capture_names_(routes_.size()) {
    for (std::size_t number = 0; number < routes_.size(); ++number) add(number);
}

void Router::add(std::size_t number) {
    const auto& route = routes_[number];
    ensure(route.pattern.starts_with('/'), "a route begins with a slash: " + spelled(route));
    ensure(route.handler != nullptr, "a route has a handler: " + spelled(route));
    auto* node = &root_;
    for (const auto segment : segments_of(route.pattern)) {
        if (segment.starts_with('{')) {
            ensure(segment.size() > 2 && segment.ends_with('}'),
                   "a capture is one whole segment: " + spelled(route));
            capture_names_[number].emplace_back(segment.substr(1, segment.size() - 2));
            if (!node->capture) node->capture = std::make_unique<Node>();
            node = node->capture.get();
            continue;
        }
        auto& child = node->children[std::string(segment)];
        if (!child) child = std::make_unique<Node>();
        node = child.get();
    }
    auto& place = node->routes.at(static_cast<std::size_t>(route.method));
    ensure(place == 0, "no two routes claim the same path: " + spelled(route));
    place = number + 1;
}

std::size_t Router::route_at(const Node& node, Method method) {
    const auto found = node.routes.at(static_cast<std::size_t>(method));
    if (found != 0 || method != Method::head) return found;
    return node.routes.at(static_cast<std::size_t>(Method::get));
}

std::size_t Router::descend(const Node& node, std::size_t depth, Search& search) const {
    if (depth == search.segments.size()) {
        for (std::size_t i = 0; i < method_count; ++i) {
            if (node.routes[i] == 0) continue;
            search.path_known = search.allowed[i] = true;
        }
        return route_at(node, search.method);
    }
    const auto segment = search.segments[depth];
    const auto child = node.children.find(segment);
    if (child != node.children.end()) {
        if (const auto found = descend(*child->second, depth + 1, search)) return found;
    }
    if (!node.capture || segment.empty()) return 0;
    search.captured.push_back(depth);
    if (const auto found = descend(*node.capture, depth + 1, search)) return found;
    search.captured.pop_back();
    return 0;
}

Router::Match Router::find(Method method, std::string_view raw_path) const {
    Match match;
    if (!raw_path.starts_with('/')) return match;
    Search search;
    search.method = method;
    search.segments = segments_of(raw_path);
    if (raw_path.find('%') != raw_path.npos) {
        for (const auto segment : search.segments) {
            search.decoded.push_back(percent_decoded(segment, Plus::stays).value_or(""));
        }
        search.segments.assign(search.decoded.begin(), search.decoded.end());
    }
    const auto found = descend(root_, 0, search);
    match.path_known = search.path_known;
    if (found != 0) {
        match.number = found - 1;
        match.route = &routes_[match.number];
        const auto& named = capture_names_[match.number];
        for (std::size_t i = 0; i < named.size(); ++i) {
            match.captures.emplace_back(named[i], search.segments[search.captured[i]]);
        }
        return match;
    }
    if (search.allowed[static_cast<std::size_t>(Method::get)]) {
        search.allowed[static_cast<std::size_t>(Method::head)] = true;
    }
    search.allowed[static_cast<std::size_t>(Method::options)] = search.path_known;
    for (std::size_t i = 0; i < method_count; ++i) {
        if (!search.allowed[i]) continue;
        if (!match.allow.empty()) match.allow += ", ";
        match.allow += names[i];
    }
    return match;
}

} // namespace kringwerk::http
