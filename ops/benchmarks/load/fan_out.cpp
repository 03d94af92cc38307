#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "ops/benchmarks/load/caller.hpp"
#include "ops/benchmarks/load/figures.hpp"
#include "ops/benchmarks/load/live.hpp"
#include "ops/benchmarks/load/watcher.hpp"

namespace atelier::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kWarmUp = 50;                         // clients before memory is first read
constexpr std::chrono::milliseconds kSettle{1500};  // until what connecting took is given back

/// KiB, from a line such as `VmRSS:   5120 kB`.
double memory_of(int process, const char* file, const std::string& field) {
    std::ifstream stream("/proc/" + std::to_string(process) + "/" + file);
    for (std::string name; stream >> name; stream.ignore(1000, '\n')) {
        double kib = 0;
        if (name == field && stream >> kib) return kib;
    }
    throw std::runtime_error("cannot read the memory of process " + std::to_string(process));
}

struct Memory {
    explicit Memory(int process)
        : resident(memory_of(process, "status", "VmRSS:")),
          proportional(memory_of(process, "smaps_rollup", "Pss:")) {}
    double resident, proportional;
};

using Watchers = std::vector<std::unique_ptr<Watcher>>;

void connect(Watchers& watchers, const LiveSettings& settings, int number) {
    for (int i = 0; i < number; ++i)
        watchers.push_back(std::make_unique<Watcher>(settings.port, settings.token));
}

Watchers connect_all(const LiveSettings& settings) {
    Watchers watchers;
    connect(watchers, settings, kWarmUp);
    std::this_thread::sleep_for(kSettle);
    const Memory before(settings.api_process);
    connect(watchers, settings, settings.clients - kWarmUp);
    std::this_thread::sleep_for(kSettle);
    const Memory after(settings.api_process);
    const double clients = settings.clients - kWarmUp;
    report("kib_per_client", (after.resident - before.resident) / clients);
    report("pss_kib_per_client", (after.proportional - before.proportional) / clients);
    return watchers;
}

/// The clients that watch jobs. `await` reads all of them until each has heard of the job.
class Crowd {
  public:
    Crowd(Watchers& watchers, int subscribers) : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
        for (int i = 0; i < subscribers; ++i) {
            Watcher* watcher = watchers.at(static_cast<std::size_t>(i)).get();
            watcher->set_blocking(false);
            epoll_event event{EPOLLIN, {.ptr = watcher}};
            ::epoll_ctl(epoll_, EPOLL_CTL_ADD, watcher->number(), &event);
            members_.push_back(watcher);
        }
    }
    ~Crowd() { ::close(epoll_); }
    Crowd(const Crowd&) = delete;

    void subscribe(const std::string& job_id) {
        for (Watcher* watcher : members_)
            watcher->subscribe(job_id, 1);
    }

    /// When each has received a message that says `word`.
    std::vector<Clock::time_point> await(std::string_view word) {
        std::vector<Clock::time_point> arrivals;
        std::array<epoll_event, 256> events{};
        while (arrivals.size() < members_.size()) {
            const int ready = ::epoll_wait(epoll_, events.data(), events.size(), 10'000);
            if (ready == 0) throw std::runtime_error("not everybody heard " + std::string(word) + " in 10 s");
            for (int i = 0; i < ready; ++i)
                while (auto text =
                           static_cast<Watcher*>(events[static_cast<std::size_t>(i)].data.ptr)->next())
                    if (text->find(word) != std::string::npos) arrivals.push_back(Clock::now());
        }
        return arrivals;
    }

  private:
    int epoll_;
    std::vector<Watcher*> members_;
};

}  // namespace

void measure_fan_out(const LiveSettings& settings) {
    Watchers watchers = connect_all(settings);
    Crowd crowd(watchers, settings.subscribers);
    Caller caller(settings.port, settings.token);
    std::vector<double> milliseconds;
    for (int i = 0; i < settings.times; ++i) {
        const std::string job = caller.create_job(settings.body);
        crowd.subscribe(job);
        crowd.await("\"subscribed\"");
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        const auto begun = Clock::now();
        caller.post("/api/v1/jobs/" + job + "/cancel", {});
        for (const auto arrival : crowd.await("\"job:cancelled\""))
            milliseconds.push_back(std::chrono::duration<double, std::milli>(arrival - begun).count());
        caller.answer();
    }
    report("p50_ms", percentile(milliseconds, 0.5));
    report("p99_ms", percentile(milliseconds, 0.99));
}

}  // namespace atelier::bench
