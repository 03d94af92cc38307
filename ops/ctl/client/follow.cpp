#include "ops/ctl/client/follow.hpp"

#include <fmt/format.h>

#include <thread>

#include "ops/ctl/client/live.hpp"

namespace atelier::ctl {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto kPollEvery = 1s;
constexpr auto kSilence = 15s;      ///< then a poll looks whether something was missed
constexpr auto kRetrySocket = 5s;   ///< after an attempt that failed
constexpr auto kGiveUpAfter = 60s;  ///< without any answer

class Follower {
  public:
    Follower(Api& api, const std::string& job_id, const OnEvent& on_event)
        : api_(api), job_id_(job_id), on_event_(on_event) {}

    Result<json::Value> run() {
        steady_clock::time_point next_socket{};
        while (!last_) {
            if (steady_clock::now() >= next_socket) {
                listen();
                next_socket = steady_clock::now() + kRetrySocket;
                if (last_) break;
            }
            if (auto polled = poll(); !polled) return polled.error();
            if (!last_) std::this_thread::sleep_for(kPollEvery);
        }
        return *last_;
    }

  private:
    void take(const json::Value& event) {
        const std::int64_t seq = event["seq"].as_int();
        if (last_ || seq <= seen_) return;
        seen_ = seq;
        on_event_(event);
        const std::string& type = event["type"].as_string();
        if (type == "job:completed" || type == "job:failed" || type == "job:cancelled") last_ = event;
    }

    /// As long as the WebSocket lasts.
    void listen() {
        auto socket = LiveSocket::open(api_.server(), api_.access_token());
        if (!socket || !socket->subscribe(job_id_, seen_)) return;
        while (!last_) {
            auto message = socket->next(kSilence);
            if (!message) return;
            if (!*message) {
                if (!poll()) return;
                continue;
            }
            const std::string& type = (**message)["type"].as_string();
            if (type.starts_with("job:") && (**message)["job_id"].as_string() == job_id_)
                take(**message);
            else if (type == "error" || type == "unsubscribed")
                return;
        }
    }

    Result<void> poll() {
        for (;;) {
            auto page = api_.get(fmt::format("/jobs/{}/events?after={}&limit=100", job_id_, seen_));
            if (!page && api_.is_unreachable() && steady_clock::now() - answered_ < kGiveUpAfter) return {};
            if (!page) return page.error();
            answered_ = steady_clock::now();
            for (const json::Value& event : (*page)["items"].array())
                take(event);
            if ((*page)["items"].size() < 100) return {};
        }
    }

    Api& api_;
    const std::string& job_id_;
    const OnEvent& on_event_;
    std::int64_t seen_ = 0;
    std::optional<json::Value> last_;
    steady_clock::time_point answered_ = steady_clock::now();
};

}  // namespace

Result<json::Value> follow_job(Api& api, const std::string& job_id, const OnEvent& on_event) {
    return Follower(api, job_id, on_event).run();
}

}  // namespace atelier::ctl
