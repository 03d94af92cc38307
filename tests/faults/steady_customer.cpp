#include "tests/faults/steady_customer.hpp"

#include <algorithm>

#include "common/ids/id.hpp"

namespace atelier::faults {

using Clock = std::chrono::steady_clock;

SteadyCustomer::SteadyCustomer(const e2e::Client& customer)
    : connection_(customer, std::chrono::seconds(60)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void SteadyCustomer::stop() {
    thread_.request_stop();
    thread_.join();
}

void SteadyCustomer::run(const std::stop_token& stop) {
    const std::string body = drill::job_body(json::Object{{"sleep_ms", 20}, {"write", 100}});
    for (std::string key = ids::new_uuid(); !stop.stop_requested();) {
        if (place(body, key)) key = ids::new_uuid();
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

bool SteadyCustomer::place(const std::string& body, const std::string& key) try {
    const auto asked = Clock::now();
    const auto answer = connection_.post("/jobs", body, key);
    slowest_ = std::max(slowest_, std::chrono::duration<double>(Clock::now() - asked).count());
    if (answer && answer->status == 202) {
        jobs_.push_back(json::parse(answer->body).value()["job_id"].as_string());
        ++accepted_;
        return true;
    }
    if (answer && answer->status == 503 && !answer->header("retry-after").empty())
        ++busy_;
    else if (!answer || answer->status != 409)  // 409: the try whose answer was lost still runs
        odd_.push_back(answer ? std::to_string(answer->status) + " " + answer->body : "no answer");
    return false;
} catch (const std::exception& silence) {
    connection_.close();
    odd_.push_back(silence.what());
    return false;
}

std::vector<std::string> with_unanswered(const drill::Fleet& fleet, std::vector<std::string> jobs) {
    std::vector<std::string> all;
    for (const auto& row : fleet.sql().rows("SELECT id FROM jobs"))
        all.push_back(row[0]);
    for (const std::string& job : jobs)
        if (std::find(all.begin(), all.end(), job) == all.end()) all.push_back(job);
    return all;
}

}  // namespace atelier::faults
