#pragma once
// What analysis found on an asset, and the cached ranking of it.

#include <cstdint>
#include <optional>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/json/value.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct Analysis {
    AssetId asset_id;
    json::Value elements, palette;  ///< arrays
    double sharpness = 0;
    json::Value details;           ///< an object
    std::int64_t analyzed_at = 0;  ///< epoch milliseconds
};
/// Replaces the asset's analysis and forgets its ranking. Error: not_found (the asset).
Result<void> put_analysis(soci::session& session, const OrganizationId& organization,
                          const Analysis& analysis);
/// Error: not_found.
Result<Analysis> find_analysis(soci::session& session, const OrganizationId& organization,
                               const AssetId& asset);

struct Ranking {
    AssetId asset_id;
    std::int64_t rule_revision = 0;
    json::Value ranked;  ///< an array
};
/// Keeps the ranking of the newest revision. Error: not_found (the asset).
Result<void> put_ranking(soci::session& session, const OrganizationId& organization, const Ranking& ranking);
/// Nothing unless it was made by the rules of this revision.
std::optional<Ranking> find_ranking(soci::session& session, const OrganizationId& organization,
                                    const AssetId& asset, std::int64_t rule_revision);

}  // namespace atelier::store
