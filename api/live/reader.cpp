#include "api/live/reader.hpp"

namespace atelier::api::live {

std::size_t Delivery::bytes() const {
    constexpr std::size_t kOverhead = 128;  // the queue's own node and small strings
    return kOverhead + job_id.size() + text.size() + (event ? event->json.size() : 0);
}

Reader::Reader(std::function<void()> wake, std::size_t limit_bytes)
    : wake_(std::move(wake)), limit_(limit_bytes) {}

void Reader::push(Delivery delivery) {
    if (too_slow_) return;
    const std::size_t size = delivery.bytes();
    if (!queue_.empty() && bytes_ + size > limit_) {
        cut_off();
    } else {
        bytes_ += size;
        queue_.push_back(std::move(delivery));
    }
    wake_();
}

void Reader::cut_off() {
    too_slow_ = true;
    queue_.clear();
    bytes_ = 0;
}

}  // namespace atelier::api::live
