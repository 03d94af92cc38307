#include "tests/support/api/things.hpp"

#include <stdexcept>

#include "common/json/embedded_schemas.hpp"
#include "common/store/projects.hpp"
#include "queues/lifecycle/lifecycle.hpp"

namespace atelier::tests {
namespace {

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
}

std::string put_object(ApiServer& server, const std::string& key) {
    must(server.backend().objects->put(key, "bytes", "image/jpeg"));
    return key;
}

}  // namespace

store::Asset add_asset(ApiServer& server, const Account& owner) {
    const AssetId id = ids::new_id<AssetId>();
    const std::string key = put_object(server, "originals/" + id.value + "/photo.jpg");
    return must(server.db().write([&](soci::session& session) {
        store::Asset asset{.id = id,
                           .organization_id = owner.organization,
                           .user_id = owner.user,
                           .filename = "photo.jpg",
                           .content_type = "image/jpeg",
                           .size_bytes = 5,
                           .object_key = key};
        store::insert_asset(session, asset);
        return store::complete_asset(session, owner.organization, id,
                                     {.content_type = "image/jpeg",
                                      .size_bytes = 5,
                                      .width = 640,
                                      .height = 480,
                                      .sha256 = std::string(64, 'a')});
    }));
}

store::Asset add_flagged_asset(ApiServer& server, const Account& owner) {
    const store::Asset asset = add_asset(server, owner);
    store::Verdict verdict{.is_nsfw = true,
                           .scores = json::Object{{"porn", 0.9}},
                           .preview_key = put_object(server, "previews/" + asset.id.value + ".jpg")};
    return must(server.db().write([&](soci::session& session) -> Result<store::Asset> {
        if (auto set = store::set_asset_verdict(session, owner.organization, asset.id, verdict); !set)
            return set.error();
        return store::find_asset(session, owner.organization, asset.id);
    }));
}

ProjectId add_project(ApiServer& server, const Account& owner, const AssetId& asset) {
    return must(server.db().write([&](soci::session& session) -> Result<ProjectId> {
        store::Project project{.id = ids::new_id<ProjectId>(),
                               .organization_id = owner.organization,
                               .user_id = owner.user,
                               .name = "Summer"};
        if (auto made = store::create_project(session, project, {asset}); !made) return made.error();
        return project.id;
    }));
}

store::Job add_job(ApiServer& server, const Account& owner, const ProjectId& project, const AssetId& asset) {
    static const auto schemas = json::embedded_schemas();
    auto accepted = must(server.db().write([&](soci::session& session) {
        return queues::accept(
            session, *schemas,
            {.requester = {owner.organization, owner.user},
             .kind = "asset_analysis",
             .input = json::Object{{"project_id", project.value}, {"asset_ids", json::Array{asset.value}}}});
    }));
    server.backend().dispatcher->offer(accepted.ready);
    return accepted.job;
}

json::Value add_design(ApiServer& server, const Account& owner, const std::string& title) {
    const Answer made = server.post(
        "/designs", owner,
        json::Object{{"design", json::Object{{"meta", json::Object{{"title", title}}},
                                             {"layers", json::Array{json::Object{{"type", "text"},
                                                                                 {"role", "headline"},
                                                                                 {"text", title}}}}}}});
    if (made.status != 201) throw std::runtime_error(made.text);
    return made.body;
}

json::Value add_brand(ApiServer& server, const Account& owner, const std::string& name) {
    json::Value colors = json::Object{{"primary", "#1B4332"}, {"secondary", "#40916c"}};
    colors.set("accent", "#ffb703").set("background", "#fefae0").set("text", "#1a1a1a");
    const Answer made =
        server.post("/brands", owner,
                    json::Object{{"name", name},
                                 {"colors", colors},
                                 {"fonts", json::Object{{"heading", "Roboto Slab"}, {"body", "Roboto"}}},
                                 {"voice", "Warm and brief."}});
    if (made.status != 201) throw std::runtime_error(made.text);
    return made.body;
}

GeneratedAssetId add_generated(ApiServer& server, const Account& owner, const ProjectId& project,
                               const JobId& job, const AssetId& source, store::Moderation moderation) {
    store::GeneratedAsset picture{
        .id = ids::new_id<GeneratedAssetId>(),
        .organization_id = owner.organization,
        .project_id = project,
        .job_id = job,
        .source_asset_id = source,
        .format =
            json::Object{{"id", "f"}, {"slug", "square"}, {"name", "Square"}, {"width", 64}, {"height", 64}},
        .request = json::Object{{"fill", "auto"}},
        .width = 64,
        .height = 64,
        .content_type = "image/jpeg",
        .size_bytes = 5,
        .sha256 = std::string(64, 'b')};
    picture.object_key = put_object(server, "results/" + picture.id.value + ".jpg");
    picture.preview_key = put_object(server, "previews/" + picture.id.value + ".jpg");
    picture.elements_kept = json::Array{};
    picture.report = json::Object{};
    picture.moderation = moderation;
    must(server.db().write([&](soci::session& session) -> Result<int> {
        return store::put_generated_asset(session, picture) ? Result<int>(1)
                                                            : Result<int>(internal("not put"));
    }));
    return picture.id;
}

TaskId let_task_die(ApiServer& server) {
    queues::Backend& backend = server.backend();
    const auto consumer = backend.broker->consume(queues::Stage::analysis, 1);
    for (int tries = 0; tries < 100; ++tries) {
        const auto delivery = consumer->next(std::chrono::milliseconds(200));
        if (!delivery) continue;
        const auto message = must(queues::parse_task_message(delivery->body));
        const auto claim =
            must(queues::claim(*backend.db, {&message, 1}, "the test", std::chrono::seconds(30)))
                .claims.front();
        if (!claim) {
            consumer->ack(*delivery);
            continue;
        }
        must(queues::fail(*backend.db, *claim, internal("The photo is cursed."), false));
        consumer->reject(*delivery, "The photo is cursed.");
        return claim->id;
    }
    throw std::runtime_error("no task came");
}

}  // namespace atelier::tests
