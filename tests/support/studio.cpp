#include "tests/support/studio.hpp"

#include <soci/soci.h>

#include <stdexcept>

#include "common/json/embedded_schemas.hpp"
#include "common/store/analyses.hpp"
#include "common/store/credits.hpp"
#include "common/store/formats.hpp"
#include "common/store/projects.hpp"
#include "tests/support/in_transaction.hpp"

namespace atelier::testing {

using namespace queues;

Studio::Studio(TestDatabase& database, StudioSettings settings)
    : tenant(insert_tenant(database, 0)), database_(database), schemas_(json::embedded_schemas().value()) {
    database_
        ->write([&](soci::session& session) -> Result<void> {
            photos.clear();
            store::Grant grant{.organization_id = tenant.organization, .user_id = tenant.user};
            grant.amount = settings.credits;
            if (auto given = store::grant_credits(session, grant); !given) return given.error();
            for (int i = 0; i < settings.photos; ++i)
                photos.push_back(add_photo(session, i));
            for (int i = 0; i < settings.formats; ++i) {
                store::Format format{.id = ids::new_id<FormatId>(), .organization_id = tenant.organization};
                format.slug = format.name = "format-" + std::to_string(i);
                format.width = format.height = 100 + i;
                if (auto added = store::insert_format(session, format); !added) return added.error();
            }
            store::Project row{.id = ids::new_id<ProjectId>(),
                               .organization_id = tenant.organization,
                               .user_id = tenant.user};
            row.name = "Spring";
            project = row.id;
            return store::create_project(session, row, photos);
        })
        .value();
}

AssetId Studio::add_photo(soci::session& session, int number) {
    store::Asset asset{
        .id = ids::new_id<AssetId>(), .organization_id = tenant.organization, .user_id = tenant.user};
    asset.filename = "photo-" + std::to_string(number) + ".jpg";
    asset.content_type = "image/jpeg";
    asset.object_key = "uploads/" + asset.id.value;
    store::insert_asset(session, asset);
    store::UploadedPicture picture{
        .content_type = "image/jpeg", .size_bytes = 9, .width = 400, .height = 300};
    picture.sha256 = asset.id.value;
    store::complete_asset(session, tenant.organization, asset.id, picture).value();
    store::Analysis analysis;
    analysis.asset_id = asset.id;
    analysis.elements = json::Array{};
    analysis.palette = json::Array{};
    analysis.details = json::Object{{"width", 400}, {"height", 300}};
    store::put_analysis(session, tenant.organization, analysis).value();
    return asset.id;
}

JobRequest Studio::analysis() const {
    json::Value ids = json::Array{};
    for (const AssetId& photo : photos)
        ids.push(photo.value);
    return {{tenant.organization, tenant.user},
            "asset_analysis",
            json::Object{{"project_id", project.value}, {"asset_ids", ids}}};
}

JobRequest Studio::adaptation() const {
    return {{tenant.organization, tenant.user}, "adaptation", json::Object{{"project_id", project.value}}};
}

Result<Accepted> Studio::accept(const JobRequest& request) {
    auto accepted =
        database_->write([&](soci::session& session) { return queues::accept(session, schemas_, request); });
    if (accepted) offer(accepted->ready);
    return accepted;
}

void Studio::offer(const std::vector<store::Dispatchable>& tasks) {
    write(database_, [&](soci::session& session) { store::put_back(session, tasks, 0); });
}

JobId Studio::begin(const JobRequest& request) {
    return accept(request).value().job.id;
}

std::vector<TaskMessage> Studio::dispatch(int limit) {
    return database_
        ->write([&](soci::session& session) -> Result<std::vector<TaskMessage>> {
            std::vector<TaskMessage> messages;
            for (const store::Dispatchable& task : store::take_ready(session, limit)) {
                messages.push_back({task.id.value, task.dispatch, task.job_id.value,
                                    parse_stage(task.stage).value(), parse_lane(task.lane).value(),
                                    task.step});
            }
            return messages;
        })
        .value();
}

void Studio::let_time_pass() {
    write(database_,
          [](soci::session& session) { session << "UPDATE tasks SET not_before = 0 WHERE state = 'ready'"; });
}

void Studio::expire_leases() {
    write(database_, [](soci::session& session) {
        session << "UPDATE tasks SET lease_until = 1 WHERE state = 'running'";
    });
}

std::optional<store::Claim> Studio::claim(const TaskMessage& message, const std::string& worker) {
    return std::move(
        queues::claim(db(), {&message, 1}, worker, std::chrono::minutes(10)).value().claims.front());
}

store::Claim Studio::claim_next() {
    const auto messages = dispatch(1);
    if (messages.empty()) throw std::runtime_error("nothing is ready");
    return claim(messages.front()).value();
}

Outcome Studio::finish(const store::Claim& claim) {
    return finish(claim, made_up_output(claim), {}).value();
}

Result<Outcome> Studio::finish(const store::Claim& claim, const json::Value& output,
                               const std::function<Result<void>(soci::session&)>& record) {
    const Success success{claim, output, record};
    auto outcome = std::move(queues::finish(db(), {&success, 1}).front());
    if (outcome) offer(outcome->ready);
    return outcome;
}

Outcome Studio::fail(const store::Claim& claim, bool transient) {
    return queues::fail(db(), claim, internal("It broke."), transient).value();
}

void Studio::work_off() {
    for (auto messages = dispatch(); !messages.empty(); messages = dispatch())
        for (const TaskMessage& message : messages)
            if (auto claimed = claim(message)) finish(*claimed);
}

Result<store::JobEvent> Studio::cancel(const JobId& job) {
    return database_->write(
        [&](soci::session& session) { return queues::cancel(session, tenant.organization, job); });
}

DeadOutcome Studio::requeue(const JobId& job) {
    store::DeadFilter filter;
    filter.job = job;
    return queues::requeue(db(), filter, {}, false).value();
}

store::Job Studio::job(const JobId& id) {
    return write(database_,
                 [&](soci::session& session) { return store::find_job(session, tenant.organization, id); })
        .value();
}

std::vector<store::JobEvent> Studio::events(const JobId& id) {
    return write(database_,
                 [&](soci::session& session) { return store::list_events(session, id, 0, 10'000); });
}

std::int64_t Studio::balance() {
    return number("SELECT balance FROM organizations WHERE id = '" + tenant.organization.value + "'");
}

std::int64_t Studio::number(const std::string& query) {
    return write(database_, [&](soci::session& session) {
        long long value = 0;
        session << query, soci::into(value);
        return static_cast<std::int64_t>(value);
    });
}

std::string Studio::text(const std::string& query) {
    return write(database_, [&](soci::session& session) {
        std::string value;
        session << query, soci::into(value);
        return value;
    });
}

int Studio::tasks_in(const JobId& id, const std::string& state) {
    return static_cast<int>(
        number("SELECT count(*) FROM tasks WHERE job_id = '" + id.value + "' AND state = '" + state + "'"));
}

json::Value made_up_output(const store::Claim& claim) {
    json::Value output = json::Object{{"is_nsfw", false}};
    for (const char* name : {"asset_id", "object_key", "generated_asset_id", "version", "format"})
        if (claim.input.has(name)) output.set(name, claim.input[name]);
    if (claim.step == "rank") output.set("elements", json::Array{}).set("palette", json::Array{});
    if (claim.step == "adapt") output.set("generated_asset_id", claim.id.value).set("object_key", "k");
    return output;
}

std::vector<SeenQueue> all_queues(bool are_empty) {
    std::vector<SeenQueue> seen;
    for (const WorkQueue& queue : kWorkQueues)
        seen.push_back({queue, are_empty});
    return seen;
}

}  // namespace atelier::testing
