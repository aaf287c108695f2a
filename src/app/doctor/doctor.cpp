// SPDX-License-Identifier: EUPL-1.2
#include "app/doctor/doctor.hpp"

#include <sys/utsname.h>

#include <algorithm>
#include <fstream>
#include <iostream>

namespace kringwerk::app {
namespace {

using doctor::Finding;
using doctor::Grade;
using doctor::Visit;

std::string_view name_of(Grade grade) {
    switch (grade) {
    case Grade::fine:
        return "fine";
    case Grade::note:
        return "note";
    case Grade::warning:
        return "warning";
    case Grade::wrong:
        return "wrong";
    }
    throw Bug("a finding has one of four grades");
}

std::string words_of(const Call& call, std::string_view code, const TextArguments& arguments) {
    return call.say("doctor." + std::string(code), arguments);
}

/// Puts right what is safe. What cannot be put right stays as it was found.
void fix(const Call& call, Finding& finding) {
    try {
        finding.fix();
        const auto was = words_of(call, finding.code, finding.arguments);
        finding = {Grade::fine, "fixed", {{"was", was}}, finding.code};
    } catch (const std::exception& broke) {
        std::cerr << broke.what() << '\n';
    }
}

void say(const Call& call, const Finding& finding) {
    constexpr std::size_t width = 6; // of the longest
    auto grade = call.say("doctor.grade." + std::string(name_of(finding.grade)));
    grade.resize(std::max(width, grade.size()), ' ');
    std::cout << grade << "  " << words_of(call, finding.code, finding.arguments) << '\n';
    if (finding.grade == Grade::fine) return;
    std::cout << "        " << words_of(call, finding.code + ".do", finding.arguments) << '\n';
    if (finding.fix) std::cout << "        " << call.say("doctor.can_fix") << '\n';
}

/// "Debian GNU/Linux 12 (bookworm)", as the system calls itself.
std::string name_of_system() {
    std::ifstream file("/etc/os-release");
    constexpr std::string_view key = "PRETTY_NAME=";
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(key)) continue;
        line.erase(0, key.size());
        std::erase(line, '"');
        return line;
    }
    return "unknown";
}

/// What one may paste into a question to others: codes, versions, sizes and counts. Nothing that a
/// person, a centre, a device or a file is called.
void report(const Visit& visit) {
    utsname machine{};
    uname(&machine);
    std::cout << "\n" << visit.call.say("doctor.report") << "\n\n";
    std::cout << "kringwerk " << KRINGWERK_VERSION << "\nsystem " << name_of_system() << ", "
              << machine.release << ", " << machine.machine << "\nbooks "
              << (visit.call.directory.books == "sqlite" ? "sqlite" : "postgresql") << '\n';
    for (const auto& [name, value] : visit.facts) std::cout << name << ' ' << value << '\n';
    for (const auto& finding : visit.findings) {
        std::cout << name_of(finding.grade) << ' ' << finding.code
                  << (finding.detail.empty() ? "" : " ") << finding.detail << '\n';
    }
}

} // namespace

int examine(const Call& call) {
    Visit visit{call, call.words.switches.contains("full"), now()};
    doctor::look_at_server(visit);
    doctor::look_at_books(visit);
    doctor::look_at_folder(visit);
    doctor::look_at_machine(visit);
    doctor::look_at_devices(visit);
    for (auto& finding : visit.findings) {
        if (finding.fix && call.words.switches.contains("fix")) fix(call, finding);
        say(call, finding);
    }
    report(visit);
    const bool wrong =
        std::any_of(visit.findings.begin(), visit.findings.end(),
                    [](const Finding& finding) { return finding.grade == Grade::wrong; });
    return wrong ? 1 : 0;
}

} // namespace kringwerk::app
