#pragma once
// What every new organization starts with: platforms, the 21 formats, ranking and moderation rules, a text
// style set.

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"

namespace soci {
class session;
}

namespace atelier::store {

/// Once per organization, in the transaction that creates it.
Result<void> seed_catalog(soci::session& session, const OrganizationId& organization);

}  // namespace atelier::store
