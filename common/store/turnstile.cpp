#include "common/store/turnstile.hpp"

namespace atelier::store {

bool Turnstile::enter(Deadline deadline) {
    std::unique_lock lock(mutex_);
    if (free_ > 0) {
        --free_;
        return true;
    }
    Waiter self;
    const auto place = waiting_.insert(waiting_.end(), &self);
    if (self.turn.wait_until(lock, deadline, [&] { return self.admitted; })) return true;
    waiting_.erase(place);
    return false;
}

void Turnstile::leave() {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) {
        ++free_;
        return;
    }
    Waiter* next = waiting_.front();
    waiting_.pop_front();
    next->admitted = true;
    next->turn.notify_one();
}

}  // namespace atelier::store
