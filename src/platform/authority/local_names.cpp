// SPDX-License-Identifier: EUPL-1.2
#include "platform/authority/local_names.hpp"

#include "base/ensure.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>

namespace kringwerk::authority {
namespace {

struct CardsFreer {
    void operator()(ifaddrs* list) const { freeifaddrs(list); }
};

std::vector<std::string> own_host_names() {
    std::array<char, 256> name{};
    if (gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return {};
    std::string own(name.data());
    // "kringwerk.example.nl" is found by neighbours under its first word.
    auto neighbour = own.substr(0, own.find('.')) + ".local";
    if (own == "localhost") return {};
    return {std::move(own), std::move(neighbour)};
}

/// Empty for what is no address of the Internet Protocol, or of use on one cable only.
std::string card_address(const sockaddr& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* bytes = nullptr;
    if (address.sa_family == AF_INET) {
        bytes = &reinterpret_cast<const sockaddr_in&>(address).sin_addr;
    } else if (address.sa_family == AF_INET6) {
        const auto& six = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
        if (!IN6_IS_ADDR_LINKLOCAL(&six)) bytes = &six;
    }
    if (bytes == nullptr) return {};
    return inet_ntop(address.sa_family, bytes, text.data(), text.size());
}

std::vector<std::string> own_addresses() {
    ifaddrs* first = nullptr;
    if (getifaddrs(&first) != 0) throw Breakdown("the system does not tell its addresses");
    const std::unique_ptr<ifaddrs, CardsFreer> list(first);
    std::vector<std::string> addresses;
    for (const auto* card = list.get(); card != nullptr; card = card->ifa_next) {
        if (card->ifa_addr == nullptr || (card->ifa_flags & IFF_LOOPBACK) != 0) continue;
        auto address = card_address(*card->ifa_addr);
        if (!address.empty()) addresses.push_back(std::move(address));
    }
    return addresses;
}

std::vector<std::string> each_once(std::vector<std::string> all) {
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

} // namespace

LocalNames own_names() { return {each_once(own_host_names()), each_once(own_addresses())}; }

} // namespace kringwerk::authority
