#include "queues/embedded/stage_queues.hpp"

#include <algorithm>

#include "queues/topology.hpp"

namespace atelier::queues::embedded {
namespace {

std::int64_t epoch_ms() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

StageQueues::StageQueues(Stage stage, Limits limits, std::string_view prefix)
    : stage_(stage), limits_(limits), prefix_(prefix) {}

bool StageQueues::push(const OutgoingTask& task) {
    {
        std::lock_guard lock(mutex_);
        if (lane(task.lane).size() >= limits_.max_length) return false;
        lane(task.lane).push_back({task.message_id, task.body, 0});
    }
    changed_.notify_all();
    return true;
}

/// Needs the mutex. Advances the reader's turn when there is something to take.
std::optional<Lane> StageQueues::next_lane(Reader& reader) const {
    std::array<bool, kLanes.size()> takes{};
    for (std::size_t i = 0; i < kLanes.size(); ++i)
        takes[i] = !lanes_[i].empty() && reader.in_flight[i] < reader.slots;
    if (!takes[0] && !takes[1]) return std::nullopt;
    return reader.turn.choose(takes[static_cast<std::size_t>(Lane::primary)],
                              takes[static_cast<std::size_t>(Lane::priority)]);
}

std::optional<Delivery> StageQueues::pull(Reader& reader, std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    std::optional<Lane> from;
    const auto ready = [&] { return closed_ || reader.draining || (from = next_lane(reader)).has_value(); };
    if (!changed_.wait_for(lock, wait, ready) || !from) return std::nullopt;
    Message message = std::move(lane(*from).front());
    lane(*from).pop_front();
    Delivery delivery{
        stage_, *from,      std::move(message.message_id), std::move(message.body), message.redeliveries,
        1,      ++last_tag_};
    reader.unsettled.emplace(delivery.tag, delivery);
    ++reader.in_flight[static_cast<std::size_t>(*from)];
    return delivery;
}

void StageQueues::settle(Reader& reader, std::uint64_t tag, Settlement how, std::string_view reason) {
    {
        std::lock_guard lock(mutex_);
        auto node = reader.unsettled.extract(tag);
        if (node.empty()) return;
        --reader.in_flight[static_cast<std::size_t>(node.mapped().lane)];
        if (how == Settlement::reject)
            bury(node.mapped(), reason.empty() ? "rejected" : reason);
        else if (how == Settlement::release)
            give_back(std::move(node.mapped()));
    }
    changed_.notify_all();
}

void StageQueues::bury(const Delivery& delivery, std::string_view reason) {
    dead_.push_back({delivery.message_id, delivery.body, std::string(reason),
                     work_queue(prefix_, stage_, delivery.lane), epoch_ms()});
}

void StageQueues::give_back(Delivery delivery) {
    if (++delivery.redeliveries > limits_.delivery_limit) return bury(delivery, "delivery_limit");
    lane(delivery.lane)
        .push_front({std::move(delivery.message_id), std::move(delivery.body), delivery.redeliveries});
}

void StageQueues::drain(Reader& reader) {
    {
        std::lock_guard lock(mutex_);
        if (reader.draining) return;
        reader.draining = true;
        --readers_;
    }
    changed_.notify_all();
}

void StageQueues::attach(Reader&) {
    std::lock_guard lock(mutex_);
    ++readers_;
}

void StageQueues::detach(Reader& reader) {
    drain(reader);
    {
        std::lock_guard lock(mutex_);
        // Newest first, each to the front: the queue has its old order again.
        for (auto it = reader.unsettled.rbegin(); it != reader.unsettled.rend(); ++it)
            give_back(std::move(it->second));
        reader.unsettled.clear();
        reader.in_flight = {};
    }
    changed_.notify_all();
}

void StageQueues::push_dead(DeadLetter letter) {
    if (!letter.died_at_ms) letter.died_at_ms = epoch_ms();
    std::lock_guard lock(mutex_);
    dead_.push_back(std::move(letter));
}

std::vector<DeadLetter> StageQueues::browse_dead(std::size_t limit) const {
    std::lock_guard lock(mutex_);
    return {dead_.begin(), dead_.begin() + static_cast<std::ptrdiff_t>(std::min(limit, dead_.size()))};
}

std::optional<DeadLetter> StageQueues::pop_dead() {
    std::lock_guard lock(mutex_);
    if (dead_.empty()) return std::nullopt;
    DeadLetter letter = std::move(dead_.front());
    dead_.pop_front();
    return letter;
}

void StageQueues::restore_dead(std::deque<DeadLetter> letters) {
    std::lock_guard lock(mutex_);
    dead_.insert(dead_.begin(), std::make_move_iterator(letters.begin()),
                 std::make_move_iterator(letters.end()));
}

StageDepth StageQueues::depth() const {
    std::lock_guard lock(mutex_);
    return {stage_, lanes_[static_cast<std::size_t>(Lane::primary)].size(),
            lanes_[static_cast<std::size_t>(Lane::priority)].size(), dead_.size(), readers_};
}

void StageQueues::close() {
    {
        std::lock_guard lock(mutex_);
        closed_ = true;
    }
    changed_.notify_all();
}

}  // namespace atelier::queues::embedded
