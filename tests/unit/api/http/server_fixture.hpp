#pragma once
// A server on a free loopback port with routes for every body policy, access and kind of reply.

#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "api/http/server.hpp"
#include "api/live/hub.hpp"
#include "tests/support/http/client.hpp"

namespace atelier::api {

/// What the tests' handlers use in place of the program's services.
struct ApiServices {
    std::filesystem::path folder;
    std::mutex mutex;
    std::condition_variable changed;
    bool blocked = false;  ///< while set, GET /block waits
    int inside = 0;        ///< how many wait
    int calls = 0;         ///< handlers run
    std::uint64_t upload_limit = 4 * 1024 * 1024;
};

}  // namespace atelier::api

namespace atelier::api::http {

struct TestServer {
    explicit TestServer(std::function<void(ServerSettings&)> adjust = [](ServerSettings&) {});
    ~TestServer();

    void commit(const std::string& job_id, std::int64_t seq, bool terminal = false, std::size_t padding = 0);
    int calls();
    /// What on_request saw, oldest first: `GET /pattern 200`.
    std::vector<std::string> requests();
    /// Waits until `count` requests sit in GET /block.
    void wait_inside(int count);
    void unblock();

    std::filesystem::path folder;
    ApiServices services;
    std::mutex mutex;
    std::map<std::string, std::vector<live::Event>> history;
    std::vector<std::string> seen;
    std::unique_ptr<live::Hub> hub;
    std::unique_ptr<Server> server;
};

}  // namespace atelier::api::http
