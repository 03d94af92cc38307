#include "workers/ai/router/slots.hpp"

namespace atelier::ai {

std::optional<Slots::Slot> Slots::acquire(std::chrono::milliseconds patience, const async::StopToken& stop) {
    std::unique_lock lock(mutex_);
    if (!freed_.wait_for(lock, stop, patience, [this] { return free_ > 0; })) return std::nullopt;
    --free_;
    return Slot(*this);
}

void Slots::give_back() {
    {
        const std::scoped_lock lock(mutex_);
        ++free_;
    }
    freed_.notify_one();
}

}  // namespace atelier::ai
