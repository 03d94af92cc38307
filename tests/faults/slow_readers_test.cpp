// People who open the page and shut the laptop: connections that take nothing while events keep coming.

#include <doctest/doctest.h>

#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

#include "common/store/database.hpp"
#include "common/store/events.hpp"
#include "queues/events.hpp"
#include "tests/faults/report.hpp"
#include "tests/support/http/client.hpp"

using namespace atelier;
using namespace atelier::faults;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr long kAllowedBytes = 256 * 1024;
constexpr int kSmallestBuffer = 4096;  // so that little hides on the client's side

std::string bearer(const e2e::Client& customer) {
    return "Authorization: Bearer " + customer.token() + "\r\n";
}

class Watcher {
  public:
    Watcher(const e2e::Client& customer, const std::string& job, int receive_buffer = 0)
        : socket_(static_cast<std::uint16_t>(customer.port()), receive_buffer) {
        if (socket_.upgrade("/api/v1/ws", bearer(customer)).status != 101)
            throw std::runtime_error("the WebSocket was not accepted");
        socket_.send_text(R"({"type":"subscribe","job_id":")" + job + "\"}");
        if (told()["type"].as_string() != "subscribed") throw std::runtime_error("not subscribed");
    }

    /// Reads events until the connection or the job ends. True when they came in order, from the first on.
    bool read_on() {
        for (;;) {
            const auto frame = socket_.frame();
            if (!frame || frame->opcode == 8) {
                close_code = frame ? frame->close_code() : 0;
                return true;
            }
            if (frame->opcode == 9) {
                socket_.send_frame(10, frame->payload);
                continue;
            }
            const json::Value message = json::parse(frame->payload).value();
            if (message["type"].as_string() == "unsubscribed") return true;
            if (message["seq"].as_int() != last + 1) return false;
            last = message["seq"].as_int();
        }
    }

    std::atomic<std::int64_t> last = 0;
    int close_code = 0;

  private:
    json::Value told() { return json::parse(socket_.text()).value(); }
    tests::RawClient socket_;
};

/// A job's events without its work: stored and announced as a worker's are.
class Narrator {
  public:
    Narrator(drill::Fleet& fleet, const std::string& job)
        : db_(store::Database::open({.url = fleet.database_url()}).value()),
          broker_(queues::open_broker({.url = fleet.broker_url()}).value()),
          announcer_(*broker_),
          job_{job} {}

    void tell(int count) {
        const auto events = db_->write([&](soci::session& session) -> Result<std::vector<store::JobEvent>> {
            std::vector<store::JobEvent> all;
            for (int i = 0; i < count; ++i)
                all.push_back(
                    store::append_event(session, job_, "job:progress",
                                        json::Object{{"progress", 0}, {"note", std::string(100, '.')}}));
            return all;
        });
        announcer_.announce(events.value());
    }

  private:
    std::unique_ptr<store::Database> db_;
    std::unique_ptr<queues::Broker> broker_;
    queues::Announcer announcer_;
    const JobId job_;
};

long resident_bytes(e2e::Process& process) {
    std::ifstream status("/proc/" + std::to_string(process.pid()) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stol(line.substr(6)) * 1024;
    return 0;
}

struct Unsent {
    long most = 0, sum = 0;
};
/// What the kernel keeps of the server's answers on `port`, in bytes.
Unsent unsent(int port) {
    Unsent found;
    std::ifstream table("/proc/net/tcp");
    std::string line;
    std::getline(table, line);
    while (std::getline(table, line)) {
        std::istringstream words(line);
        std::string number, local, remote, state, queues;
        words >> number >> local >> remote >> state >> queues;
        if (std::stoi(local.substr(local.find(':') + 1), nullptr, 16) != port) continue;
        const long waiting = std::stol(queues.substr(0, queues.find(':')), nullptr, 16);
        found.most = std::max(found.most, waiting);
        found.sum += waiting;
    }
    return found;
}

}  // namespace

TEST_CASE("200 WebSocket readers that never read cost 256 KiB each at most and learn why they were closed") {
    const int sleepers = scaled(200, 40), events = scaled(10'000, 3'000);
    Scenario scenario(std::to_string(sleepers) + " WebSocket readers that never read, " +
                          std::to_string(events) + " events",
                      "<= 256 KiB each, closed 1013, others unaffected");
    const auto fleet = start_fleet({.workers = 0});
    if (!fleet) return;
    const e2e::Client customer = fleet->customer();
    const json::Value order{json::Object{{"kind", "drill"}, {"input", json::Object{}}}};
    const std::string job = customer.post_ok(202, "/jobs", order)["job_id"].as_string();

    std::vector<std::unique_ptr<Watcher>> awake, asleep;
    for (int i = 0; i < 3; ++i)
        awake.push_back(std::make_unique<Watcher>(customer, job));
    const long before = resident_bytes(fleet->api());
    for (int i = 0; i < sleepers; ++i)
        asleep.push_back(std::make_unique<Watcher>(customer, job, kSmallestBuffer));
    std::atomic<int> in_order = 0;
    std::vector<std::jthread> readers;
    for (const auto& watcher : awake)
        readers.emplace_back([&] { in_order += watcher->read_on(); });

    const auto all_heard = [&](std::int64_t seq) {
        return std::all_of(awake.begin(), awake.end(),
                           [&](const auto& watcher) { return watcher->last >= seq; });
    };
    Narrator narrator(*fleet, job);
    long most_resident = 0, most_kernel = 0, most_in_one = 0;
    for (int told = 0; told < events; told += 100) {
        narrator.tell(100);
        const Unsent kernel = unsent(customer.port());
        most_resident = std::max(most_resident, resident_bytes(fleet->api()) - before);
        most_kernel = std::max(most_kernel, kernel.sum);
        most_in_one = std::max(most_in_one, kernel.most);
        // However busy the machine: they are read to at the pace of those who read.
        CHECK(e2e::eventually(seconds(30), [&] { return all_heard(told + 101); }));
    }
    const bool ended = customer.post("/jobs/" + job + "/cancel").status < 300;
    CHECK(ended);
    CHECK(e2e::eventually(seconds(30), [&] { return all_heard(events + 2); }));
    readers.clear();
    CHECK(in_order == 3);

    int told_why = 0, in_time = 0;
    for (const auto& watcher : asleep) {
        CHECK(watcher->read_on());
        told_why += watcher->close_code == 1013;
        in_time += watcher->last < events;
    }
    CHECK(told_why == sleepers);
    CHECK(in_time == sleepers);
    CHECK(most_in_one <= kAllowedBytes * 3 / 8);
    // Sanitizers keep what was freed.
    if (e2e::slowness() == 1) CHECK((most_resident + most_kernel) / sleepers <= kAllowedBytes);
    scenario.figure("closed 1013", static_cast<long long>(told_why));
    scenario.figure("KiB each in the API", static_cast<long long>(most_resident / sleepers / 1024));
    scenario.figure("KiB each in the kernel", static_cast<long long>(most_kernel / sleepers / 1024));
    fleet->add_worker();  // drops the message of the task that was cancelled
    check_at_rest(scenario, *fleet, {job});
}
