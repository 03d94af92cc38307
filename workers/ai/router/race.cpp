#include "workers/ai/router/race.hpp"

namespace atelier::ai {

Race::Race(const async::StopToken& outer) : passing_on_(outer, [this] { stop_.request_stop(); }) {}

Race::~Race() {
    cancel();
}

void Race::start(std::function<Outcome(const async::StopToken&)> call) {
    const std::scoped_lock lock(mutex_);
    const std::size_t place = outcomes_.size();
    outcomes_.emplace_back();
    threads_.emplace_back([this, place, call = std::move(call)] {
        Outcome outcome = call(stop_.get_token());
        {
            const std::scoped_lock ending(mutex_);
            outcomes_[place] = std::move(outcome);
            finished_.push_back(place);
        }
        ended_.notify_one();
    });
}

std::size_t Race::next() {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [this] { return !finished_.empty(); });
    const std::size_t place = finished_.front();
    finished_.pop_front();
    return place;
}

std::optional<std::size_t> Race::next_within(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    if (!ended_.wait_for(lock, patience, [this] { return !finished_.empty(); })) return std::nullopt;
    const std::size_t place = finished_.front();
    finished_.pop_front();
    return place;
}

}  // namespace atelier::ai
