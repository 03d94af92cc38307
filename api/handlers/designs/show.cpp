#include "api/handlers/designs/show.hpp"

#include <set>

#include "common/design/model/walk.hpp"
#include "common/store/assets.hpp"

namespace atelier::api {
namespace {

template <class IdType>
json::Value or_null(const std::optional<IdType>& id) {
    return id ? json::Value(id->value) : json::Value();
}

Result<json::Value> missing_assets(soci::session& session, const store::DesignRevision& revision) {
    const auto design = design::parse_design(revision.document);
    if (!design) return internal("A stored design does not fit its schema.");
    const std::vector<std::string> shown = design::assets_shown(*design);
    std::set<std::string> known;
    for (const store::Asset& asset : store::find_assets(session, revision.organization_id, shown))
        known.insert(asset.id.value);
    json::Value missing = json::Array{};
    for (const std::string& id : shown)
        if (!known.contains(id)) missing.push(id);
    return missing;
}

Result<json::Value> with_document(soci::session& session, json::Value shown,
                                  const store::DesignRevision& revision) {
    auto missing = missing_assets(session, revision);
    if (!missing) return missing.error();
    shown.set("design", revision.document)
        .set("repair_log", revision.repair_log)
        .set("missing_assets", std::move(*missing));
    return shown;
}

}  // namespace

json::Value to_json(const store::Design& design) {
    return json::Object{{"id", design.id.value},
                        {"name", design.name},
                        {"version", design.version},
                        {"project_id", or_null(design.project_id)},
                        {"brand_id", or_null(design.brand_id)},
                        {"width", design.width},
                        {"height", design.height},
                        {"is_valid", design.is_valid},
                        {"created_at", time_json(design.created_at)},
                        {"updated_at", time_json(design.updated_at)}};
}

json::Value to_json(const store::DesignRevision& revision) {
    return json::Object{{"design_id", revision.design_id.value},       {"version", revision.version},
                        {"origin", store::to_string(revision.origin)}, {"source", revision.source},
                        {"user_id", revision.user_id.value},           {"is_valid", revision.is_valid},
                        {"created_at", time_json(revision.created_at)}};
}

Result<json::Value> in_full(soci::session& session, const store::Design& design,
                            const store::DesignRevision& revision) {
    return with_document(session, to_json(design), revision);
}

Result<json::Value> in_full(soci::session& session, const store::DesignRevision& revision) {
    return with_document(session, to_json(revision), revision);
}

Reply version_conflict(const Request& request, int current) {
    const std::string now = std::to_string(current);
    Error error = conflict("The design has changed meanwhile: its version is " + now + ".");
    error.details.push_back({"/version", "current", "The current version is " + now + "."});
    json::Value envelope = http::error_envelope(error, request.request_id);
    json::Value inner = envelope["error"];
    envelope.set("error", inner.set("current_version", current));
    return Reply::json(http::http_status(error.code), envelope);
}

}  // namespace atelier::api
