// SPDX-License-Identifier: EUPL-1.2
#include "platform/authority/profile.hpp"

#include "base/hash.hpp"
#include "base/id.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

namespace kringwerk::authority {
namespace {

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char sign : text) {
        if (sign == '&')
            safe += "&amp;";
        else if (sign == '<')
            safe += "&lt;";
        else if (sign == '>')
            safe += "&gt;";
        else
            safe += sign;
    }
    return safe;
}

std::string base64(std::string_view bytes) {
    // EVP_EncodeBlock writes a NUL behind the text as well.
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::string uuid(std::string_view der, std::string_view part) {
    return format_uuid(derive_uuid8(std::array{std::string_view("apple profile"), part, der}));
}

constexpr std::string_view form = R"(<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>PayloadContent</key>
  <array>
    <dict>
      <key>PayloadCertificateFileName</key><string>kringwerk.crt</string>
      <key>PayloadContent</key><data>{certificate}</data>
      <key>PayloadDisplayName</key><string>{name}</string>
      <key>PayloadIdentifier</key><string>{id}.root</string>
      <key>PayloadType</key><string>com.apple.security.root</string>
      <key>PayloadUUID</key><string>{root_uuid}</string>
      <key>PayloadVersion</key><integer>1</integer>
    </dict>
  </array>
  <key>PayloadDisplayName</key><string>{name}</string>
  <key>PayloadIdentifier</key><string>{id}</string>
  <key>PayloadRemovalDisallowed</key><false/>
  <key>PayloadType</key><string>Configuration</string>
  <key>PayloadUUID</key><string>{profile_uuid}</string>
  <key>PayloadVersion</key><integer>1</integer>
</dict>
</plist>
)";

} // namespace

std::string apple_profile(std::string_view der, std::string_view name) {
    return fmt::format(form, fmt::arg("certificate", base64(der)), fmt::arg("name", escaped(name)),
                       fmt::arg("id", "kringwerk." + hex(sha256(der)).substr(0, 16)),
                       fmt::arg("root_uuid", uuid(der, "root")),
                       fmt::arg("profile_uuid", uuid(der, "profile")));
}

} // namespace kringwerk::authority
