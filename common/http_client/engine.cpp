#include "common/http_client/engine.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace atelier::http_client {

using namespace std::chrono_literals;

namespace {

/// How often a request's `cancelled` is asked.
constexpr auto kAskEvery = 100ms;
/// Longest sleep of the I/O thread; whoever has something for it wakes it.
constexpr int kSleepMs = 30'000;

}  // namespace

Engine::Engine(long kept_connections) : multi_(curl_multi_init()) {
    if (!multi_) throw std::runtime_error("libcurl has no memory for transfers");
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, kept_connections);
}

Engine::~Engine() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    curl_multi_wakeup(multi_.get());
    if (thread_.joinable()) thread_.join();
}

void Engine::start() {
    const std::scoped_lock lock(mutex_);
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
}

Engine::End Engine::perform(CURL* handle, const Request& request) {
    start();
    Job job{handle};
    curl_easy_setopt(handle, CURLOPT_PRIVATE, &job);
    {
        const std::scoped_lock lock(mutex_);
        arrived_.push_back(&job);
    }
    curl_multi_wakeup(multi_.get());
    // Declared before the lock: its end waits for a callback that may be waiting for the mutex.
    const async::StopCallback on_stop(request.stop, [&] { abort(job); });
    std::unique_lock lock(mutex_);
    if (!request.cancelled) {
        job.done.wait(lock, [&] { return job.is_done; });
        return job.end;
    }
    while (!job.is_done) {
        lock.unlock();
        const bool is_cancelled = request.cancelled();
        if (is_cancelled) abort(job);
        lock.lock();
        job.done.wait_for(lock, kAskEvery, [&] { return job.is_done; });
    }
    return job.end;
}

void Engine::abort(Job& job) {
    {
        const std::scoped_lock lock(mutex_);
        job.is_aborted = true;
    }
    curl_multi_wakeup(multi_.get());
}

void Engine::run() {
    for (;;) {
        {
            const std::scoped_lock lock(mutex_);
            admit();
            drop_aborted();
            if (stopping_) return;
        }
        int count = 0;
        curl_multi_perform(multi_.get(), &count);
        collect();
        curl_multi_poll(multi_.get(), nullptr, 0, kSleepMs, nullptr);
    }
}

void Engine::admit() {
    for (Job* job : arrived_) {
        if (curl_multi_add_handle(multi_.get(), job->handle) == CURLM_OK)
            running_.push_back(job);
        else
            finish(*job, CURLE_FAILED_INIT, false);
    }
    arrived_.clear();
}

void Engine::drop_aborted() {
    for (auto it = running_.begin(); it != running_.end();) {
        Job& job = **it;
        if (!job.is_aborted && !stopping_) {
            ++it;
            continue;
        }
        curl_multi_remove_handle(multi_.get(), job.handle);
        it = running_.erase(it);
        finish(job, CURLE_ABORTED_BY_CALLBACK, true);
    }
}

void Engine::collect() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        CURL* const handle = message->easy_handle;
        const CURLcode code = message->data.result;
        char* known = nullptr;
        curl_easy_getinfo(handle, CURLINFO_PRIVATE, &known);
        curl_multi_remove_handle(multi_.get(), handle);  // the message is gone from here on
        const std::scoped_lock lock(mutex_);
        Job* const job = reinterpret_cast<Job*>(known);
        running_.remove(job);
        finish(*job, code, false);
    }
}

void Engine::finish(Job& job, CURLcode code, bool is_cancelled) {
    job.end = {code, is_cancelled};
    job.is_done = true;
    job.done.notify_one();
}

}  // namespace atelier::http_client
