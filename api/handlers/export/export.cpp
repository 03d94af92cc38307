#include "api/handlers/export/export.hpp"

#include "api/handlers/jobs/jobs.hpp"
#include "common/store/designs.hpp"

namespace atelier::api {
namespace {

/// Accepts a job whose input is the body.
Result<Created> accept_job(soci::session& session, const Request& request, ApiServices& services,
                           std::string_view kind, const json::Value& body) {
    auto accepted = start_job(session, request, services, kind, body);
    if (!accepted) return accepted.error();
    return Created{202, json::Object{{"job_id", accepted->job.id.value}}, announce_job(services, *accepted)};
}

}  // namespace

Reply export_design(const Request& request, ApiServices& services) {
    auto body = body_of(request, services, "http/export.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    return create_once(request, services, [&](soci::session& session) -> Result<Created> {
        const DesignId id{(*body)["design_id"].as_string()};
        if (auto design = store::find_design(session, organization_of(request), id); !design)
            return design.error();
        return accept_job(session, request, services, "design_export", *body);
    });
}

Reply propose_brand(const Request& request, ApiServices& services) {
    auto body = body_of(request, services, "http/brand_propose.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    return create_once(request, services, [&](soci::session& session) {
        return accept_job(session, request, services, "brand_proposal", *body);
    });
}

}  // namespace atelier::api
