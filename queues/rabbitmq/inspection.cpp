#include "queues/rabbitmq/inspection.hpp"

#include "queues/rabbitmq/connection.hpp"
#include "queues/rabbitmq/message_assembler.hpp"

namespace atelier::queues::rabbitmq {
namespace {

constexpr amqp_channel_t kChannel = 1;
constexpr std::chrono::milliseconds kAnswerTimeout{5'000};
// Heartbeats rest while a caller's callback runs; it may take up to twice this.
constexpr int kHeartbeat = 60;

Result<Connection> open(const Endpoint& endpoint, const BrokerSettings& settings) {
    auto connection =
        Connection::open(endpoint, kHeartbeat, std::min(kAnswerTimeout, settings.connect_timeout));
    if (!connection) return connection;
    if (auto channel = connection->open_channel(kChannel); !channel) return channel.error();
    return connection;
}

struct Counts {
    std::size_t messages = 0, consumers = 0;
};

/// A passive declaration: current, where the statistics of quorum queues lag by seconds.
Result<Counts> count(Connection& connection, const std::string& queue) {
    const amqp_queue_declare_ok_t* found = amqp_queue_declare(connection.raw(), kChannel, bytes(queue), true,
                                                              false, false, false, amqp_empty_table);
    if (auto done = connection.answered("look at queue " + queue); !done) return done.error();
    const Counts counts{found->message_count, found->consumer_count};
    connection.recycle();
    return counts;
}

/// The queue's first message, which stays unacked; nothing when it is empty.
Result<std::optional<Incoming>> get(Connection& connection, const std::string& queue) {
    const amqp_rpc_reply_t reply = amqp_basic_get(connection.raw(), kChannel, bytes(queue), false);
    if (reply.reply_type != AMQP_RESPONSE_NORMAL) {
        if (auto done = connection.answered("get from " + queue); !done) return done.error();
        return unavailable("cannot get from " + queue);
    }
    if (reply.reply.id == AMQP_BASIC_GET_EMPTY_METHOD) return std::optional<Incoming>();
    MessageAssembler assembler;
    amqp_frame_t first{};
    first.frame_type = AMQP_FRAME_METHOD;
    first.payload.method = reply.reply;
    assembler.add(first);
    for (;;) {
        auto frame = connection.read(kAnswerTimeout);
        if (!frame) return frame.error();
        if (!*frame) return unavailable("RabbitMQ stopped in the middle of a message");
        if (auto message = assembler.add(**frame)) {
            connection.recycle();
            return message;
        }
    }
}

/// Visits dead letters from the oldest on until `visit` has counted `limit`, then lets go of those it did not
/// remove. A quorum queue keeps their order.
Result<std::size_t> visit_dead(const Endpoint& endpoint, const BrokerSettings& settings, Stage stage,
                               const std::function<bool(DeadLetter&)>& removes, std::size_t visits,
                               std::size_t removals) {
    auto connection = open(endpoint, settings);
    if (!connection) return connection.error();
    const std::string queue = dead_queue(settings.prefix, stage);
    std::size_t removed = 0, kept = 0;
    while (removed + kept < visits && removed < removals) {
        auto message = get(*connection, queue);
        if (!message) return message.error();
        if (!*message) break;
        if (!removes((*message)->letter)) {
            ++kept;
            continue;
        }
        const int status = amqp_basic_ack(connection->raw(), kChannel, (*message)->delivery_tag, false);
        if (auto done = Connection::sent(status, "remove a dead letter"); !done) return done.error();
        ++removed;
    }
    if (kept > 0) amqp_basic_nack(connection->raw(), kChannel, 0, true, true);
    amqp_channel_close(connection->raw(), kChannel,
                       AMQP_REPLY_SUCCESS);  // its answer follows the settlements
    if (auto done = connection->answered("finish with " + queue); !done) return done.error();
    connection->close();
    return removed;
}

}  // namespace

Result<Depths> read_depths(const Endpoint& endpoint, const BrokerSettings& settings) {
    auto connection = open(endpoint, settings);
    if (!connection) return connection.error();
    Depths depths;
    for (Stage stage : kStages) {
        auto primary = count(*connection, work_queue(settings.prefix, stage, Lane::primary));
        if (!primary) return primary.error();
        auto priority = count(*connection, work_queue(settings.prefix, stage, Lane::priority));
        if (!priority) return priority.error();
        auto dead = count(*connection, dead_queue(settings.prefix, stage));
        if (!dead) return dead.error();
        depths[static_cast<std::size_t>(stage)] = {stage, primary->messages, priority->messages,
                                                   dead->messages, primary->consumers};
    }
    connection->close();
    return depths;
}

Result<std::vector<DeadLetter>> browse_dead(const Endpoint& endpoint, const BrokerSettings& settings,
                                            Stage stage, std::size_t limit) {
    std::vector<DeadLetter> letters;
    const auto keep = [&](DeadLetter& letter) {
        letters.push_back(std::move(letter));
        return false;
    };
    if (auto done = visit_dead(endpoint, settings, stage, keep, limit, limit); !done) return done.error();
    return letters;
}

Result<std::size_t> take_dead(const Endpoint& endpoint, const BrokerSettings& settings, Stage stage,
                              const std::function<bool(const DeadLetter&)>& wanted, std::size_t limit) {
    return visit_dead(
        endpoint, settings, stage, [&](DeadLetter& letter) { return wanted(letter); }, SIZE_MAX, limit);
}

}  // namespace atelier::queues::rabbitmq
