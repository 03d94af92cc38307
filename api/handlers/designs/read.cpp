#include <charconv>

#include "api/handlers/designs/designs.hpp"
#include "api/handlers/designs/forms.hpp"
#include "api/handlers/designs/show.hpp"
#include "common/design/model/walk.hpp"

namespace atelier::api {
namespace {

/// The version in the path. Error: not_found.
Result<int> version_of(const Request& request) {
    const std::string_view text = request.parameter("version");
    int version = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
    if (error != std::errc() || end != text.data() + text.size() || version < 1) return not_found("revision");
    return version;
}

/// What a form needs of the database.
struct Drawn {
    int version = 0;
    std::size_t written = 0;
    design::Design design;
    std::vector<store::Asset> assets;
};

Result<Drawn> drawn_design(soci::session& session, const OrganizationId& organization, const DesignId& id) {
    auto row = store::find_design(session, organization, id);
    if (!row) return row.error();
    auto revision = store::find_design_revision(session, organization, id, row->version);
    if (!revision) return revision.error();
    auto design = design::parse_design(revision->document);
    if (!design) return internal("A stored design does not fit its schema.");
    Drawn drawn{row->version, design::written_in(revision->document), std::move(*design), {}};
    drawn.assets = store::find_assets(session, organization, design::assets_shown(drawn.design));
    return drawn;
}

/// `as` is `fabric` or `svg`. The version, which neither form holds, is the entity tag.
Reply get_form(const Request& request, ApiServices& services, const DesignId& id, std::string_view as) {
    auto drawn = services.db.read(
        [&](soci::session& session) { return drawn_design(session, organization_of(request), id); });
    if (!drawn) return Reply::error(drawn.error(), request.request_id);
    const std::string tag = '"' + std::to_string(drawn->version) + '"';
    const bool is_long = drawn->written > kMostPreviewed;
    if (as == "fabric")
        return Reply::json(200, fabric_form(drawn->design, drawn->assets, services, is_long))
            .with("ETag", tag);
    if (is_long)
        return Reply::error(
            {ErrorCode::too_large, "The design has too much text for a preview: export it.", {}, {}},
            request.request_id);
    auto svg = svg_form(drawn->design, drawn->assets, services);
    if (!svg) return Reply::error(svg.error(), request.request_id);
    return Reply::text(200, "image/svg+xml", std::move(*svg)).with("ETag", tag);
}

}  // namespace

Reply list_designs(const Request& request, ApiServices& services) {
    auto page = page_of(request);
    if (!page) return Reply::error(page.error(), request.request_id);
    store::DesignFilter filter;
    if (const std::string* project = request.query.find("project_id")) filter.project = ProjectId{*project};
    if (const std::string* brand = request.query.find("brand_id")) filter.brand = BrandId{*brand};
    return answer(request, services.db.read([&](soci::session& session) -> Result<Reply> {
        auto found = store::list_designs(session, organization_of(request), filter, *page);
        if (!found) return found.error();
        return page_reply(*found, [](const store::Design& design) { return to_json(design); });
    }));
}

Reply get_design(const Request& request, ApiServices& services) {
    auto id = id_of<DesignId>(request, "design_id", "design");
    if (!id) return Reply::error(id.error(), request.request_id);
    if (const std::string* as = request.query.find("as")) {
        if (*as == "fabric" || *as == "svg") return get_form(request, services, *id, *as);
        return Reply::error(invalid("query:as", "enum", "as is fabric or svg."), request.request_id);
    }
    return answer(request, services.db.read([&](soci::session& session) -> Result<Reply> {
        auto design = store::find_design(session, organization_of(request), *id);
        if (!design) return design.error();
        auto revision = store::find_design_revision(session, organization_of(request), *id, design->version);
        if (!revision) return revision.error();
        auto shown = in_full(session, *design, *revision);
        if (!shown) return shown.error();
        return Reply::json(200, *shown);
    }));
}

Reply list_design_revisions(const Request& request, ApiServices& services) {
    auto id = id_of<DesignId>(request, "design_id", "design");
    if (!id) return Reply::error(id.error(), request.request_id);
    auto page = page_of(request);
    if (!page) return Reply::error(page.error(), request.request_id);
    return answer(request, services.db.read([&](soci::session& session) -> Result<Reply> {
        auto found = store::list_design_revisions(session, organization_of(request), *id, *page);
        if (!found) return found.error();
        return page_reply(*found, [](const store::DesignRevision& revision) { return to_json(revision); });
    }));
}

Reply get_design_revision(const Request& request, ApiServices& services) {
    auto id = id_of<DesignId>(request, "design_id", "design");
    if (!id) return Reply::error(id.error(), request.request_id);
    auto version = version_of(request);
    if (!version) return Reply::error(version.error(), request.request_id);
    return answer(request, services.db.read([&](soci::session& session) -> Result<Reply> {
        auto revision = store::find_design_revision(session, organization_of(request), *id, *version);
        if (!revision) return revision.error();
        auto shown = in_full(session, *revision);
        if (!shown) return shown.error();
        return Reply::json(200, *shown);
    }));
}

}  // namespace atelier::api
