// SPDX-License-Identifier: EUPL-1.2
#include "base/ensure.hpp"
#include "base/words.hpp"
#include "platform/mail/mail.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <memory>
#include <mutex>

namespace kringwerk::mail {
namespace {

struct CloseCurl {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct FreeMime {
    void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

void append(List& list, const std::string& line) {
    auto* const longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw Breakdown("no memory for a letter");
    std::ignore = list.release();
    list.reset(longer);
}

void start_curl() {
    static std::once_flag started;
    std::call_once(started, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

/// Nobody listens in on the way to a mail server on this machine, whose certificate often is none.
bool is_this_machine(std::string_view url) {
    const auto begin = url.find("://");
    if (begin != url.npos) url.remove_prefix(begin + 3);
    return url.starts_with("127.") || url.starts_with("localhost") || url.starts_with("[::1]");
}

std::string domain_of(const std::string& address) {
    const auto at = address.find('@');
    return at == address.npos ? "localhost" : address.substr(at + 1);
}

List headers_of(const Server& server, const Letter& letter, std::int64_t number, Instant made_at) {
    List headers;
    append(headers, "Date: " + letter_date(made_at));
    append(headers, "From: Kringwerk <" + server.from + ">");
    append(headers, "To: <" + letter.to + ">");
    append(headers, "Subject: " + encoded_words(letter.subject));
    append(headers, fmt::format("Message-ID: <kringwerk.{}.{}@{}>", number, made_at.ms,
                                domain_of(server.from)));
    append(headers, "Auto-Submitted: auto-generated"); // no answer of somebody who is away
    return headers;
}

std::string base64(std::string_view text) {
    constexpr std::string_view signs =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string coded;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            const auto byte = i + j < text.size() ? static_cast<unsigned char>(text[i + j]) : 0U;
            bits = (bits << 8) | byte;
        }
        for (std::size_t j = 0; j < 4; ++j) {
            const auto sign = signs[(bits >> (18 - 6 * j)) & 63U];
            coded += i + j <= text.size() ? sign : '=';
        }
    }
    return coded;
}

/// As mail has them.
std::string with_line_ends(std::string_view text) {
    std::string lines;
    for (const char sign : text) {
        if (sign == '\n') lines += '\r';
        lines += sign;
    }
    return lines;
}

bool is_plain(std::string_view text) {
    for (const char sign : text) {
        if (sign < ' ' || sign > '~') return false;
    }
    return true;
}

} // namespace

/// In parts of at most 45 bytes, none of which cuts a letter of UTF-8.
std::string encoded_words(std::string_view text) {
    if (is_plain(text) && text.size() <= 70) return std::string(text);
    std::string words;
    while (!text.empty()) {
        auto length = std::min<std::size_t>(text.size(), 45);
        while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) {
            --length;
        }
        words += (words.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") +
                 base64(text.substr(0, length)) + "?=";
        text.remove_prefix(length);
    }
    return words;
}

std::string letter_date(Instant moment) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto text = format_instant(moment); // in UTC
    const auto day = parse_day(text.substr(0, 10)).value();
    const auto parts = calendar(day);
    return fmt::format("{}, {:02} {} {} {} +0000", days[weekday(day)], parts.day,
                       months[parts.month - 1], parts.year, text.substr(11, 8));
}

void send(const Server& server, const Letter& letter, std::int64_t number, Instant made_at) {
    start_curl();
    const std::unique_ptr<CURL, CloseCurl> curl(curl_easy_init());
    if (!curl) throw Breakdown("libcurl does not start");
    const auto headers = headers_of(server, letter, number, made_at);
    List recipients;
    append(recipients, "<" + letter.to + ">");
    const std::unique_ptr<curl_mime, FreeMime> mime(curl_mime_init(curl.get()));
    auto* const part = curl_mime_addpart(mime.get());
    const auto words = with_line_ends(letter.words);
    curl_mime_data(part, words.data(), words.size());
    curl_mime_type(part, "text/plain; charset=utf-8");
    curl_mime_encoder(part, "quoted-printable");
    std::array<char, CURL_ERROR_SIZE> said{};
    const auto set = [&](auto option, auto value) {
        ensure(curl_easy_setopt(curl.get(), option, value) == CURLE_OK, "libcurl sends mail");
    };
    set(CURLOPT_ERRORBUFFER, said.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_URL, server.url.c_str());
    set(CURLOPT_CONNECTTIMEOUT, 15L);
    set(CURLOPT_TIMEOUT, 60L);
    set(CURLOPT_USE_SSL,
        static_cast<long>(is_this_machine(server.url) ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    if (!server.user.empty()) {
        set(CURLOPT_USERNAME, server.user.c_str());
        set(CURLOPT_PASSWORD, server.password.c_str());
    }
    set(CURLOPT_MAIL_FROM, ("<" + server.from + ">").c_str());
    set(CURLOPT_MAIL_RCPT, recipients.get());
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_MIMEPOST, mime.get());
    const auto code = curl_easy_perform(curl.get());
    if (code == CURLE_OK) return;
    throw Breakdown(
        fmt::format("{}: {}", server.url, said[0] ? said.data() : curl_easy_strerror(code)));
}

} // namespace kringwerk::mail
