// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

/// What every measurement needs: another process, a clock, a median.
namespace kringwerk::bench {

double median(std::vector<double> values);
/// The whole number at this place of the command line, or `otherwise`.
int argument(int count, char** values, int place, int otherwise);
double seconds_of(const std::function<void()>& work);

/// A process of its own, so that its time can be told from that of the load. Killed with this
/// object.
class Child {
  public:
    /// Says the words for whoever started it, once.
    using Ready = std::function<void(const std::string&)>;
    /// Runs `work` there until it is killed.
    explicit Child(const std::function<void(const Ready&)>& work);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    const std::string& words() const { return words_; }
    double processor_us() const;
    pid_t process() const { return process_; }

  private:
    pid_t process_ = -1;
    std::string words_;
};

} // namespace kringwerk::bench
