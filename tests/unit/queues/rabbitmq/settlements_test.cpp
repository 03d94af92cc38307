#include "queues/rabbitmq/settlements.hpp"

#include <doctest/doctest.h>

using namespace atelier::queues::rabbitmq;

using Tags = std::set<std::uint64_t>;
using Sent = std::vector<Acknowledgement>;

TEST_CASE("acks of everything up to a tag become one") {
    Tags unsettled{1, 2, 3, 4, 5};
    const Sent sent = combine(unsettled, {{3, Settlement::ack}, {1, Settlement::ack}, {2, Settlement::ack}});
    CHECK((sent == Sent{{3, Settlement::ack, true}}));
    CHECK((unsettled == Tags{4, 5}));
}

TEST_CASE("an older task that still runs is never acked along") {
    Tags unsettled{1, 2, 3, 4};
    const Sent sent = combine(unsettled, {{2, Settlement::ack}, {3, Settlement::ack}, {4, Settlement::ack}});
    CHECK((sent ==
           Sent{{2, Settlement::ack, false}, {3, Settlement::ack, false}, {4, Settlement::ack, false}}));
    CHECK((unsettled == Tags{1}));
}

TEST_CASE("rejects and releases go first, so that a run of acks may pass over them") {
    Tags unsettled{1, 2, 3, 4};
    const Sent sent = combine(
        unsettled,
        {{1, Settlement::ack}, {2, Settlement::reject}, {3, Settlement::ack}, {4, Settlement::release}});
    CHECK(
        (sent ==
         Sent{{2, Settlement::reject, false}, {4, Settlement::release, false}, {3, Settlement::ack, true}}));
    CHECK(unsettled.empty());
}

TEST_CASE("a single ack is not multiple, and unknown tags send nothing") {
    Tags unsettled{7, 9};
    CHECK((combine(unsettled, {{7, Settlement::ack}, {8, Settlement::ack}, {5, Settlement::release}}) ==
           Sent{{7, Settlement::ack, false}}));
    CHECK((unsettled == Tags{9}));
    CHECK(combine(unsettled, {}).empty());
}
