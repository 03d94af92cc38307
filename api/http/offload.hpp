#pragma once
// The one way from a coroutine to the worker threads: runs `work` there, resumes on the coroutine's own
// thread.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <memory>
#include <type_traits>

#include "common/async/thread_pool.hpp"
#include "common/errors/error.hpp"

namespace atelier::api::http {

template <class T>
struct Flattened {
    using type = Result<T>;
};
template <class T>
struct Flattened<Result<T>> {
    using type = Result<T>;
};

/// What `work()` returned (a Result is not wrapped again). Errors: unavailable when too much waits already,
/// internal when it threw.
template <class F>
boost::asio::awaitable<typename Flattened<std::invoke_result_t<F&>>::type> offload(async::ThreadPool& pool,
                                                                                   F work) {
    namespace asio = boost::asio;
    using Outcome = typename Flattened<std::invoke_result_t<F&>>::type;
    const auto executor = co_await asio::this_coro::executor;
    auto start = [&pool, executor, work = std::move(work)](auto&& handler) mutable {
        // Shared, since the pool may refuse the task and then nobody else could resume the coroutine.
        auto resume = std::make_shared<std::decay_t<decltype(handler)>>(std::move(handler));
        const auto answer = [executor, resume](Outcome outcome) {
            asio::post(executor, [resume, outcome = std::move(outcome)]() mutable {
                auto continuation = std::move(*resume);
                std::move(continuation)(std::move(outcome));
            });
        };
        auto task = [answer, guard = asio::make_work_guard(executor), work = std::move(work)]() mutable {
            try {
                answer(Outcome(work()));
            } catch (const std::exception& e) {
                answer(Outcome(internal(e.what())));
            }
        };
        if (!pool.try_post(std::move(task))) answer(Outcome(unavailable("The server is busy.", 1)));
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Outcome)>(
        std::move(start), asio::use_awaitable);
}

}  // namespace atelier::api::http
