#pragma once
// How an organization sets its texts. The definition is checked by its JSON schema before it comes here.

#include <cstdint>
#include <string>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/json/value.hpp"
#include "common/store/page.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct TextStyleSetRow {
    TextStyleSetId id;
    OrganizationId organization_id;
    std::string name;
    json::Value definition;
    std::int64_t created_at = 0, updated_at = 0;  ///< epoch milliseconds
};

/// Sets the times.
void insert_text_style_set(soci::session& session, TextStyleSetRow& set);
Result<TextStyleSetRow> find_text_style_set(soci::session& session, const OrganizationId& organization,
                                            const TextStyleSetId& id);
Result<Page<TextStyleSetRow>> list_text_style_sets(soci::session& session, const OrganizationId& organization,
                                                   const PageRequest& page);
/// Writes name and definition. Error: not_found.
Result<TextStyleSetRow> update_text_style_set(soci::session& session, const TextStyleSetRow& set);
Result<void> delete_text_style_set(soci::session& session, const OrganizationId& organization,
                                   const TextStyleSetId& id);

}  // namespace atelier::store
