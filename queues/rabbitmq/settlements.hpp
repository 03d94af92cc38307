#pragma once
// Turns settlements, in whatever order workers finish, into few AMQP acknowledgements. Private to
// queues/rabbitmq.

#include <cstdint>
#include <set>
#include <vector>

namespace atelier::queues::rabbitmq {

enum class Settlement { ack, reject, release };

struct SettledTag {
    std::uint64_t tag = 0;
    Settlement how = Settlement::ack;
};

struct Acknowledgement {
    std::uint64_t tag = 0;
    Settlement how = Settlement::ack;
    bool multiple = false;
    bool operator==(const Acknowledgement&) const = default;
};

/// Takes the settled tags out of `unsettled` (all tags delivered and not settled) and says what to send, in
/// order. A `multiple` ack is used only where everything up to its tag is acked in this very batch or was
/// settled before.
std::vector<Acknowledgement> combine(std::set<std::uint64_t>& unsettled, std::vector<SettledTag> settled);

}  // namespace atelier::queues::rabbitmq
