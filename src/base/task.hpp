// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ensure.hpp"

#include <condition_variable>
#include <coroutine>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace kringwerk {

/// Where a coroutine goes on after it waited: a connection's strand, or a thread that waits for it.
/// `schedule` may be called from any thread; it must not resume the coroutine before it returns.
class Scheduler {
  public:
    virtual void schedule(std::coroutine_handle<> waiting) = 0;

  protected:
    ~Scheduler() = default;
};

namespace detail {

struct TaskPromiseBase {
    Scheduler* scheduler = nullptr;
    std::coroutine_handle<> continuation;
    std::exception_ptr broke;

    std::suspend_always initial_suspend() noexcept { return {}; }
    void unhandled_exception() noexcept { broke = std::current_exception(); }

    struct GoOn {
        bool await_ready() noexcept { return false; }
        template <class Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> done) noexcept {
            return done.promise().continuation;
        }
        void await_resume() noexcept {}
    };
    GoOn final_suspend() noexcept { return {}; }
};

template <class T> struct TaskPromise : TaskPromiseBase {
    std::optional<T> value;
    template <class From> void return_value(From&& from) {
        value.emplace(std::forward<From>(from));
    }
    T take() {
        if (broke) std::rethrow_exception(broke);
        return std::move(*value);
    }
};

template <> struct TaskPromise<void> : TaskPromiseBase {
    void return_void() noexcept {}
    void take() {
        if (broke) std::rethrow_exception(broke);
    }
};

} // namespace detail

/// A function that may wait without holding a thread. It starts when somebody awaits it, and goes
/// on at the scheduler of whoever awaits it. Awaited once.
template <class T> class [[nodiscard]] Task {
  public:
    struct promise_type : detail::TaskPromise<T> {
        Task get_return_object() { return Task(Handle::from_promise(*this)); }
    };

    Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    Task& operator=(Task&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~Task() {
        if (handle_) handle_.destroy();
    }

    bool await_ready() const noexcept { return false; }
    template <class Parent>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Parent> parent) noexcept {
        handle_.promise().scheduler = parent.promise().scheduler;
        handle_.promise().continuation = parent;
        return handle_;
    }
    T await_resume() { return handle_.promise().take(); }

  private:
    using Handle = std::coroutine_handle<promise_type>;
    explicit Task(Handle handle) : handle_(handle) {}
    Handle handle_;
};

namespace detail {

/// The outermost coroutine: owns itself and tells nobody but `done`.
struct Detached {
    struct promise_type {
        Scheduler* scheduler = nullptr;
        Detached get_return_object() {
            return {std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept { std::terminate(); }
    };
    std::coroutine_handle<promise_type> handle;
};

template <class T>
Detached run(Task<T> task, std::function<void(std::optional<T>, std::exception_ptr)> done) {
    std::optional<T> value;
    std::exception_ptr broke;
    try {
        value.emplace(co_await task);
    } catch (...) {
        broke = std::current_exception();
    }
    done(std::move(value), broke);
}

} // namespace detail

/// Starts `task` on this thread; it goes on at `scheduler` after each wait. `done` is called once,
/// with the value or with what broke, on whichever thread the task ended. It must not throw.
template <class T>
void start(Task<T> task, Scheduler& scheduler,
           std::function<void(std::optional<T>, std::exception_ptr)> done) {
    const auto detached = detail::run(std::move(task), std::move(done));
    detached.handle.promise().scheduler = &scheduler;
    detached.handle.resume();
}

/// Runs `task` to its end on this thread, which sleeps while the task waits.
template <class T> T wait_for(Task<T> task) {
    struct HereScheduler final : Scheduler {
        std::mutex mutex;
        std::condition_variable changed;
        std::deque<std::coroutine_handle<>> ready;
        bool done = false;
        void schedule(std::coroutine_handle<> waiting) override {
            // Notified under the lock: the sleeper may not end this object before we let go of it.
            const std::scoped_lock lock(mutex);
            ready.push_back(waiting);
            changed.notify_one();
        }
    } here;
    std::optional<T> value;
    std::exception_ptr broke;
    start<T>(std::move(task), here, [&](std::optional<T> ended, std::exception_ptr thrown) {
        value = std::move(ended);
        broke = thrown;
        here.done = true;
    });
    while (!here.done) {
        std::unique_lock lock(here.mutex);
        here.changed.wait(lock, [&] { return !here.ready.empty(); });
        const auto next = here.ready.front();
        here.ready.pop_front();
        lock.unlock();
        next.resume();
    }
    if (broke) std::rethrow_exception(broke);
    return std::move(*value);
}

/// Something another thread is at work on. Await it in a coroutine, or `get` it and sleep.
/// Taken once. Whoever drops it without taking it waits until the work is done, because the work
/// may refer to what stands on the dropper's stack.
template <class T> class [[nodiscard]] Pending {
  public:
    /// What the other thread holds: it calls `finish` or `fail`, once.
    struct State {
        std::mutex mutex;
        std::condition_variable changed;
        std::optional<T> value;
        std::exception_ptr broke;
        Scheduler* scheduler = nullptr;
        std::coroutine_handle<> waiting;
        bool done = false;

        void finish(T result) {
            value.emplace(std::move(result));
            wake();
        }
        void fail(std::exception_ptr thrown) {
            broke = thrown;
            wake();
        }

      private:
        void wake() {
            std::coroutine_handle<> resume;
            {
                const std::scoped_lock lock(mutex);
                done = true;
                resume = waiting;
                changed.notify_all();
            }
            if (resume) scheduler->schedule(resume);
        }
    };

    explicit Pending(std::shared_ptr<State> state) : state_(std::move(state)) {}
    Pending(Pending&&) noexcept = default;
    Pending& operator=(Pending&&) = delete;
    ~Pending() {
        if (state_ && !taken_) sleep();
    }

    /// Sleeps until the work is done.
    T get() {
        sleep();
        return take();
    }

    bool await_ready() const noexcept { return false; }
    template <class Parent> bool await_suspend(std::coroutine_handle<Parent> parent) {
        ensure(parent.promise().scheduler != nullptr, "a waiting coroutine has a scheduler");
        const auto state = state_; // after `waiting` is set, this object may be gone at any moment
        const std::scoped_lock lock(state->mutex);
        if (state->done) return false;
        state->scheduler = parent.promise().scheduler;
        state->waiting = parent;
        return true;
    }
    T await_resume() { return take(); }

  private:
    void sleep() {
        std::unique_lock lock(state_->mutex);
        state_->changed.wait(lock, [&] { return state_->done; });
    }
    T take() {
        taken_ = true;
        if (state_->broke) std::rethrow_exception(state_->broke);
        return std::move(*state_->value);
    }

    std::shared_ptr<State> state_;
    bool taken_ = false;
};

} // namespace kringwerk
