#include "api/http/gathering.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>

namespace atelier::api::http {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kMostTogether = 64;
constexpr int kMostGroups = 4;  // at a time, when one alone does not keep up

}  // namespace

Gathering::Gathering(const Route& route, ApiServices& services, async::ThreadPool& pool,
                     OnException on_exception)
    : route_(route), services_(services), pool_(pool), on_exception_(std::move(on_exception)) {}

asio::awaitable<Reply> Gathering::ask(const Request& request) {
    const auto executor = co_await asio::this_coro::executor;
    auto start = [this, &request, executor](auto&& handler) {
        // Shared, since a std::function copies.
        auto go_on = std::make_shared<std::decay_t<decltype(handler)>>(std::move(handler));
        add({&request, executor, [go_on, guard = asio::make_work_guard(executor)](Reply reply) {
                 auto continuation = std::move(*go_on);
                 std::move(continuation)(std::move(reply));
             }});
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Reply)>(std::move(start),
                                                                                        asio::use_awaitable);
}

void Gathering::add(Waiting waiting) {
    {
        std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(waiting));
        if (running_ > 0 && (running_ == kMostGroups || waiting_.size() < kMostTogether)) return;
        ++running_;
    }
    if (pool_.try_post([this] { run(); })) return;
    Group refused;
    {
        std::lock_guard lock(mutex_);
        if (--running_ == 0) refused.swap(waiting_);  // otherwise a group under way takes them next
    }
    std::vector<Reply> replies;
    for (const Waiting& one : refused)
        replies.push_back(Reply::error(unavailable("The server is busy.", 1), one.request->request_id));
    resume(std::move(refused), std::move(replies));
}

void Gathering::run() {
    for (Group group = next_group(); !group.empty(); group = next_group()) {
        std::vector<Reply> replies = answer(group);
        resume(std::move(group), std::move(replies));
    }
}

Gathering::Group Gathering::next_group() {
    std::lock_guard lock(mutex_);
    const auto end = waiting_.begin() + std::min(waiting_.size(), kMostTogether);
    Group group(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    if (group.empty()) --running_;
    return group;
}

std::vector<Reply> Gathering::answer(const Group& group) {
    std::vector<const Request*> requests;
    for (const Waiting& one : group)
        requests.push_back(one.request);
    std::vector<Reply> replies;
    try {
        replies = route_.group_handler(requests, services_);
    } catch (const std::exception& e) {
        if (on_exception_) on_exception_(requests.front()->request_id, e.what());
    }
    for (std::size_t i = replies.size(); i < requests.size(); ++i)
        replies.push_back(Reply::error(internal("The server made a mistake."), requests[i]->request_id));
    return replies;
}

/// Coroutines of one thread are resumed by one task, so that it wakes once.
void Gathering::resume(Group group, std::vector<Reply> replies) {
    struct Answered {
        std::function<void(Reply)> resume;
        Reply reply;
    };
    while (!group.empty()) {
        const asio::any_io_executor executor = group.front().executor;
        auto here = std::make_shared<std::vector<Answered>>();
        Group others;
        std::vector<Reply> other_replies;
        for (std::size_t i = 0; i < group.size(); ++i) {
            if (group[i].executor == executor) {
                here->push_back({std::move(group[i].resume), std::move(replies[i])});
            } else {
                others.push_back(std::move(group[i]));
                other_replies.push_back(std::move(replies[i]));
            }
        }
        asio::post(executor, [here] {
            for (Answered& one : *here)
                one.resume(std::move(one.reply));
        });
        group = std::move(others);
        replies = std::move(other_replies);
    }
}

}  // namespace atelier::api::http
