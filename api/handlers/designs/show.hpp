#pragma once
// Designs and revisions as answers. Private to this folder.

#include "api/handlers/exchange.hpp"
#include "common/store/designs.hpp"

namespace soci {
class session;
}

namespace atelier::api {

/// Without its document.
json::Value to_json(const store::Design& design);
json::Value to_json(const store::DesignRevision& revision);

/// With `design`, `repair_log` and `missing_assets`: those that the design shows and the organization does
/// not have (any more), where renderers leave a placeholder. Error: internal for a document that is none.
Result<json::Value> in_full(soci::session& session, const store::Design& design,
                            const store::DesignRevision& revision);
Result<json::Value> in_full(soci::session& session, const store::DesignRevision& revision);

/// 409 with `error.current_version`: the change was made to another version than the newest.
Reply version_conflict(const Request& request, int current);

}  // namespace atelier::api
