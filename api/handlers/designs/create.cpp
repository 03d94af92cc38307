#include "api/handlers/designs/designs.hpp"
#include "api/handlers/designs/judge.hpp"
#include "api/handlers/designs/show.hpp"
#include "api/handlers/idempotent.hpp"

namespace atelier::api {
namespace {

Result<std::optional<store::Brand>> brand_named(const Request& request, ApiServices& services,
                                                const json::Value& body) {
    if (!body["brand_id"].is_string()) return std::optional<store::Brand>();
    auto brand = services.db.read([&](soci::session& session) {
        return store::find_brand(session, organization_of(request), BrandId{body["brand_id"].as_string()});
    });
    if (brand) return std::optional(std::move(*brand));
    if (brand.error().code != ErrorCode::not_found) return brand.error();
    return invalid("/brand_id", "exists", "There is no such brand.");
}

/// A row for a new design of whoever asks.
store::Design new_design(const Request& request, const json::Value& body) {
    store::Design design;
    design.id = ids::new_id<DesignId>();
    design.organization_id = organization_of(request);
    design.user_id = user_of(request);
    if (body["project_id"].is_string()) design.project_id = ProjectId{body["project_id"].as_string()};
    if (body["brand_id"].is_string()) design.brand_id = BrandId{body["brand_id"].as_string()};
    design.name = body["name"].as_string();
    return design;
}

Result<Created> store_new(soci::session& session, store::Design design, store::DesignRevision first) {
    if (auto made = store::insert_design(session, design, std::move(first)); !made) return made.error();
    auto stored = store::find_design_revision(session, design.organization_id, design.id, 1);
    if (!stored) return stored.error();
    auto shown = in_full(session, design, *stored);
    if (!shown) return shown.error();
    return Created{201, std::move(*shown)};
}

}  // namespace

Reply create_design(const Request& request, ApiServices& services) {
    auto body = body_of(request, services, "http/design_create.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    auto brand = brand_named(request, services, *body);
    if (!brand) return Reply::error(brand.error(), request.request_id);
    auto judgement = judge_sent(*body, *brand);
    if (!judgement) return Reply::error(judgement.error(), request.request_id);
    count_validation(services, *judgement);
    return create_once(request, services, [&](soci::session& session) {
        store::Design design = new_design(request, *body);
        if (design.name.empty()) design.name = judgement->title;
        show_in(design, *judgement);
        return store_new(session, std::move(design),
                         revision_of(*judgement, user_of(request), store::DesignOrigin::create));
    });
}

Reply duplicate_design(const Request& request, ApiServices& services) {
    auto id = id_of<DesignId>(request, "design_id", "design");
    if (!id) return Reply::error(id.error(), request.request_id);
    auto body = body_of(request, services, "http/design_duplicate.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    return create_once(request, services, [&](soci::session& session) -> Result<Created> {
        auto original = store::find_design(session, organization_of(request), *id);
        if (!original) return original.error();
        auto revision =
            store::find_design_revision(session, organization_of(request), *id, original->version);
        if (!revision) return revision.error();
        store::Design copy = *original;
        copy.id = ids::new_id<DesignId>();
        copy.user_id = user_of(request);
        copy.name = (*body)["name"].string_or(original->name);
        revision->user_id = copy.user_id;
        revision->origin = store::DesignOrigin::duplicate;
        revision->source = json::Object{{"design_id", id->value}, {"version", original->version}};
        return store_new(session, std::move(copy), std::move(*revision));
    });
}

}  // namespace atelier::api
