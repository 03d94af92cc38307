#include "queues/rabbitmq/settlements.hpp"

#include <algorithm>

namespace atelier::queues::rabbitmq {

std::vector<Acknowledgement> combine(std::set<std::uint64_t>& unsettled, std::vector<SettledTag> settled) {
    std::vector<Acknowledgement> result;
    std::vector<std::uint64_t> acks;
    for (const SettledTag& one : settled) {
        if (one.how == Settlement::ack) {
            acks.push_back(one.tag);
        } else if (unsettled.erase(one.tag)) {
            result.push_back({one.tag, one.how, false});
        }
    }
    std::sort(acks.begin(), acks.end());
    std::size_t run = 0;
    while (run < acks.size() && !unsettled.empty() && *unsettled.begin() == acks[run]) {
        unsettled.erase(unsettled.begin());
        ++run;
    }
    if (run > 0) result.push_back({acks[run - 1], Settlement::ack, run > 1});
    for (std::size_t i = run; i < acks.size(); ++i)
        if (unsettled.erase(acks[i])) result.push_back({acks[i], Settlement::ack, false});
    return result;
}

}  // namespace atelier::queues::rabbitmq
