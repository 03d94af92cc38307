#include "queues/rabbitmq/publisher.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace atelier::queues::rabbitmq {
namespace {

constexpr amqp_channel_t kConfirmed = 1, kUnconfirmed = 2;
constexpr std::size_t kWindow = 512;  // unconfirmed at a time: enough to hide the round trip, little to lose
constexpr std::size_t kMaxPosts = 10'000;
constexpr std::size_t kShortStringMax = 255;  // AMQP's limit for ids and keys

std::int64_t epoch_ms() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

amqp_table_entry_t text_header(const char* key, std::string_view text) {
    amqp_table_entry_t header{amqp_cstring_bytes(key), {}};
    header.value.kind = AMQP_FIELD_KIND_UTF8;
    header.value.value.bytes = bytes(text);
    return header;
}

int send(Connection& connection, amqp_channel_t channel, const Publication& message, bool is_confirmed) {
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_CONTENT_TYPE_FLAG;
    properties.delivery_mode = is_confirmed ? AMQP_DELIVERY_PERSISTENT : AMQP_DELIVERY_NONPERSISTENT;
    properties.content_type = amqp_cstring_bytes("application/json");
    if (!message.message_id.empty()) {
        properties._flags |= AMQP_BASIC_MESSAGE_ID_FLAG;
        properties.message_id = bytes(message.message_id);
    }
    std::array headers{text_header(kReasonHeader, message.reason), text_header(kQueueHeader, message.queue),
                       text_header(kTimeHeader, {})};
    headers[2].value.kind = AMQP_FIELD_KIND_I64;
    headers[2].value.value.i64 = epoch_ms();
    if (!message.reason.empty()) {
        properties._flags |= AMQP_BASIC_HEADERS_FLAG;
        properties.headers = {static_cast<int>(headers.size()), headers.data()};
    }
    return amqp_basic_publish(connection.raw(), channel, bytes(message.exchange), bytes(message.routing_key),
                              is_confirmed, false, &properties, bytes(message.body));
}

}  // namespace

/// What a caller waits for. An outcome is set once; the caller may give up before all are.
struct Publisher::Batch {
    std::mutex mutex;
    std::condition_variable settled;
    std::vector<PublishOutcome> outcomes;
    std::vector<bool> known;
    std::size_t open = 0;
    bool abandoned = false;

    void set(std::size_t index, PublishOutcome outcome) {
        std::lock_guard lock(mutex);
        if (abandoned || known[index]) return;
        outcomes[index] = outcome;
        known[index] = true;
        if (--open == 0) settled.notify_one();
    }
    bool is_abandoned() {
        std::lock_guard lock(mutex);
        return abandoned;
    }
};

Publisher::Publisher(const Endpoint& endpoint, const BrokerSettings& settings)
    : settings_(settings), link_(endpoint, settings, *this, "publishing") {}

Publisher::~Publisher() {
    stop();
}

Result<> Publisher::start() {
    link_.start();
    return link_.wait_until_connected();
}

std::vector<PublishOutcome> Publisher::publish(std::vector<Publication> messages) {
    auto batch = std::make_shared<Batch>();
    batch->outcomes.assign(messages.size(), PublishOutcome::unavailable);
    batch->known.assign(messages.size(), false);
    batch->open = messages.size();
    {
        std::lock_guard lock(mutex_);
        if (closed_) return batch->outcomes;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            if (messages[i].message_id.size() > kShortStringMax)
                batch->set(i, PublishOutcome::unroutable);
            else
                waiting_.push_back({batch, i, std::move(messages[i])});
        }
    }
    link_.wake();
    std::unique_lock lock(batch->mutex);
    batch->settled.wait_for(lock, settings_.publish_timeout, [&] { return batch->open == 0; });
    batch->abandoned = true;
    return std::move(batch->outcomes);
}

void Publisher::post(Publication message) {
    if (message.routing_key.size() > kShortStringMax) return;
    {
        std::lock_guard lock(mutex_);
        if (closed_ || !link_.connected()) return;
        if (posts_.size() >= kMaxPosts) posts_.pop_front();
        posts_.push_back(std::move(message));
    }
    link_.wake();
}

BrokerHealth Publisher::health() const {
    BrokerHealth health = link_.health();
    std::lock_guard lock(mutex_);
    if (closed_) return {false, "the broker was closed"};
    if (!blocked_.empty()) return {false, "RabbitMQ takes no messages: " + blocked_};
    return health;
}

void Publisher::stop() {
    {
        std::lock_guard lock(mutex_);
        closed_ = true;
    }
    link_.stop();
    lost(unavailable("the broker was closed"));
}

Result<> Publisher::opened(Connection& connection) {
    amqp_confirm_select(connection.raw(), kConfirmed);
    if (auto done = connection.answered("turn on confirms"); !done) return done;
    last_tag_ = 0;
    returns_ = {};
    return connection.open_channel(kUnconfirmed);
}

Result<> Publisher::received(Connection&, const amqp_frame_t& frame) {
    if (frame.frame_type != AMQP_FRAME_METHOD) {
        if (auto message = returns_.add(frame)) mark_returned(*message);
        return {};
    }
    const amqp_method_t& method = frame.payload.method;
    if (method.id == AMQP_BASIC_ACK_METHOD) {
        const auto& ack = *static_cast<const amqp_basic_ack_t*>(method.decoded);
        settle(ack.delivery_tag, ack.multiple, PublishOutcome::confirmed);
    } else if (method.id == AMQP_BASIC_NACK_METHOD) {
        const auto& nack = *static_cast<const amqp_basic_nack_t*>(method.decoded);
        settle(nack.delivery_tag, nack.multiple, PublishOutcome::refused);
    } else if (method.id == AMQP_BASIC_RETURN_METHOD) {
        returns_.add(frame);
    } else if (method.id == AMQP_CONNECTION_BLOCKED_METHOD) {
        const auto& blocked = *static_cast<const amqp_connection_blocked_t*>(method.decoded);
        std::lock_guard lock(mutex_);
        blocked_ = blocked.reason.len ? std::string(view(blocked.reason)) : "no reason given";
    } else if (method.id == AMQP_CONNECTION_UNBLOCKED_METHOD) {
        std::lock_guard lock(mutex_);
        blocked_.clear();
    }
    return {};
}

void Publisher::settle(std::uint64_t tag, bool multiple, PublishOutcome outcome) {
    // Tag 0 with `multiple` means all so far.
    const auto end = multiple && tag == 0 ? unconfirmed_.end() : unconfirmed_.upper_bound(tag);
    auto it = multiple ? unconfirmed_.begin() : unconfirmed_.find(tag);
    while (it != end && it != unconfirmed_.end()) {
        Item& item = it->second;
        item.batch->set(item.index, item.returned ? PublishOutcome::unroutable : outcome);
        it = unconfirmed_.erase(it);
    }
}

/// A mandatory message that no queue takes comes back just before its confirm.
void Publisher::mark_returned(const Incoming& message) {
    for (auto& [tag, item] : unconfirmed_) {
        if (item.returned || item.message.message_id != message.letter.message_id) continue;
        item.returned = true;
        return;
    }
}

Result<> Publisher::woken(Connection& connection) {
    {
        std::lock_guard lock(mutex_);
        if (!blocked_.empty()) {
            // A blocked broker no longer reads: sending would block this thread.
            drop_abandoned();
            return {};
        }
    }
    if (auto done = send_items(connection); !done) return done;
    return send_posts(connection);
}

Result<> Publisher::send_items(Connection& connection) {
    while (unconfirmed_.size() < kWindow) {
        Item item;
        {
            std::lock_guard lock(mutex_);
            if (waiting_.empty()) return {};
            item = std::move(waiting_.front());
            waiting_.pop_front();
        }
        if (item.batch->is_abandoned()) continue;
        Item& kept = unconfirmed_.emplace(++last_tag_, std::move(item)).first->second;
        if (auto done = Connection::sent(send(connection, kConfirmed, kept.message, true), "publish"); !done)
            return done;
        kept.message.body.clear();
    }
    return {};
}

Result<> Publisher::send_posts(Connection& connection) {
    std::deque<Publication> posts;
    {
        std::lock_guard lock(mutex_);
        posts.swap(posts_);
    }
    for (const Publication& post : posts)
        if (auto done = Connection::sent(send(connection, kUnconfirmed, post, false), "publish an event");
            !done)
            return done;
    return {};
}

/// Callers that gave up leave nothing behind, however long the broker is away or takes nothing.
void Publisher::drop_abandoned() {
    std::erase_if(waiting_, [](Item& item) { return item.batch->is_abandoned(); });
}

/// What was sent has an unknown fate and is answered now. What still waits may go out over the next
/// connection, unless there will be none.
void Publisher::lost(const Error&) {
    for (auto& [tag, item] : unconfirmed_)
        item.batch->set(item.index, PublishOutcome::unavailable);
    unconfirmed_.clear();
    std::lock_guard lock(mutex_);
    blocked_.clear();
    posts_.clear();
    if (closed_)
        for (Item& item : waiting_)
            item.batch->set(item.index, PublishOutcome::unavailable);
    if (closed_) waiting_.clear();
    drop_abandoned();
}

}  // namespace atelier::queues::rabbitmq
