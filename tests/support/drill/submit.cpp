#include "tests/support/drill/submit.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "common/ids/id.hpp"

namespace atelier::drill {
namespace {

using Clock = std::chrono::steady_clock;

/// The threads of one submit() share this.
struct Desk {
    const e2e::Client& customer;
    const Order& order;
    Clock::time_point opened = Clock::now();
    std::atomic<int> next = 0;
    std::atomic<int> given_up = 0;
    std::mutex mutex;
    Submitted sum;

    template <class Change>
    void note(Change change) {
        const std::lock_guard lock(mutex);
        change(sum);
    }
};

void keep_pace(const Desk& desk, int index) {
    if (desk.order.per_second > 0)
        std::this_thread::sleep_until(desk.opened +
                                      std::chrono::duration_cast<Clock::duration>(
                                          std::chrono::duration<double>(index / desk.order.per_second)));
}

std::string shown(const tests::HttpResponse& answer) {
    return std::to_string(answer.status) + " " + answer.body;
}

/// True when the job needs no further try.
bool judge(Desk& desk, const std::optional<tests::HttpResponse>& answer) {
    const Result<json::Value> body =
        answer ? json::parse(answer->body) : Result<json::Value>(bad_request("no answer"));
    if (!body) {
        desk.note([](Submitted& sum) { ++sum.broken; });
        return false;
    }
    if (answer->status == 202) {
        desk.note([&](Submitted& sum) { sum.jobs.push_back((*body)["job_id"].as_string()); });
        return true;
    }
    if (answer->status == 409) return false;  // the try whose answer was lost still runs
    if (answer->status == 503 && !answer->header("retry-after").empty()) {
        desk.note([](Submitted& sum) { ++sum.busy; });
        return false;
    }
    desk.note([&](Submitted& sum) { sum.odd.push_back(shown(*answer)); });
    return true;
}

bool try_once(Desk& desk, ApiConnection& connection, const std::string& body, const std::string& key) {
    const auto asked = Clock::now();
    bool settled = false;
    try {
        settled = judge(desk, connection.post("/jobs", body, key));
    } catch (const std::exception& silence) {
        connection.close();
        desk.note([&](Submitted& sum) { sum.odd.push_back(silence.what()); });
    }
    const double took = std::chrono::duration<double>(Clock::now() - asked).count();
    desk.note([&](Submitted& sum) { sum.slowest_s = std::max(sum.slowest_s, took); });
    return settled;
}

void place_orders(Desk& desk) {
    ApiConnection connection(desk.customer);
    for (int index = desk.next++; index < desk.order.jobs && desk.given_up == 0; index = desk.next++) {
        keep_pace(desk, index);
        const std::string body = job_body(desk.order.input(index), desk.order.kind), key = ids::new_uuid();
        const auto until = Clock::now() + desk.order.patience;
        while (!try_once(desk, connection, body, key)) {
            if (Clock::now() > until) {
                desk.note([](Submitted& sum) { sum.odd.push_back("a job was never accepted"); });
                ++desk.given_up;
                break;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
    }
}

}  // namespace

std::string job_body(const json::Value& input, const std::string& kind) {
    return json::write(json::Object{{"kind", kind}, {"input", input}});
}

ApiConnection::ApiConnection(const e2e::Client& customer, std::chrono::seconds patience)
    : port_(static_cast<std::uint16_t>(customer.port())), token_(customer.token()), patience_(patience) {}

std::optional<tests::HttpResponse> ApiConnection::post(const std::string& path, const std::string& body,
                                                       const std::string& idempotency_key) {
    const std::string key = idempotency_key.empty() ? "" : "Idempotency-Key: " + idempotency_key + "\r\n";
    return send("POST /api/v1" + path + " HTTP/1.1\r\nHost: drill\r\nAuthorization: Bearer " + token_ +
                "\r\nContent-Type: application/json\r\n" + key +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
}

std::optional<tests::HttpResponse> ApiConnection::get(const std::string& path) {
    return send("GET /api/v1" + path + " HTTP/1.1\r\nHost: drill\r\nAuthorization: Bearer " + token_ +
                "\r\n\r\n");
}

std::optional<tests::HttpResponse> ApiConnection::send(const std::string& bytes) {
    if (!connection_) try {
            connection_.emplace(port_, 0, patience_);
        } catch (const std::exception&) {
            return std::nullopt;
        }
    std::optional<tests::HttpResponse> answer;
    if (connection_->send(bytes)) answer = connection_->response();
    if (!answer || answer->header("connection") == "close") close();
    return answer;
}

std::string Submitted::complaints() const {
    std::string lines;
    for (std::size_t i = 0; i < std::min<std::size_t>(odd.size(), 5); ++i)
        lines += odd[i] + "\n";
    return lines;
}

Submitted submit(const e2e::Client& customer, const Order& order) {
    Desk desk{customer, order};
    std::vector<std::jthread> threads;
    for (int i = 0; i < order.connections; ++i)
        threads.emplace_back([&] { place_orders(desk); });
    threads.clear();
    return std::move(desk.sum);
}

}  // namespace atelier::drill
