// Everything at once, from many threads, with messages doubled, lost and reordered and workers that die. The
// choices come from fixed seeds; what the scheduler makes of them may differ, and the audit must hold
// regardless.
#include <doctest/doctest.h>

#include <mutex>
#include <random>
#include <thread>

#include "tests/support/protocol_audit.hpp"
#include "tests/support/studio.hpp"

using namespace atelier;
using namespace atelier::testing;
using namespace atelier::queues;
using namespace std::chrono_literals;

namespace {

/// What travels: messages in no order, and claims whose workers fell silent but may speak again.
class Chaos {
  public:
    Chaos(Studio& studio, std::vector<JobId> jobs) : studio_(studio), jobs_(std::move(jobs)) {}

    void run(int threads, int moves) {
        std::vector<std::thread> all;
        for (int i = 0; i < threads; ++i)
            all.emplace_back([this, i, moves] {
                std::mt19937 random(1000 + i);
                for (int n = 0; n < moves; ++n)
                    move(random);
            });
        for (std::thread& thread : all)
            thread.join();
    }

    /// Nobody disturbs any more: what is left must come to its end.
    void settle() {
        while (studio_.number("SELECT count(*) FROM tasks WHERE state IN ('ready', 'queued', 'running')") >
               0) {
            studio_.expire_leases();
            reap(studio_.db(), -1ms, all_queues(true)).value();
            studio_.let_time_pass();
            studio_.work_off();
        }
    }

  private:
    void move(std::mt19937& random) {
        const int choice = pick(random, 100);
        if (choice < 20)
            dispatch(random);
        else if (choice < 85)
            work(random);
        else if (choice < 90)
            speak_again(random);
        else if (choice < 94)
            lose_time(random);
        else if (choice < 97)
            (void)studio_.cancel(jobs_[pick(random, std::ssize(jobs_))]);
        else
            studio_.requeue(jobs_[pick(random, std::ssize(jobs_))]);
    }

    static int pick(std::mt19937& random, std::ptrdiff_t below) {
        return static_cast<int>(random() % static_cast<unsigned>(below));
    }

    void dispatch(std::mt19937& random) {
        const auto messages = studio_.dispatch(20);
        std::lock_guard lock(mutex_);
        for (const TaskMessage& message : messages)
            for (int copies = pick(random, 10) == 0 ? 0 : 1 + pick(random, 2); copies > 0; --copies)
                messages_.insert(messages_.begin() + pick(random, std::ssize(messages_) + 1), message);
    }

    void work(std::mt19937& random) {
        TaskMessage message;
        {
            std::lock_guard lock(mutex_);
            if (messages_.empty()) return;
            message = messages_.back();
            messages_.pop_back();
        }
        const auto claim = studio_.claim(message);
        if (!claim) return;
        const int fate = pick(random, 100);
        if (fate < 80) {
            studio_.finish(*claim);
            if (fate < 10) studio_.finish(*claim);
        } else if (fate < 88) {
            studio_.fail(*claim, true);
        } else if (fate < 91) {
            studio_.fail(*claim, false);
        } else if (fate < 95) {
            give_back(studio_.db(), *claim).value();
        } else {
            std::lock_guard lock(mutex_);
            silent_.push_back(*claim);
        }
    }

    void speak_again(std::mt19937& random) {
        std::optional<store::Claim> claim;
        {
            std::lock_guard lock(mutex_);
            if (silent_.empty()) return;
            claim = silent_[pick(random, std::ssize(silent_))];  // may speak more than once
        }
        if (pick(random, 3) == 0)
            studio_.fail(*claim, pick(random, 2) == 0);
        else
            studio_.finish(*claim);
    }

    void lose_time(std::mt19937& random) {
        if (pick(random, 2) == 0) studio_.expire_leases();
        studio_.let_time_pass();
        reap(studio_.db(), pick(random, 2) ? -1ms : 3'600'000ms, all_queues(true)).value();
    }

    Studio& studio_;
    const std::vector<JobId> jobs_;
    std::mutex mutex_;
    std::vector<TaskMessage> messages_;
    std::vector<store::Claim> silent_;
};

}  // namespace

TEST_CASE("200 jobs end once each, whatever is doubled, lost, reordered, killed, cancelled and requeued") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 2, .credits = 100'000});
        std::vector<JobId> jobs;
        for (int i = 0; i < 200; ++i)
            jobs.push_back(studio.begin(studio.analysis()));
        Chaos chaos(studio, jobs);
        chaos.run(6, 250);
        CHECK(breaches(studio.db()) == "");
        chaos.settle();
        CHECK(breaches(studio.db()) == "");
        CHECK(studio.number("SELECT count(*) FROM jobs WHERE state IN ('queued', 'running')") == 0);
        CHECK(studio.number("SELECT count(*) FROM jobs WHERE state = 'completed'") > 100);
    });
}

TEST_CASE("the last tasks of a job that finish at the same moment complete it once") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 6});
        for (int round = 0; round < 5; ++round) {
            const JobId job = studio.begin(studio.analysis());
            for (int step = 0; step < 2; ++step) {
                std::vector<std::thread> workers;
                for (const TaskMessage& message : studio.dispatch())
                    workers.emplace_back(
                        [&studio, message] { studio.finish(studio.claim(message).value()); });
                for (std::thread& worker : workers)
                    worker.join();
            }
            CHECK(studio.job(job).state == store::JobState::completed);
        }
        CHECK(breaches(studio.db()) == "");
    });
}

TEST_CASE("a cancel that races with the last finish refunds or settles, never both") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        for (int round = 0; round < 20; ++round) {
            const JobId job = studio.begin(studio.analysis());
            studio.finish(studio.claim_next());
            const store::Claim last = studio.claim_next();
            std::thread finishing([&] { studio.finish(last); });
            const bool cancelled = studio.cancel(job).has_value();
            finishing.join();
            CHECK((studio.job(job).state == store::JobState::cancelled) == cancelled);
        }
        CHECK(breaches(studio.db()) == "");
    });
}
