#pragma once
// Stands between a work queue and the workers and spoils the post: every message that the dispatcher puts
// into the primary lane of `generation` is taken out (by a consumer that RabbitMQ serves before all others),
// and put into the priority lane one to four times, in another order, some copies much later.

#include <atomic>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "queues/broker.hpp"

namespace atelier::faults {

class Meddler {
  public:
    /// Begins at once. Throws when RabbitMQ cannot be reached.
    explicit Meddler(const std::string& broker_url);
    ~Meddler();

    int taken() const { return taken_; }
    /// Delivers what it still holds and stops. Throws when a message could not be passed on.
    void stop();

  private:
    class Tap;
    void run();
    void pass_on();
    void spoil(std::vector<queues::OutgoingTask> taken);
    void deliver(std::vector<queues::OutgoingTask>& copies);

    std::unique_ptr<queues::Broker> broker_;
    std::unique_ptr<Tap> tap_;
    std::atomic<int> taken_ = 0;
    std::atomic<bool> stopping_ = false;
    std::string failure_;  ///< read after the thread has ended
    std::mt19937 random_{3};
    std::vector<queues::OutgoingTask> kept_;  ///< to be delivered when most of the tasks are long done
    std::thread thread_;
};

}  // namespace atelier::faults
