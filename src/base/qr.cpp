// SPDX-License-Identifier: EUPL-1.2
#include "base/qr.hpp"

#include "base/ensure.hpp"

#include <qrencode.h>

#include <cerrno>
#include <memory>

namespace kringwerk {
namespace {

struct Freer {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

} // namespace

Result<QrCode> make_qr(std::string_view text) {
    constexpr std::size_t most = 2331; // version 40 with correction M, bytes
    if (text.empty()) return refuse("qr.empty");
    if (text.size() > most) return refuse("qr.too_long", {{"most", std::to_string(most)}});
    const std::unique_ptr<QRcode, Freer> made(
        QRcode_encodeData(static_cast<int>(text.size()),
                          reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
    if (!made && errno == ENOMEM) throw Breakdown("no memory for a QR code");
    ensure(made != nullptr, "a text of at most 2,331 bytes fits in a QR code");
    QrCode code{std::string(text), static_cast<std::size_t>(made->width), {}};
    code.dark.reserve(code.size * code.size);
    for (std::size_t i = 0; i < code.size * code.size; ++i) {
        code.dark.push_back((made->data[i] & 1) != 0);
    }
    return code;
}

} // namespace kringwerk
