// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/secret_pool.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace kringwerk::people {

struct SecretPool::Inside {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::function<void()>> waiting;
    std::size_t most = 0;
    bool stopping = false;
    std::vector<std::thread> threads;

    void run() {
        std::unique_lock lock(mutex);
        for (;;) {
            changed.wait(lock, [this] { return stopping || !waiting.empty(); });
            if (waiting.empty()) return;
            const auto work = std::move(waiting.front());
            waiting.pop_front();
            lock.unlock();
            work();
            lock.lock();
        }
    }
};

SecretPool::SecretPool(int threads, std::size_t queue) : inside_(std::make_unique<Inside>()) {
    inside_->most = queue;
    for (int i = 0; i < threads; ++i) {
        inside_->threads.emplace_back([inside = inside_.get()] { inside->run(); });
    }
}

SecretPool::~SecretPool() {
    {
        const std::scoped_lock lock(inside_->mutex);
        inside_->stopping = true;
        inside_->changed.notify_all();
    }
    for (auto& thread : inside_->threads) thread.join();
}

template <class T> Pending<T> SecretPool::queue(std::function<T()> work) {
    auto state = std::make_shared<typename Pending<T>::State>();
    const std::scoped_lock lock(inside_->mutex);
    if (inside_->waiting.size() >= inside_->most) throw Busy("too many passwords at once");
    inside_->waiting.emplace_back([state, work = std::move(work)] {
        try {
            state->finish(work());
        } catch (...) {
            state->fail(std::current_exception());
        }
    });
    inside_->changed.notify_one();
    return Pending<T>(state);
}

Pending<bool> SecretPool::check(std::function<bool()> work) { return queue<bool>(std::move(work)); }

Pending<std::string> SecretPool::make(std::function<std::string()> work) {
    return queue<std::string>(std::move(work));
}

} // namespace kringwerk::people
