#pragma once
// Many orders at once, as a careful client places them: keep-alive connections, an Idempotency-Key each, and
// repetition until the answer is 202.

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/e2e/support/client.hpp"
#include "tests/support/http/client.hpp"

namespace atelier::drill {

/// One keep-alive connection to an API, made anew when it breaks. One thread.
class ApiConnection {
  public:
    ApiConnection(const e2e::Client& customer, std::chrono::seconds patience = std::chrono::seconds(10));

    /// Nothing when the connection could not be made or broke before the answer, which may have been acted
    /// upon. Throws std::runtime_error when the API keeps silent for `patience`.
    std::optional<tests::HttpResponse> post(const std::string& path, const std::string& body,
                                            const std::string& idempotency_key = "");
    std::optional<tests::HttpResponse> get(const std::string& path);
    void close() { connection_.reset(); }

  private:
    std::optional<tests::HttpResponse> send(const std::string& bytes);

    const std::uint16_t port_;
    const std::string token_;
    const std::chrono::seconds patience_;
    std::optional<tests::RawClient> connection_;
};

/// The body of POST /api/v1/jobs.
std::string job_body(const json::Value& input, const std::string& kind = "drill");

struct Order {
    int jobs = 1;
    std::function<json::Value(int)> input = [](int) {
        return json::Value(json::Object{});
    };  ///< of job 0, 1, …
    std::string kind = "drill";
    int connections = 8;
    double per_second = 0;               ///< spread over time; 0: as fast as it goes
    std::chrono::seconds patience{120};  ///< how long a job is repeated before all is given up
};

struct Submitted {
    std::vector<std::string> jobs;  ///< the ids that were answered with 202, in no order
    int busy = 0;                   ///< answers 503, each with a Retry-After
    int broken = 0;                 ///< connections that failed before an answer
    std::vector<std::string> odd;  ///< answers that the contract does not have, and silences; should be empty
    double slowest_s = 0;          ///< the longest wait for any answer

    /// The first few of `odd`, one a line.
    std::string complaints() const;
};

/// Blocks until all are accepted or given up; runs its own threads.
Submitted submit(const e2e::Client& customer, const Order& order);

}  // namespace atelier::drill
