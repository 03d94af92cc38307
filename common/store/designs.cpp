#include "common/store/designs.hpp"

#include <array>
#include <charconv>
#include <limits>

#include "common/crypto/encoding.hpp"
#include "common/store/brands.hpp"
#include "common/store/database.hpp"
#include "common/store/projects.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

constexpr std::array<std::pair<DesignOrigin, std::string_view>, 9> kOrigins{{
    {DesignOrigin::create, "create"},
    {DesignOrigin::patch, "patch"},
    {DesignOrigin::replace, "replace"},
    {DesignOrigin::brand, "brand"},
    {DesignOrigin::restore, "restore"},
    {DesignOrigin::duplicate, "duplicate"},
    {DesignOrigin::generate, "generate"},
    {DesignOrigin::edit, "edit"},
    {DesignOrigin::pictures, "pictures"},
}};

const std::string kSelect =
    "SELECT id, organization_id, user_id, project_id, brand_id, name, width, height, is_valid, version,"
    " created_at, updated_at FROM designs WHERE organization_id = :organization AND is_deleted = 0";

void bind(soci::details::prepare_temp_type& prepared, Design& design) {
    prepared, soci::into(design.id), soci::into(design.organization_id), soci::into(design.user_id),
        soci::into(design.project_id), soci::into(design.brand_id), soci::into(design.name),
        soci::into(design.width), soci::into(design.height), soci::into(design.is_valid),
        soci::into(design.version), soci::into(design.created_at), soci::into(design.updated_at);
}

const std::string kSummary =
    "SELECT design_id, organization_id, version, user_id, origin, source, is_valid, created_at";

void bind_summary(soci::details::prepare_temp_type& prepared, DesignRevision& revision) {
    prepared, soci::into(revision.design_id), soci::into(revision.organization_id),
        soci::into(revision.version), soci::into(revision.user_id), soci::into(revision.origin),
        soci::into(revision.source), soci::into(revision.is_valid), soci::into(revision.created_at);
}

void bind_revision(soci::details::prepare_temp_type& prepared, DesignRevision& revision) {
    bind_summary(prepared, revision);
    prepared, soci::into(revision.document), soci::into(revision.repair_log);
}

Result<void> check_owners(soci::session& session, const Design& design) {
    std::vector<FieldError> wrong;
    if (design.project_id && !find_project(session, design.organization_id, *design.project_id))
        wrong.push_back({"/project_id", "exists", "There is no such project."});
    if (design.brand_id && !lock_brand(session, design.organization_id, *design.brand_id))
        wrong.push_back({"/brand_id", "exists", "There is no such brand."});
    if (!wrong.empty()) return invalid(std::move(wrong));
    return {};
}

void insert_revision(soci::session& session, const Design& design, int version,
                     const DesignRevision& revision) {
    changed(session.prepare
                << "INSERT INTO design_revisions (design_id, version, organization_id, user_id, origin,"
                   " source, is_valid, document, repair_log, created_at) VALUES (:design, :version,"
                   " :organization, :user, :origin, :source, :valid, :document, :log, atelier_now())",
            soci::use(design.id), soci::use(version), soci::use(design.organization_id),
            soci::use(revision.user_id), soci::use(revision.origin), soci::use(revision.source),
            soci::use(revision.is_valid), soci::use(revision.document), soci::use(revision.repair_log));
}

/// The version that a cursor of list_design_revisions() names: rows must be older.
Result<int> version_bound(const PageRequest& page) {
    if (const auto limit = page_bound({.limit = page.limit}); !limit) return limit.error();
    if (page.cursor.empty()) return std::numeric_limits<int>::max();
    const auto text = crypto::base64url_decode(page.cursor);
    int version = 0;
    if (text) {
        const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), version);
        if (error == std::errc() && end == text->data() + text->size()) return version;
    }
    return invalid("query:cursor", "format", "This is no cursor of a page.");
}

}  // namespace

std::string_view to_string(DesignOrigin origin) {
    for (const auto& [value, name] : kOrigins)
        if (value == origin) return name;
    return "create";
}

std::optional<DesignOrigin> parse(std::string_view name, DesignOrigin*) {
    for (const auto& [value, known] : kOrigins)
        if (known == name) return value;
    return std::nullopt;
}

Result<void> insert_design(soci::session& session, Design& design, DesignRevision first) {
    if (auto owned = check_owners(session, design); !owned) return owned;
    design.version = 1;
    design.created_at = design.updated_at = now_ms(session);
    changed(
        session.prepare
            << "INSERT INTO designs (id, organization_id, user_id, project_id, brand_id, name, width, height,"
               " is_valid, version, created_at, updated_at) VALUES (:id, :organization, :user, :project,"
               " :brand, :name, :width, :height, :valid, 1, :created, :updated)",
        soci::use(design.id), soci::use(design.organization_id), soci::use(design.user_id),
        soci::use(design.project_id), soci::use(design.brand_id), soci::use(design.name),
        soci::use(design.width), soci::use(design.height), soci::use(design.is_valid),
        soci::use(design.created_at), soci::use(design.updated_at));
    insert_revision(session, design, 1, first);
    return {};
}

Result<Design> find_design(soci::session& session, const OrganizationId& organization, const DesignId& id) {
    auto found = select_one<Design>(session.prepare << kSelect << " AND id = :id", bind,
                                    soci::use(organization), soci::use(id));
    if (!found) return not_found("design");
    return std::move(*found);
}

Result<DesignRevision> find_design_revision(soci::session& session, const OrganizationId& organization,
                                            const DesignId& id, int version) {
    if (const auto design = find_design(session, organization, id); !design) return design.error();
    return find_pinned_revision(session, organization, id, version);
}

Result<DesignRevision> find_pinned_revision(soci::session& session, const OrganizationId& organization,
                                            const DesignId& id, int version) {
    auto found = select_one<DesignRevision>(
        session.prepare << kSummary
                        << ", document, repair_log FROM design_revisions WHERE organization_id ="
                           " :organization AND design_id = :design AND version = :version",
        bind_revision, soci::use(organization), soci::use(id), soci::use(version));
    if (!found) return not_found("revision");
    return std::move(*found);
}

Result<Page<Design>> list_designs(soci::session& session, const OrganizationId& organization,
                                  const DesignFilter& filter, const PageRequest& page) {
    const std::string project = filter.project ? filter.project->value : "",
                      brand = filter.brand ? filter.brand->value : "";
    return select_page<Design>(session,
                               kSelect +
                                   " AND (CAST(:any_project AS TEXT) = '' OR project_id = :project) AND"
                                   " (CAST(:any_brand AS TEXT) = '' OR brand_id = :brand)",
                               page, bind, soci::use(organization), soci::use(project), soci::use(project),
                               soci::use(brand), soci::use(brand));
}

Result<Page<DesignRevision>> list_design_revisions(soci::session& session, const OrganizationId& organization,
                                                   const DesignId& id, const PageRequest& page) {
    if (const auto design = find_design(session, organization, id); !design) return design.error();
    const auto bound = version_bound(page);
    if (!bound) return bound.error();
    auto rows = select_all<DesignRevision>(
        session.prepare << kSummary
                        << " FROM design_revisions WHERE organization_id = :organization AND design_id ="
                           " :design AND version < :bound ORDER BY version DESC LIMIT "
                        << page.limit + 1,
        bind_summary, soci::use(organization), soci::use(id), soci::use(*bound));
    return to_page(std::move(rows), page,
                   [](const DesignRevision& revision) { return std::to_string(revision.version); });
}

Result<Design> update_design(soci::session& session, const Design& design, const DesignRevision* next) {
    if (auto owned = check_owners(session, design); !owned) return owned.error();
    const int raise = next ? 1 : 0;
    const bool updated =
        changed(session.prepare
                    << "UPDATE designs SET name = :name, project_id = :project, brand_id = :brand, width ="
                       " :width, height = :height, is_valid = :valid, version = version + :raise, updated_at"
                       " = atelier_now() WHERE organization_id = :organization AND id = :id AND version ="
                       " :version AND is_deleted = 0",
                soci::use(design.name), soci::use(design.project_id), soci::use(design.brand_id),
                soci::use(design.width), soci::use(design.height), soci::use(design.is_valid),
                soci::use(raise), soci::use(design.organization_id), soci::use(design.id),
                soci::use(design.version)) == 1;
    auto stored = find_design(session, design.organization_id, design.id);
    if (!stored) return stored;
    if (!updated) return conflict("Somebody else has changed this design meanwhile.");
    if (next) insert_revision(session, *stored, stored->version, *next);
    return stored;
}

Result<void> delete_design(soci::session& session, const OrganizationId& organization, const DesignId& id) {
    if (changed(session.prepare << "UPDATE designs SET is_deleted = 1, updated_at = atelier_now() WHERE"
                                   " organization_id = :organization AND id = :id AND is_deleted = 0",
                soci::use(organization), soci::use(id)) == 0)
        return not_found("design");
    return {};
}

}  // namespace atelier::store
