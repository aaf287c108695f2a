// SPDX-License-Identifier: EUPL-1.2
#include "platform/mail/mail.hpp"

#include "platform/mail/sink_testing.hpp"
#include "platform/store/store_testing.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

using namespace kringwerk;
using namespace kringwerk::mail;

namespace {

constexpr Instant morning{1'804'845'360'000}; // 2027-03-12
constexpr std::int64_t minute_ms = 60 * 1000;

struct Post {
    std::filesystem::path folder = [] {
        auto name = (std::filesystem::temp_directory_path() / "kw-mail-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        return std::filesystem::path(name);
    }();
    std::optional<kringwerk::testing::ScratchBooks> books{folder};
    std::unique_ptr<Store> store = books->open();
    mail::testing::Sink sink;
    Server server{sink.url(), "kringwerk@example.org"};

    Post() = default;
    Post(const Post&) = delete;
    Post& operator=(const Post&) = delete;
    ~Post() {
        store.reset();
        books.reset();
        std::filesystem::remove_all(folder);
    }
    void write(const std::string& to, const std::string& subject, const std::string& words) const {
        store
            ->write([&](Transaction& tx) {
                mail::post(tx, {to, subject, words}, morning);
                return 0;
            })
            .get();
    }
    std::optional<std::string> fault() const {
        return store->read([](Snapshot& view) { return last_fault(view); });
    }
};

bool has(const std::string& letter, std::string_view words) {
    return letter.find(words) != letter.npos;
}

} // namespace

TEST_CASE("a letter arrives with all that a mail program asks for, and once") {
    const Post post;
    post.write("mara@example.org", "De back-up is mislukt", "Beste Mara,\n\nÉén regel = hier.\n");
    CHECK(deliver(*post.store, post.server, morning).sent == 1);
    CHECK(deliver(*post.store, post.server, morning).sent == 0);
    const auto letters = post.sink.letters();
    REQUIRE(letters.size() == 1);
    const auto& letter = letters.front();
    CHECK(has(letter, "MAIL FROM:<kringwerk@example.org>"));
    CHECK(has(letter, "RCPT TO:<mara@example.org>"));
    CHECK(has(letter, "\nDate: Fri, 12 Mar 2027 "));
    CHECK(has(letter, "\nSubject: De back-up is mislukt\n"));
    CHECK(has(letter, "\nMessage-ID: <kringwerk.1."));
    CHECK(has(letter, "charset=utf-8"));
    CHECK(has(letter, "Beste Mara,\n\n=C3=89=C3=A9n regel =3D hier."));
}

TEST_CASE("what the mail server does not take now is tried again, later each time") {
    Post post;
    post.write("mara@example.org", "Eén", "Hier.\n");
    post.sink.refuses = true;
    CHECK(deliver(*post.store, post.server, morning).failed == 1);
    CHECK(has(post.fault().value_or(""), "451"));
    CHECK(deliver(*post.store, post.server, morning).failed == 0); // not yet
    post.sink.refuses = false;
    CHECK(deliver(*post.store, post.server, {morning.ms + minute_ms}).sent == 1);
    CHECK_FALSE(post.fault());
    CHECK(post.sink.letters().size() == 1);
}

TEST_CASE("a mail server that is not there is a fault of the letter, not of the program") {
    Post post;
    for (int i = 0; i < 5; ++i) post.write("mara@example.org", "Eén", "Hier.\n");
    post.server.url = "smtp://127.0.0.1:9";                        // discard: nobody listens
    CHECK(deliver(*post.store, post.server, morning).failed == 2); // the others need not try
    CHECK(post.fault());
}

TEST_CASE("a line to another machine is encrypted or not used") {
    const Post post;
    // The sink offers no TLS. By a name that is not loopback's it is another machine.
    const auto port = post.sink.url().substr(post.sink.url().rfind(':'));
    const Server elsewhere{"smtp://0.0.0.0" + port, "kringwerk@example.org"};
    CHECK_THROWS_AS(mail::send(elsewhere, {"mara@example.org", "Eén", "Hier."}, 1, morning),
                    Breakdown);
    CHECK(post.sink.letters().empty());
}

TEST_CASE("a subject may hold any letter, and none is cut in two") {
    CHECK(encoded_words("Back-up") == "Back-up");
    CHECK(encoded_words("Eén") == "=?UTF-8?B?RcOpbg==?=");
    std::string accents;
    for (int i = 0; i < 40; ++i) accents += "é";
    const auto words = encoded_words(accents);
    CHECK(words.find("\r\n =?UTF-8?B?") != words.npos);
    CHECK(words.find("w6k=?=") != words.npos); // ends on a whole letter
}
