#pragma once
// Requests of one route that wait for a worker thread together and are answered together.
//
// Nobody waits for company: a lone request is answered at once, alone. Those that arrive while it is worked
// on form the next group, so that groups grow with the load and not with a timer. Private to api/http.

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <mutex>
#include <vector>

#include "api/http/route.hpp"
#include "common/async/thread_pool.hpp"

namespace atelier::api::http {

class Gathering {
  public:
    using OnException = std::function<void(std::string_view request_id, std::string_view what)>;

    /// The references must outlive it.
    Gathering(const Route& route, ApiServices& services, async::ThreadPool& pool, OnException on_exception);

    /// The group handler's reply. The request must live until then. Resumes on the coroutine's own thread.
    boost::asio::awaitable<Reply> ask(const Request& request);

  private:
    /// A request, and how its coroutine goes on.
    struct Waiting {
        const Request* request;
        boost::asio::any_io_executor executor;
        std::function<void(Reply)> resume;
    };
    using Group = std::vector<Waiting>;

    void add(Waiting waiting);
    void run();
    Group next_group();
    std::vector<Reply> answer(const Group& group);
    static void resume(Group group, std::vector<Reply> replies);

    const Route& route_;
    ApiServices& services_;
    async::ThreadPool& pool_;
    const OnException on_exception_;
    std::mutex mutex_;
    Group waiting_;    ///< guarded by mutex_
    int running_ = 0;  ///< guarded by mutex_; groups that are worked on
};

}  // namespace atelier::api::http
