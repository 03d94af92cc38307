#include "api/handlers/ai/ai.hpp"

#include "api/handlers/idempotent.hpp"
#include "api/handlers/jobs/jobs.hpp"
#include "common/store/designs.hpp"

namespace atelier::api {
namespace {

/// A job of the kind whose input is the body.
Reply start_kind(const Request& request, ApiServices& services, const std::string& kind) {
    auto body = body_of(request, services, "jobs/" + kind + ".json");
    if (!body) return Reply::error(body.error(), request.request_id);
    return create_once(request, services, [&](soci::session& session) -> Result<Created> {
        if (body->has("design_id")) {
            const DesignId id{(*body)["design_id"].as_string()};
            if (auto design = store::find_design(session, organization_of(request), id); !design)
                return design.error();
        }
        auto accepted = start_job(session, request, services, kind, *body);
        if (!accepted) return accepted.error();
        return Created{202, json::Object{{"job_id", accepted->job.id.value}},
                       announce_job(services, *accepted)};
    });
}

}  // namespace

Reply generate_designs(const Request& request, ApiServices& services) {
    return start_kind(request, services, "design_generation");
}

Reply edit_design(const Request& request, ApiServices& services) {
    return start_kind(request, services, "design_edit");
}

Reply make_smart_images(const Request& request, ApiServices& services) {
    const auto body = json::parse(request.body);
    const bool is_of_design = body && body->has("design_id");
    return start_kind(request, services, is_of_design ? "design_pictures" : "smart_images");
}

Reply write_brief(const Request& request, ApiServices& services) {
    return start_kind(request, services, "brief");
}

}  // namespace atelier::api
