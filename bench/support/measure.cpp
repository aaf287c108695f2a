// SPDX-License-Identifier: EUPL-1.2
#include "support/measure.hpp"

#include "base/ensure.hpp"

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <tuple>

namespace kringwerk::bench {

double median(std::vector<double> values) {
    ensure(!values.empty(), "a median is of something");
    std::sort(values.begin(), values.end());
    const auto middle = values.size() / 2;
    return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

int argument(int count, char** values, int place, int otherwise) {
    return place < count ? std::atoi(values[place]) : otherwise;
}

double seconds_of(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

Child::Child(const std::function<void(const Ready&)>& work) {
    int ends[2];
    ensure(pipe(ends) == 0, "there is a pipe");
    process_ = fork();
    ensure(process_ >= 0, "there is a process");
    if (process_ == 0) {
        close(ends[0]);
        work([&](const std::string& words) {
            std::ignore = write(ends[1], words.data(), words.size());
            close(ends[1]);
        });
        for (;;) pause();
    }
    close(ends[1]);
    char piece[256];
    for (ssize_t got = 0; (got = read(ends[0], piece, sizeof piece)) > 0;) {
        words_.append(piece, static_cast<std::size_t>(got));
    }
    close(ends[0]);
    ensure(!words_.empty(), "the other process came up");
}

Child::~Child() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
}

double Child::processor_us() const {
    clockid_t clock = 0;
    timespec time{};
    ensure(clock_getcpuclockid(process_, &clock) == 0, "a process has a clock");
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

} // namespace kringwerk::bench
