#include "api/handlers/designs/designs.hpp"
#include "api/handlers/designs/judge.hpp"
#include "api/handlers/designs/show.hpp"

namespace atelier::api {
namespace {

using store::DesignOrigin;

/// What a change starts from, read before the work of validation.
struct Ground {
    store::Design design;
    store::DesignRevision newest;
    std::optional<store::Brand> brand;  ///< the one that the change names
};

Result<Ground> ground_of(const Request& request, ApiServices& services, const DesignId& id,
                         const json::Value& body) {
    return services.db.read([&](soci::session& session) -> Result<Ground> {
        auto design = store::find_design(session, organization_of(request), id);
        if (!design) return design.error();
        auto newest = store::find_design_revision(session, organization_of(request), id, design->version);
        if (!newest) return newest.error();
        Ground ground{std::move(*design), std::move(*newest), {}};
        if (!body["brand_id"].is_string()) return ground;
        auto brand =
            store::find_brand(session, organization_of(request), BrandId{body["brand_id"].as_string()});
        if (!brand) return invalid("/brand_id", "exists", "There is no such brand.");
        ground.brand = std::move(*brand);
        return ground;
    });
}

/// Writes the change, as a new revision where it changes the document; the answer tells the repairs of this
/// change either way.
Reply write_down(const Request& request, ApiServices& services, const Ground& ground, store::Design wanted,
                 const std::optional<Judgement>& judgement, DesignOrigin origin, json::Value source = {}) {
    store::DesignRevision next = ground.newest;
    const bool changes = judgement && judgement->document != ground.newest.document;
    if (judgement) {
        show_in(wanted, *judgement);
        next = revision_of(*judgement, user_of(request), origin, std::move(source));
        next.organization_id = wanted.organization_id;
    }
    int current = wanted.version;
    auto shown = services.db.write([&](soci::session& session) -> Result<json::Value> {
        auto stored = store::update_design(session, wanted, changes ? &next : nullptr);
        if (!stored && stored.error().code == ErrorCode::conflict)
            if (auto newer = store::find_design(session, wanted.organization_id, wanted.id))
                current = newer->version;
        if (!stored) return stored.error();
        return in_full(session, *stored, next);
    });
    if (shown) return Reply::json(200, *shown);
    if (shown.error().code == ErrorCode::conflict && current != wanted.version)
        return version_conflict(request, current);
    return Reply::error(shown.error(), request.request_id);
}

/// Name, project and brand as the body wants them.
void relabel(store::Design& design, const json::Value& body) {
    design.name = body["name"].string_or(design.name);
    if (body.has("project_id")) {
        design.project_id.reset();
        if (body["project_id"].is_string()) design.project_id = ProjectId{body["project_id"].as_string()};
    }
    if (body.has("brand_id")) {
        design.brand_id.reset();
        if (body["brand_id"].is_string()) design.brand_id = BrandId{body["brand_id"].as_string()};
    }
}

/// The document as the body wants it; nothing where it says nothing of it.
Result<std::optional<Judgement>> judge(const Ground& ground, const json::Value& body) {
    const json::Value& now = ground.newest.document;
    if (!body.has("design") && !body.has("patch") && !ground.brand) return std::optional<Judgement>();
    auto judged = [&] {
        if (body.has("design")) return judge_sent(body, ground.brand);
        if (body.has("patch")) return judge_patched(now, body, ground.brand);
        return judge_stored(now, ground.brand);
    }();
    if (!judged) return judged.error();
    return std::optional(std::move(*judged));
}

DesignOrigin origin_of(const json::Value& body) {
    if (body.has("design")) return DesignOrigin::replace;
    return body.has("patch") ? DesignOrigin::patch : DesignOrigin::brand;
}

Result<json::Value> patch_body(const Request& request, const ApiServices& services) {
    auto body = body_of(request, services, "http/design_patch.json");
    if (body && body->has("format") && !body->has("design"))
        return invalid("/format", "dependency", "A format says what the member design is.");
    if (body && body->has("design") && body->has("patch"))
        return invalid("/patch", "exclusive", "Send a patch or a whole design, not both.");
    return body;
}

}  // namespace

Reply update_design(const Request& request, ApiServices& services) {
    auto id = id_of<DesignId>(request, "design_id", "design");
    if (!id) return Reply::error(id.error(), request.request_id);
    auto body = patch_body(request, services);
    if (!body) return Reply::error(body.error(), request.request_id);
    auto ground = ground_of(request, services, *id, *body);
    if (!ground) return Reply::error(ground.error(), request.request_id);
    if ((*body)["version"].as_int() != ground->design.version)
        return version_conflict(request, ground->design.version);
    auto judgement = judge(*ground, *body);
    if (!judgement) return Reply::error(judgement.error(), request.request_id);
    if (*judgement) count_validation(services, **judgement);
    store::Design wanted = ground->design;
    relabel(wanted, *body);
    return write_down(request, services, *ground, std::move(wanted), *judgement, origin_of(*body));
}

Reply restore_design(const Request& request, ApiServices& services) {
    auto id = id_of<DesignId>(request, "design_id", "design");
    if (!id) return Reply::error(id.error(), request.request_id);
    auto body = body_of(request, services, "http/design_restore.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    auto ground = ground_of(request, services, *id, *body);
    if (!ground) return Reply::error(ground.error(), request.request_id);
    if ((*body)["version"].as_int() != ground->design.version)
        return version_conflict(request, ground->design.version);
    const int wanted = static_cast<int>((*body)["revision"].as_int());
    auto old = services.db.read([&](soci::session& session) {
        return store::find_design_revision(session, organization_of(request), *id, wanted);
    });
    if (!old && old.error().code == ErrorCode::not_found)
        old = invalid("/revision", "exists", "The design has no such revision.");
    if (!old) return Reply::error(old.error(), request.request_id);
    auto judgement = judge_stored(std::move(old->document), {});
    if (!judgement) return Reply::error(judgement.error(), request.request_id);
    return write_down(request, services, *ground, ground->design, *judgement, DesignOrigin::restore,
                      json::Object{{"version", wanted}});
}

Reply delete_design(const Request& request, ApiServices& services) {
    auto id = id_of<DesignId>(request, "design_id", "design");
    if (!id) return Reply::error(id.error(), request.request_id);
    auto gone = services.db.write(
        [&](soci::session& session) { return store::delete_design(session, organization_of(request), *id); });
    if (!gone) return Reply::error(gone.error(), request.request_id);
    return Reply::no_content();
}

}  // namespace atelier::api
