#include <charconv>

#include "api/handlers/designs/designs.hpp"
#include "api/handlers/designs/show.hpp"

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
