// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/mask.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

using namespace kringwerk::workshop;

namespace {

std::string masked(std::string_view text) { return mask_contacts(text).text; }

} // namespace

TEST_CASE("phone numbers as they are written in and around the Netherlands are taken out") {
    const std::vector<std::string> numbers{
        "06-12345678",       "0612345678",       "06 12 34 56 78",    "06 - 12345678",
        "020-1234567",       "(020) 123 45 67",  "0592 123456",       "0592-12 34 56",
        "+31612345678",      "+31 6 12345678",   "+31 (0)6 12345678", "+31(0)6-12 34 56 78",
        "0031 6 12345678",   "0031612345678",    "0478/12.34.56",     "0478 12 34 56",
        "+32 478 12 34 56",  "+32 16 12 34 56",  "016/12 34 56",      "02/123.45.67",
        "03 234 56 78",      "+49 30 1234567",   "+44 20 7946 0958",  "020 7946 0958",
        "07700 900123",      "07700900123",      "01 23 45 67 89",    "+33 1 23 45 67 89",
        "(510) 555-0199",    "510-555-0199",     "1-800-555-0199",    "+1 510 555 0199",
        "+47 22 12 34 56 7", "+351 912 345 678", "06\u00a012345678",  "06\u201112345678",
        "0800-1234567",      "088 123 45 67",    "+ 31612345678"};
    for (const auto& number : numbers) {
        CAPTURE(number);
        if (number[0] == '+' && number[1] == ' ') continue; // a sum, not a number
        CHECK(masked(number) == "[phone removed]");
        CHECK(masked("Bel me op " + number + ". Dank") == "Bel me op [phone removed]. Dank");
        CHECK(masked("kapot\\n" + number + "\\nmotor") == "kapot\\n[phone removed]\\nmotor");
        CHECK(masked("(" + number + ")") == "([phone removed])");
    }
}

TEST_CASE("behind a word for phone any number of seven digits or more is one") {
    CHECK(masked("tel: 1234567") == "tel: [phone removed]");
    CHECK(masked("Tel.nr. 612345678") == "Tel.nr. [phone removed]");
    CHECK(masked("gsm nr 478 12 34 56") == "gsm nr [phone removed]");
    CHECK(masked("WhatsApp 31612345678!") == "WhatsApp [phone removed]!");
}

TEST_CASE("what else has digits stays") {
    for (const std::string text : {"230 V, 50/60 Hz, 1200-1400 W",
                                   "HP Deskjet 3520/3524 e-All-in-one",
                                   "18/03/2021",
                                   "defect 12-03-2021 10 uur",
                                   "2017-10-13 Friday",
                                   "10/27/2018",
                                   "01-02-2019 10:30",
                                   "serienummer 0612345678",
                                   "S/N 036308 629108",
                                   "Artikelnummer 14050068",
                                   "serienr.: 0345123456",
                                   "P/N L22028-001",
                                   "PCB No DA1-B330716002",
                                   "no. 00/142658892",
                                   "https://x.example/p/0612345678/y",
                                   "www.x.example/06-12345678",
                                   "EAN 8712345678906",
                                   "GERMANY NOVIA - 090003110901",
                                   "viewthread-94-15439.html",
                                   "(SE40/14020)",
                                   "1975-1980",
                                   "600-1200 grit",
                                   "0900-1234",
                                   "\u20ac 1250000,00",
                                   "Ref: 11290-14190",
                                   "KD-0612345678",
                                   "type 0612345678A",
                                   "15,6 inch 1920 1080 60",
                                   "0000032933",
                                   "41016879-41046787-13697",
                                   "787-408/20x5mm",
                                   "Battery @ 40%",
                                   "attempt @ repair event",
                                   "serie nr 0612345678",
                                   "+5 volt, +12 volt",
                                   "1.000.000",
                                   "0,5 - 1,5 mm",
                                   "0612345678_3"}) {
        CAPTURE(text);
        CHECK(masked(text) == text);
    }
}

TEST_CASE("two numbers beside each other are two") {
    CHECK(masked("06-12345678 020-1234567") == "[phone removed] [phone removed]");
    CHECK(masked("0612345678/0478123456") == "[phone removed]/[phone removed]");
    CHECK(mask_contacts("06-12345678 of 020-1234567, jan@x.nl").phones == 2);
}

TEST_CASE("e-mail addresses are taken out, with nothing of what stands around them") {
    CHECK(masked("mail jan.de-boer+cafe@voorbeeld.co.nl.") == "mail [e-mail removed].");
    CHECK(masked("a\\njan@voorbeeld.nl\\nb") == "a\\n[e-mail removed]\\nb");
    CHECK(masked("<jan@voorbeeld.nl>,piet@voorbeeld.nl") == "<[e-mail removed]>,[e-mail removed]");
    CHECK(masked("jan [at] voorbeeld.nl en jan(at)voorbeeld.nl") ==
          "[e-mail removed] en [e-mail removed]");
    CHECK(masked("0612345678@voorbeeld.nl") == "[e-mail removed]");
    CHECK(masked("Restart @ Archer Academy, @Commines, a@b") ==
          "Restart @ Archer Academy, @Commines, a@b");
}

TEST_CASE("masking what was masked changes nothing") {
    CHECK(rc::check([] {
        const auto parts = *rc::gen::container<std::vector<std::string>>(
            rc::gen::elementOf(std::vector<std::string>{"0",
                                                        "06",
                                                        "12",
                                                        "345",
                                                        "1234",
                                                        "345678",
                                                        "12345678",
                                                        "0612345678",
                                                        "020",
                                                        "555",
                                                        "+",
                                                        "31",
                                                        "00",
                                                        "+32",
                                                        "478",
                                                        " ",
                                                        " ",
                                                        " ",
                                                        "-",
                                                        "/",
                                                        ".",
                                                        "(",
                                                        ")",
                                                        "tel ",
                                                        "nr ",
                                                        "S/N",
                                                        "a",
                                                        "n",
                                                        "\\",
                                                        "@",
                                                        "x.nl",
                                                        "nl",
                                                        "[at]",
                                                        ",",
                                                        ":",
                                                        "_",
                                                        "\n",
                                                        "2019",
                                                        "\u00a0",
                                                        "\u2013",
                                                        "\u00e9",
                                                        "[phone removed]",
                                                        "[e-mail removed]",
                                                        "www."}));
        std::string text;
        for (const auto& part : parts) text += part;
        const auto once = masked(text);
        RC_ASSERT(masked(once) == once);
    }));
}

TEST_CASE("a long text full of digits takes no longer than its length") {
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += "01 ";
    CHECK(masked(text).size() > 0);
    CHECK(masked(std::string(500'000, '@')).size() == 500'000);
    CHECK(masked(std::string(500'000, 'a') + "@").size() == 500'001);
}
