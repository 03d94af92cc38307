#pragma once
// Private to common/http_client: a libcurl multi handle with its one I/O thread. Transfers of any number of
// threads run in it together and share its connections; over TLS those to one host share one HTTP/2
// connection where the peer offers it.

#include <curl/curl.h>

#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "common/http_client/client.hpp"

namespace atelier::http_client {

class Engine {
  public:
    /// Keeps at most that many idle connections. The thread starts with the first transfer.
    explicit Engine(long kept_connections);
    /// Ends transfers that still run.
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    struct End {
        CURLcode code = CURLE_OK;
        bool is_cancelled = false;  ///< by the request's `cancelled` or `stop`, before it was over
    };
    /// Blocks until the transfer is over. The handle's callbacks run in the I/O thread, those of the request
    /// in the caller's. Any thread.
    End perform(CURL* handle, const Request& request);

  private:
    struct Job {
        CURL* handle = nullptr;
        bool is_aborted = false, is_done = false;
        End end = {};
        std::condition_variable done = {};
    };

    void start();
    void abort(Job& job);
    void run();
    void admit();
    void drop_aborted();
    void collect();
    /// With the mutex held; the caller of `perform` may be gone at once afterwards.
    void finish(Job& job, CURLcode code, bool is_cancelled);

    struct Cleanup {
        void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
    };
    const std::unique_ptr<CURLM, Cleanup> multi_;
    std::mutex mutex_;
    std::vector<Job*> arrived_;  ///< not yet seen by the I/O thread
    std::list<Job*> running_;    ///< changed by the I/O thread alone
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace atelier::http_client
