// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "platform/authority/openssl.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Tablets install a web app only over HTTPS, and no public authority gives a certificate for
/// "kringwerk.local". So the server is its own authority: a tablet trusts it once, by hand.
namespace kringwerk::authority {

/// What the server needs to speak TLS.
struct ServerCertificate {
    std::filesystem::path certificate; ///< server.pem: the server's first, then the authority's
    std::filesystem::path key;         ///< server.key.pem
    std::vector<std::string> names;    ///< what it is good for, sorted
    std::vector<std::string> left_out; ///< names that the authority is not allowed to vouch for
    Instant ends;
    bool is_new = false; ///< made just now
};

class Authority {
  public:
    /// Makes server.pem and server.key.pem, or keeps them while they are sound, for exactly these
    /// names, and good for 30 days more. Damaged ones are made anew: nobody loses anything by it.
    /// Refusals: authority.no_names when nothing is left to vouch for. Throws `Breakdown`.
    Result<ServerCertificate> make_server_certificate(std::span<const std::string> names,
                                                      std::span<const std::string> addresses,
                                                      Instant now) const;

    /// The certificate as Android and Windows take it, in a file that ends in .crt.
    std::string der() const;
    /// SHA-256 of `der` as telephones show it, in four lines of eight pairs: "3F 2A 9C …".
    std::string fingerprint() const;
    /// The certificate as an iPad takes it, in a file that ends in .mobileconfig. The same
    /// certificate gives the same bytes, so that installing twice replaces.
    std::string mobileconfig() const;
    Instant ends() const;

  private:
    friend Result<Authority> open_or_make(const std::filesystem::path&, std::string_view,
                                          std::span<const std::string>, Instant);
    Authority(std::filesystem::path folder, Key key, Certificate certificate);

    std::filesystem::path folder_;
    Key key_;
    Certificate certificate_;
};

/// Reads authority.key.pem and authority.pem from `folder`, or makes them there when neither is
/// there. `names` are DNS names of this server beyond those inside the house, which the authority
/// may vouch for as well; they count only when it is made.
/// Refusals, in this order: authority.damaged when a file cannot be read as what it is or lacks its
/// key, authority.expired. Throws `Breakdown` when the disk fails.
Result<Authority> open_or_make(const std::filesystem::path& folder, std::string_view network_name,
                               std::span<const std::string> names, Instant now);

} // namespace kringwerk::authority
