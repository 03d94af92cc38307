#include "common/store/text_style_sets.hpp"

#include "common/store/database.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

const std::string kSelect =
    "SELECT id, organization_id, name, definition, created_at, updated_at FROM text_style_sets ";

void bind(soci::details::prepare_temp_type& prepared, TextStyleSetRow& set) {
    prepared, soci::into(set.id), soci::into(set.organization_id), soci::into(set.name),
        soci::into(set.definition), soci::into(set.created_at), soci::into(set.updated_at);
}

}  // namespace

void insert_text_style_set(soci::session& session, TextStyleSetRow& set) {
    set.created_at = set.updated_at = now_ms(session);
    changed(
        session.prepare
            << "INSERT INTO text_style_sets (id, organization_id, name, definition, created_at, updated_at)"
               " VALUES (:id, :organization, :name, :definition, :created, :updated)",
        soci::use(set.id), soci::use(set.organization_id), soci::use(set.name), soci::use(set.definition),
        soci::use(set.created_at), soci::use(set.updated_at));
}

Result<TextStyleSetRow> find_text_style_set(soci::session& session, const OrganizationId& organization,
                                            const TextStyleSetId& id) {
    auto found = select_one<TextStyleSetRow>(
        session.prepare << kSelect + "WHERE organization_id = :organization AND id = :id", bind,
        soci::use(organization), soci::use(id));
    if (!found) return not_found("text style set");
    return std::move(*found);
}

Result<Page<TextStyleSetRow>> list_text_style_sets(soci::session& session, const OrganizationId& organization,
                                                   const PageRequest& page) {
    return select_page<TextStyleSetRow>(session, kSelect + "WHERE organization_id = :organization", page,
                                        bind, soci::use(organization));
}

Result<TextStyleSetRow> update_text_style_set(soci::session& session, const TextStyleSetRow& set) {
    changed(
        session.prepare << "UPDATE text_style_sets SET name = :name, definition = :definition,"
                           " updated_at = atelier_now() WHERE organization_id = :organization AND id = :id",
        soci::use(set.name), soci::use(set.definition), soci::use(set.organization_id), soci::use(set.id));
    return find_text_style_set(session, set.organization_id, set.id);
}

Result<void> delete_text_style_set(soci::session& session, const OrganizationId& organization,
                                   const TextStyleSetId& id) {
    if (changed(session.prepare
                    << "DELETE FROM text_style_sets WHERE organization_id = :organization AND id = :id",
                soci::use(organization), soci::use(id)) == 0) {
        return not_found("text style set");
    }
    return {};
}

}  // namespace atelier::store
