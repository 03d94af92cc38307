#include "tests/faults/meddler.hpp"

#include <algorithm>
#include <stdexcept>

#include "queues/rabbitmq/connection.hpp"
#include "queues/rabbitmq/message_assembler.hpp"
#include "queues/topology.hpp"

namespace atelier::faults {
namespace {

using namespace queues;
using std::chrono::milliseconds;

constexpr amqp_channel_t kChannel = 1;
constexpr std::size_t kBundle = 64;  // shuffled together
constexpr std::size_t kKeptAtMost = 400;

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error("the meddler: " + result.error().message);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

rabbitmq::Connection open_connection(const std::string& url) {
    return must(rabbitmq::Connection::open(must(rabbitmq::parse_endpoint(url)), 30, milliseconds(5'000)));
}

}  // namespace

/// The consumer that comes first.
class Meddler::Tap {
  public:
    explicit Tap(const std::string& url) : connection_(open_connection(url)) {
        must(connection_.open_channel(kChannel));
        const std::vector<Argument> arguments{{"x-priority", 10}};
        const std::string queue = work_queue(BrokerSettings{}.prefix, Stage::generation, Lane::primary);
        amqp_basic_consume(connection_.raw(), kChannel, rabbitmq::bytes(queue), amqp_empty_bytes, false,
                           false, false, rabbitmq::ArgumentTable(arguments).table());
        must(connection_.answered("consume"));
    }
    ~Tap() { connection_.close(); }

    /// What came, once a bundle is full or nothing more comes for a moment.
    std::vector<OutgoingTask> take() {
        std::vector<OutgoingTask> taken;
        while (taken.size() < kBundle) {
            const auto frame = must(connection_.read(milliseconds(50)));
            if (!frame) break;
            const auto message = assembler_.add(*frame);
            if (!message) continue;
            last_tag_ = message->delivery_tag;
            taken.push_back(
                {Stage::generation, Lane::priority, message->letter.message_id, message->letter.body});
        }
        connection_.recycle();
        return taken;
    }
    void settle() {
        must(rabbitmq::Connection::sent(amqp_basic_ack(connection_.raw(), kChannel, last_tag_, true),
                                        "acknowledge"));
    }

  private:
    rabbitmq::Connection connection_;
    rabbitmq::MessageAssembler assembler_;
    std::uint64_t last_tag_ = 0;
};

Meddler::Meddler(const std::string& broker_url)
    : broker_(must(open_broker({.url = broker_url}))),
      tap_(std::make_unique<Tap>(broker_url)),
      thread_([this] { run(); }) {}

Meddler::~Meddler() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
}

void Meddler::stop() {
    stopping_ = true;
    thread_.join();
    if (!failure_.empty()) throw std::runtime_error(failure_);
}

void Meddler::run() {
    try {
        while (!stopping_)
            pass_on();
        deliver(kept_);
    } catch (const std::exception& failure) {
        failure_ = failure.what();
    }
}

void Meddler::pass_on() {
    auto taken = tap_->take();
    if (taken.empty()) return;
    taken_ += static_cast<int>(taken.size());
    spoil(std::move(taken));
    tap_->settle();
}

void Meddler::spoil(std::vector<OutgoingTask> taken) {
    std::vector<OutgoingTask> now;
    for (const OutgoingTask& message : taken)
        for (int copy = 0, copies = std::uniform_int_distribution(1, 4)(random_); copy < copies; ++copy)
            (copy == 3 ? kept_ : now).push_back(message);
    deliver(now);
    if (kept_.size() > kKeptAtMost) deliver(kept_);
}

void Meddler::deliver(std::vector<OutgoingTask>& copies) {
    std::shuffle(copies.begin(), copies.end(), random_);
    if (copies.empty()) return;
    for (const PublishOutcome outcome : broker_->publish(copies))
        if (outcome != PublishOutcome::confirmed) throw std::runtime_error("the meddler lost a message");
    copies.clear();
}

}  // namespace atelier::faults
