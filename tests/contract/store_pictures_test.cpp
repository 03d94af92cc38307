#include <doctest/doctest.h>

#include "common/store/analyses.hpp"
#include "common/store/assets.hpp"
#include "common/store/credits.hpp"
#include "common/store/generated_assets.hpp"
#include "common/store/jobs.hpp"
#include "common/store/ledger.hpp"
#include "common/store/projects.hpp"
#include "tests/support/in_transaction.hpp"

using namespace atelier;
using namespace atelier::store;
using namespace atelier::testing;

namespace {

const UploadedPicture kPicture{
    .content_type = "image/png", .size_bytes = 9, .width = 4, .height = 3, .orientation = 6, .sha256 = "s"};

AssetId add_asset(TestDatabase& database, const Tenant& tenant, bool ready = true) {
    Asset asset{.id = ids::new_id<AssetId>(), .organization_id = tenant.organization, .user_id = tenant.user};
    asset.filename = "photo.jpg";
    asset.content_type = "image/jpeg";
    asset.object_key = "uploads/" + asset.id.value;
    write(database, [&](soci::session& session) { insert_asset(session, asset); });
    if (ready) {
        write(database, [&](soci::session& session) {
            return complete_asset(session, tenant.organization, asset.id, kPicture);
        }).value();
    }
    return asset.id;
}

Result<ProjectId> add_project(TestDatabase& database, const Tenant& tenant, std::vector<AssetId> assets) {
    Project project{
        .id = ids::new_id<ProjectId>(), .organization_id = tenant.organization, .user_id = tenant.user};
    project.name = "Spring";
    return write(database, [&](soci::session& session) -> Result<ProjectId> {
        if (auto created = create_project(session, project, assets); created.has_error())
            return created.error();
        return project.id;
    });
}

JobId add_job(TestDatabase& database, const Tenant& tenant, std::optional<ProjectId> project,
              json::Value input) {
    Job job{.id = ids::new_id<JobId>(), .organization_id = tenant.organization, .user_id = tenant.user};
    job.project_id = project;
    job.kind = "adaptation";
    job.lane = "primary";
    job.phase = "queued";
    job.input = std::move(input);
    write(database, [&](soci::session& session) { insert_jobs(session, {&job, 1}); });
    return job.id;
}

void end(TestDatabase& database, const JobId& job) {
    write(database, [&](soci::session& session) { end_job(session, job, JobState::completed, {}, {}); });
}

GeneratedAsset picture_of(const Tenant& tenant, const AssetId& source, const JobId& job) {
    GeneratedAsset made{.id = ids::new_id<GeneratedAssetId>(), .organization_id = tenant.organization};
    made.job_id = job;
    made.source_asset_id = source;
    made.format = json::Object{{"slug", "x-post"}};
    made.request = json::Object{};
    made.width = 1600;
    made.height = 900;
    made.content_type = "image/jpeg";
    made.sha256 = "one";
    made.object_key = "generated/1";
    made.elements_kept = json::Array{};
    made.report = json::Object{};
    return made;
}

bool put(TestDatabase& database, const GeneratedAsset& asset) {
    return write(database, [&](soci::session& session) { return put_generated_asset(session, asset); });
}

GeneratedAsset stored(TestDatabase& database, const GeneratedAsset& asset) {
    return *write(database, [&](soci::session& session) {
        return find_generated_asset(session, asset.organization_id, asset.id);
    });
}

const Verdict kFlagged{.is_nsfw = true, .scores = json::Object{{"porn", 0.9}}, .preview_key = "preview/1"};

}  // namespace

TEST_CASE("an asset becomes ready once with what was found in its bytes") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const AssetId id = add_asset(database, tenant, false);
        const auto complete = [&](UploadedPicture picture) {
            return write(database, [&](soci::session& session) {
                return complete_asset(session, tenant.organization, id, picture);
            });
        };
        auto other = kPicture;
        other.sha256 = "later";
        const auto ready = complete(kPicture);
        REQUIRE(ready.has_value());
        CHECK(ready->state == AssetState::ready);
        CHECK(ready->width == 4);
        CHECK(ready->orientation == 6);
        CHECK(ready->content_type == "image/png");
        CHECK(complete(other)->sha256 == "s");
    });
}

TEST_CASE("another organization's pictures and projects are not found anywhere") {
    for_each_database([](TestDatabase& database) {
        const Tenant mine = insert_tenant(database), theirs = insert_tenant(database);
        const AssetId asset = add_asset(database, theirs);
        const auto project = add_project(database, theirs, {asset});
        const JobId job = add_job(database, theirs, std::nullopt, json::Object{});
        const GeneratedAsset made = picture_of(theirs, asset, job);
        REQUIRE(put(database, made));
        const auto& me = mine.organization;
        const auto in = [&](auto work) { return failure(write(database, work)); };
        CHECK(in([&](soci::session& s) { return find_asset(s, me, asset); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return complete_asset(s, me, asset, kPicture); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return delete_asset(s, me, asset); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return set_asset_verdict(s, me, asset, kFlagged); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return decide_asset(s, me, asset, Moderation::released); }) ==
              "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return put_analysis(s, me, {.asset_id = asset}); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return put_ranking(s, me, {.asset_id = asset}); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return find_project(s, me, *project); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return rename_project(s, me, *project, "Mine"); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return delete_project(s, me, *project); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return find_generated_asset(s, me, made.id); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return update_manual_edits(s, me, made.id, 1, json::Object{}); }) ==
              "NOT_FOUND");
        CHECK(in([&](soci::session& s) {
                  return decide_generated_asset(s, me, made.id, Moderation::released);
              }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return find_job(s, me, job); }) == "NOT_FOUND");
        CHECK(fields(add_project(database, mine, {asset})) == "VALIDATION_FAILED /asset_ids/0");
        CHECK(write(database, [&](soci::session& s) { return project_assets(s, me, *project); }).empty());
        CHECK(write(database, [&](soci::session& s) { return list_generated_assets(s, me, job); }).empty());
        CHECK(!write(database,
                     [&](soci::session& s) { return set_generated_verdict(s, me, made.id, 1, kFlagged); }));
        GeneratedAsset stolen = made;
        stolen.organization_id = me;
        stolen.version = 9;
        CHECK(!put(database, stolen));
        for (int size : {int(write(database, [&](soci::session& s) { return list_assets(s, me, {}, {}); })
                                 ->items.size()),
                         int(write(database, [&](soci::session& s) {
                                 return list_projects(s, me, {});
                             })->items.size())}) {
            CHECK(size == 0);
        }
    });
}

TEST_CASE("an asset in the hands of a job cannot be deleted, whether the job names it or its project does") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const AssetId named = add_asset(database, tenant), projected = add_asset(database, tenant);
        const auto project = add_project(database, tenant, {projected});
        const JobId first = add_job(database, tenant, std::nullopt, json::Object{{"asset_id", named.value}});
        const JobId second = add_job(database, tenant, *project, json::Object{});
        const auto remove = [&](const AssetId& id) {
            return failure(
                write(database, [&](soci::session& s) { return delete_asset(s, tenant.organization, id); }));
        };
        CHECK(remove(named) == "CONFLICT");
        CHECK(remove(projected) == "CONFLICT");
        CHECK(failure(write(database, [&](soci::session& s) {
                  return delete_project(s, tenant.organization, *project);
              })) == "CONFLICT");
        end(database, first);
        end(database, second);
        CHECK(remove(named) == "no error");
        CHECK(remove(projected) == "no error");
        CHECK(remove(named) == "NOT_FOUND");
        CHECK(write(database, [&](soci::session& s) {
                  return project_assets(s, tenant.organization, *project);
              }).empty());
    });
}

TEST_CASE("a project keeps its assets in order and refuses those that are not ready or come twice") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const AssetId a = add_asset(database, tenant), b = add_asset(database, tenant);
        const AssetId waiting = add_asset(database, tenant, false);
        const auto project = add_project(database, tenant, {b, a});
        REQUIRE(project.has_value());
        const auto assets = write(
            database, [&](soci::session& s) { return project_assets(s, tenant.organization, *project); });
        REQUIRE(assets.size() == 2);
        CHECK(assets[0].id == b);
        CHECK(fields(add_project(database, tenant, {a, waiting, ids::new_id<AssetId>()})) ==
              "VALIDATION_FAILED /asset_ids/1 /asset_ids/2");
        CHECK(fields(add_project(database, tenant, {a, b, a})) == "VALIDATION_FAILED /asset_ids/2");
        const auto renamed = write(database, [&](soci::session& s) {
            return rename_project(s, tenant.organization, *project, "Autumn");
        });
        CHECK(renamed->name == "Autumn");
        CHECK(write(database, [&](soci::session& s) {
                  return delete_project(s, tenant.organization, *project);
              }).has_value());
        CHECK(write(database, [&](soci::session& s) {
                  return list_projects(s, tenant.organization, {});
              })->items.empty());
    });
}

TEST_CASE("a ranking counts only for the revision of the rules it was made by and goes with a new analysis") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const AssetId asset = add_asset(database, tenant);
        const auto& me = tenant.organization;
        const auto analyse = [&](double sharpness) {
            const Analysis analysis{.asset_id = asset,
                                    .elements = json::Array{"face"},
                                    .palette = json::Array{},
                                    .sharpness = sharpness,
                                    .details = json::Object{}};
            return write(database, [&](soci::session& s) { return put_analysis(s, me, analysis); });
        };
        const auto rank = [&](std::int64_t revision) {
            write(database, [&](soci::session& s) {
                return put_ranking(s, me, {asset, revision, json::Array{1}});
            }).value();
        };
        const auto ranked = [&](std::int64_t revision) {
            return write(database, [&](soci::session& s) { return find_ranking(s, me, asset, revision); })
                .has_value();
        };
        CHECK(analyse(0.5).has_value());
        rank(2);
        CHECK(ranked(2));
        CHECK(!ranked(3));
        rank(1);  // a slow worker with old rules
        CHECK(ranked(2));
        CHECK(analyse(0.75).has_value());
        CHECK(!ranked(2));
        const auto analysis = write(database, [&](soci::session& s) { return find_analysis(s, me, asset); });
        CHECK(analysis->sharpness == 0.75);
        CHECK(analysis->elements.size() == 1);
    });
}

TEST_CASE("a verdict flags an upload; an admin's decision is final") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const AssetId asset = add_asset(database, tenant);
        const auto& me = tenant.organization;
        const auto decide = [&](Moderation decision) {
            return write(database, [&](soci::session& s) { return decide_asset(s, me, asset, decision); });
        };
        CHECK(failure(decide(Moderation::released)) == "CONFLICT");
        CHECK(write(database, [&](soci::session& s) {
                  return set_asset_verdict(s, me, asset, kFlagged);
              }).has_value());
        const auto flagged = write(database, [&](soci::session& s) {
            return list_assets(s, me, {.state = {}, .moderation = Moderation::flagged}, {});
        });
        REQUIRE(flagged->items.size() == 1);
        CHECK(flagged->items.front().is_nsfw == true);
        CHECK(flagged->items.front().preview_key == "preview/1");
        CHECK(decide(Moderation::released)->moderation == Moderation::released);
        CHECK(failure(decide(Moderation::rejected)) == "CONFLICT");
        write(database, [&](soci::session& s) { return set_asset_verdict(s, me, asset, kFlagged); }).value();
        CHECK(write(database, [&](soci::session& s) { return find_asset(s, me, asset); })->moderation ==
              Moderation::released);
    });
}

TEST_CASE("a rendering of old edits cannot replace a newer one") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const AssetId source = add_asset(database, tenant);
        const JobId job = add_job(database, tenant, std::nullopt, json::Object{});
        GeneratedAsset made = picture_of(tenant, source, job);
        CHECK(put(database, made));
        CHECK(put(database, made));  // the same outcome delivered twice
        const auto edit = [&](int version) {
            return write(database, [&](soci::session& s) {
                return update_manual_edits(s, tenant.organization, made.id, version,
                                           json::Object{{"rotate", 90}});
            });
        };
        CHECK(edit(1)->version == 2);
        CHECK(failure(edit(1)) == "CONFLICT");
        CHECK(!put(database, made));
        made.version = 2;
        made.sha256 = "two";
        CHECK(put(database, made));
        CHECK(stored(database, made).sha256 == "two");
        const auto all = write(
            database, [&](soci::session& s) { return list_generated_assets(s, tenant.organization, job); });
        CHECK(all.size() == 1);
    });
}

TEST_CASE("a verdict belongs to the version it was given on; a new rendering is judged anew") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const AssetId source = add_asset(database, tenant);
        GeneratedAsset made = picture_of(tenant, source, add_job(database, tenant, std::nullopt, json::Object{}));
        REQUIRE(put(database, made));
        const auto judge = [&](int version) {
            return write(database, [&](soci::session& s) {
                return set_generated_verdict(s, tenant.organization, made.id, version, kFlagged);
            });
        };
        const auto flagged = [&] {
            return write(database,
                         [&](soci::session& s) {
                             return list_flagged_generated_assets(s, tenant.organization, {});
                         })
                ->items.size();
        };
        CHECK(!judge(7));
        CHECK(judge(1));
        CHECK(!judge(1));
        CHECK(flagged() == 1);
        CHECK(stored(database, made).is_nsfw == true);
        made.version = 2;
        CHECK(put(database, made));
        CHECK(stored(database, made).moderation == Moderation::pending);
        CHECK(stored(database, made).is_nsfw == std::nullopt);
        CHECK(judge(2));
        const auto decided = write(database, [&](soci::session& s) {
            return decide_generated_asset(s, tenant.organization, made.id, Moderation::rejected);
        });
        CHECK(decided->moderation == Moderation::rejected);
        CHECK(flagged() == 0);
    });
}

TEST_CASE("credits that a running job holds are shown as reserved until its round ends") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database, 100);
        const JobId job = add_job(database, tenant, std::nullopt, json::Object{});
        const auto credits = [&] {
            return *write(database, [&](soci::session& s) { return read_credits(s, tenant.organization); });
        };
        write(database, [&](soci::session& s) {
            return reserve_credits(s, {tenant.organization, tenant.user, job, 1, 30});
        }).value();
        CHECK(credits().balance == 70);
        CHECK(credits().reserved == 30);
        CHECK(write(database, [&](soci::session& s) { return refund_credits(s, job, 1); }));
        CHECK(credits().balance == 100);
        CHECK(credits().reserved == 0);
    });
}
