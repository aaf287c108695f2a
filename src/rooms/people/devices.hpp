// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"
#include "rooms/people/types.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Tablets and computers that people of a centre share.
namespace kringwerk::people {

/// The cookie of a registered device; it holds the device's key.
inline constexpr std::string_view device_cookie = "kw_device";

struct Device {
    CentreId centre;
    std::int64_t device = 0;
    std::string name;
    Instant made_at;
    Instant seen_at;
    std::string store;         ///< name that the browser's storage gave itself
    std::int64_t sequence = 0; ///< highest number of an action that arrived
    std::int64_t received = 0; ///< how many different ones arrived
    std::int64_t waiting = 0;  ///< how many it said it still kept
    Instant oldest_at;         ///< when the oldest of these happened; 0: none
    std::int64_t offset_ms = 0;
    std::optional<Instant> wiped_at;
    std::optional<Instant> blocked_at;

    /// Numbers that never arrived, though later ones did.
    std::int64_t missing() const { return sequence - received; }
};

/// What "people.device_name_needed" is refused by: something, and at most 60 letters.
bool is_device_name(std::string_view name);
/// Registers one and gives its key, "kwd_<centre>_...", which is nowhere else. Refuses
/// "people.device_name_needed".
Result<std::string> add_device(Transaction& tx, CentreId centre, std::string_view name,
                               Instant now);
/// The device of a key, blocked or not.
std::optional<Device> device_of(Snapshot& view, std::string_view key);
std::vector<Device> devices(Snapshot& view, CentreId centre);
void block_device(Transaction& tx, CentreId centre, std::int64_t device, Instant now);
/// Its key opens the same door again, and what it kept meanwhile still comes in.
void unblock_device(Transaction& tx, CentreId centre, std::int64_t device);
/// Refuses "people.device_name_needed".
Result<void> rename_device(Transaction& tx, CentreId centre, std::int64_t device,
                           std::string_view name);

/// What a device said about itself with a delivery.
struct DeviceReport {
    std::string store;
    std::int64_t waiting = 0;
    Instant oldest_at;
    std::int64_t offset_ms = 0;
    std::int64_t highest = 0; ///< number of the newest action of this delivery; 0: none
    std::int64_t fresh = 0;   ///< how many of them had not arrived before
};
void note_device(Transaction& tx, const Device& device, const DeviceReport& report, Instant now);

} // namespace kringwerk::people
