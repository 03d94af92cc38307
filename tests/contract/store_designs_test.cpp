// Designs, revisions and brands on both databases.

#include <doctest/doctest.h>

#include <thread>

#include "common/store/assets.hpp"
#include "common/store/brands.hpp"
#include "common/store/designs.hpp"
#include "common/store/generated_assets.hpp"
#include "common/store/jobs.hpp"
#include "common/store/projects.hpp"
#include "tests/support/in_transaction.hpp"

using namespace atelier;
using namespace atelier::store;
using namespace atelier::testing;

namespace {

DesignRevision revision(const Tenant& tenant, const std::string& title) {
    DesignRevision made;
    made.user_id = tenant.user;
    made.document = json::Object{{"meta", json::Object{{"title", title}}}};
    made.repair_log = json::Object{{"patch", json::Array{}}};
    return made;
}

Design new_design(const Tenant& tenant, const std::string& name = "Poster") {
    Design design{
        .id = ids::new_id<DesignId>(), .organization_id = tenant.organization, .user_id = tenant.user};
    design.name = name;
    design.width = 1080;
    design.height = 1350;
    return design;
}

Result<Design> add(TestDatabase& database, const Tenant& tenant, Design design) {
    return write(database, [&](soci::session& session) -> Result<Design> {
        if (auto made = insert_design(session, design, revision(tenant, "one")); !made) return made.error();
        return find_design(session, tenant.organization, design.id);
    });
}

Result<Design> change(TestDatabase& database, const Tenant& tenant, const Design& design,
                      const std::string& title) {
    const DesignRevision next = [&] {
        DesignRevision r = revision(tenant, title);
        r.origin = DesignOrigin::patch;
        return r;
    }();
    return write(database, [&](soci::session& session) { return update_design(session, design, &next); });
}

Brand new_brand(const Tenant& tenant) {
    Brand brand{.id = ids::new_id<BrandId>(), .organization_id = tenant.organization, .user_id = tenant.user};
    brand.name = "Tavola";
    brand.kit = json::Object{{"colors", json::Object{{"primary", "#112233"}}}};
    return brand;
}

Brand add_brand(TestDatabase& database, const Tenant& tenant) {
    Brand brand = new_brand(tenant);
    write(database, [&](soci::session& session) { return insert_brand(session, brand); }).value();
    return brand;
}

AssetId add_asset(TestDatabase& database, const Tenant& tenant, bool ready = true) {
    Asset asset{.id = ids::new_id<AssetId>(), .organization_id = tenant.organization, .user_id = tenant.user};
    asset.filename = "logo.png";
    asset.content_type = "image/png";
    asset.object_key = "uploads/" + asset.id.value;
    write(database, [&](soci::session& session) { insert_asset(session, asset); });
    if (ready)
        write(database, [&](soci::session& session) {
            return complete_asset(session, tenant.organization, asset.id,
                                  {.content_type = "image/png", .size_bytes = 9, .width = 4, .height = 3});
        }).value();
    return asset.id;
}

json::Value logos(const AssetId& asset) {
    return json::Array{json::Object{{"asset_id", asset.value}}};
}

}  // namespace

TEST_CASE("every change of a design is a revision that can be read again") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        Design design = *add(database, tenant, new_design(tenant));
        CHECK(design.version == 1);
        design.is_valid = false;
        design.width = 500;
        design = *change(database, tenant, design, "two");
        CHECK(design.version == 2);
        CHECK(design.width == 500);
        CHECK_FALSE(design.is_valid);
        const auto read = [&](int version) {
            return write(database, [&](soci::session& session) {
                return find_design_revision(session, tenant.organization, design.id, version);
            });
        };
        CHECK(read(1)->document["meta"]["title"].as_string() == "one");
        CHECK(read(1)->origin == DesignOrigin::create);
        CHECK(read(2)->document["meta"]["title"].as_string() == "two");
        CHECK(read(2)->origin == DesignOrigin::patch);
        CHECK(read(2)->source.is_null());
        CHECK(failure(read(3)) == "NOT_FOUND");

        design.name = "Renamed";
        const auto renamed =
            write(database, [&](soci::session& session) { return update_design(session, design); });
        CHECK(renamed->name == "Renamed");
        CHECK(renamed->version == 2);
    });
}

TEST_CASE("of two changes to one version the first wins, also when they meet") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const Design design = *add(database, tenant, new_design(tenant));
        CHECK(change(database, tenant, design, "first").has_value());
        CHECK(failure(change(database, tenant, design, "second")) == "CONFLICT");

        Design current = design;
        for (int round = 0; round < 5; ++round) {
            current.version = 2 + round;
            std::atomic<int> won = 0, lost = 0;
            {
                std::vector<std::jthread> threads;
                for (int i = 0; i < 4; ++i)
                    threads.emplace_back([&, i] {
                        const auto made = change(database, tenant, current, std::to_string(i));
                        if (made)
                            ++won;
                        else if (made.error().code == ErrorCode::conflict)
                            ++lost;
                    });
            }
            CHECK(won == 1);
            CHECK(lost == 3);
        }
        const auto history = write(database, [&](soci::session& session) {
            return list_design_revisions(session, tenant.organization, design.id, {});
        });
        CHECK(history->items.size() == 7);
    });
}

TEST_CASE("a design's history comes in pages, newest first") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        Design design = *add(database, tenant, new_design(tenant));
        for (int i = 0; i < 11; ++i)
            design = *change(database, tenant, design, std::to_string(i));
        std::vector<int> seen;
        PageRequest page{.limit = 5};
        for (int pages = 0; pages < 5; ++pages) {
            const auto found = write(database, [&](soci::session& session) {
                return list_design_revisions(session, tenant.organization, design.id, page);
            });
            REQUIRE(found.has_value());
            for (const DesignRevision& r : found->items)
                seen.push_back(r.version);
            if (!found->next_cursor) break;
            page.cursor = *found->next_cursor;
        }
        CHECK(seen == std::vector<int>{12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1});
        page.cursor = "bm9uc2Vuc2U";
        CHECK(fields(write(database, [&](soci::session& session) {
                  return list_design_revisions(session, tenant.organization, design.id, page);
              })) == "VALIDATION_FAILED query:cursor");
    });
}

TEST_CASE("another organization's designs and brands are not found anywhere") {
    for_each_database([](TestDatabase& database) {
        const Tenant mine = insert_tenant(database), theirs = insert_tenant(database);
        Design design = *add(database, theirs, new_design(theirs));
        const Brand brand = add_brand(database, theirs);
        const auto& me = mine.organization;
        const auto in = [&](auto work) { return failure(write(database, work)); };
        CHECK(in([&](soci::session& s) { return find_design(s, me, design.id); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return find_design_revision(s, me, design.id, 1); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return find_pinned_revision(s, me, design.id, 1); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return list_design_revisions(s, me, design.id, {}); }) ==
              "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return delete_design(s, me, design.id); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return find_brand(s, me, brand.id); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return delete_brand(s, me, brand.id); }) == "NOT_FOUND");
        Brand stolen = brand;
        stolen.organization_id = me;
        CHECK(in([&](soci::session& s) { return update_brand(s, stolen); }) == "NOT_FOUND");
        design.organization_id = me;
        CHECK(failure(change(database, mine, design, "stolen")) == "NOT_FOUND");
        CHECK(write(database, [&](soci::session& s) { return list_designs(s, me, {}, {}); })->items.empty());
        CHECK(write(database, [&](soci::session& s) { return list_brands(s, me, {}); })->items.empty());

        Design borrowing = new_design(mine);
        borrowing.brand_id = brand.id;
        borrowing.project_id = ids::new_id<ProjectId>();
        CHECK(fields(add(database, mine, borrowing)) == "VALIDATION_FAILED /project_id /brand_id");
    });
}

TEST_CASE("designs are listed by project and brand, and outlive both") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const Brand brand = add_brand(database, tenant);
        const AssetId asset = add_asset(database, tenant);
        Project project{.id = ids::new_id<ProjectId>(),
                        .organization_id = tenant.organization,
                        .user_id = tenant.user,
                        .name = "Spring"};
        write(database, [&](soci::session& s) { return create_project(s, project, {asset}); }).value();
        Design branded = new_design(tenant, "branded"), projected = new_design(tenant, "projected");
        branded.brand_id = brand.id;
        projected.project_id = project.id;
        REQUIRE(add(database, tenant, branded).has_value());
        REQUIRE(add(database, tenant, projected).has_value());
        const auto names = [&](const DesignFilter& filter) {
            std::string all;
            const auto found = write(database, [&](soci::session& s) {
                return list_designs(s, tenant.organization, filter, {});
            });
            for (const Design& design : found->items)
                all += design.name + " ";
            return all;
        };
        CHECK(names({}) == "projected branded ");
        CHECK(names({.brand = brand.id}) == "branded ");
        CHECK(names({.project = project.id}) == "projected ");
        CHECK(names({.project = project.id, .brand = brand.id}) == "");

        write(database, [&](soci::session& s) {
            return delete_brand(s, tenant.organization, brand.id);
        }).value();
        write(database, [&](soci::session& s) {
            return delete_project(s, tenant.organization, project.id);
        }).value();
        CHECK(names({}) == "projected branded ");
        const auto kept = write(
            database, [&](soci::session& s) { return find_design(s, tenant.organization, branded.id); });
        CHECK_FALSE(kept->brand_id.has_value());
        const auto orphan = write(
            database, [&](soci::session& s) { return find_design(s, tenant.organization, projected.id); });
        CHECK_FALSE(orphan->project_id.has_value());
    });
}

TEST_CASE("a deleted design is gone for all but the work that was accepted before") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const Design design = *add(database, tenant, new_design(tenant));
        const auto in = [&](auto work) { return failure(write(database, work)); };
        const auto& us = tenant.organization;
        CHECK(in([&](soci::session& s) { return delete_design(s, us, design.id); }) == "no error");
        CHECK(in([&](soci::session& s) { return find_design(s, us, design.id); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return find_design_revision(s, us, design.id, 1); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return find_pinned_revision(s, us, design.id, 1); }) == "no error");
        CHECK(failure(change(database, tenant, design, "late")) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return delete_design(s, us, design.id); }) == "NOT_FOUND");
    });
}

TEST_CASE("a brand's logos are the organization's own; one that was deleted later does no harm") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database), stranger = insert_tenant(database);
        const AssetId logo = add_asset(database, tenant), half = add_asset(database, tenant, false),
                      foreign = add_asset(database, stranger);
        const auto insert = [&](const AssetId& asset) {
            Brand brand = new_brand(tenant);
            brand.kit.set("logos", logos(asset));
            return fields(write(database, [&](soci::session& s) { return insert_brand(s, brand); }));
        };
        CHECK(insert(half) == "VALIDATION_FAILED /logos/0/asset_id");
        CHECK(insert(foreign) == "VALIDATION_FAILED /logos/0/asset_id");

        Brand brand = new_brand(tenant);
        brand.kit.set("logos", logos(logo));
        write(database, [&](soci::session& s) { return insert_brand(s, brand); }).value();
        write(database, [&](soci::session& s) { return delete_asset(s, tenant.organization, logo); }).value();
        brand.name = "Tavola & Figli";
        const auto update = [&] {
            return write(database, [&](soci::session& s) { return update_brand(s, brand); });
        };
        CHECK(update()->name == "Tavola & Figli");
        brand.kit.set("logos", logos(foreign));
        CHECK(fields(update()) == "VALIDATION_FAILED /logos/0/asset_id");
    });
}

TEST_CASE("assets are found many at once, none of another organization's and no deleted one") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database), stranger = insert_tenant(database);
        const AssetId first = add_asset(database, tenant), second = add_asset(database, tenant),
                      gone = add_asset(database, tenant), foreign = add_asset(database, stranger);
        write(database, [&](soci::session& s) { return delete_asset(s, tenant.organization, gone); }).value();
        const auto found = write(database, [&](soci::session& s) {
            return find_assets(
                s, tenant.organization,
                {first.value, gone.value, foreign.value, second.value, "terrace'; DROP TABLE assets"});
        });
        CHECK(found.size() == 2);
        CHECK(write(database, [&](soci::session& s) {
                  return find_assets(s, tenant.organization, {});
              }).empty());
    });
}

TEST_CASE("a picture of a design is kept like any other, and comes from a photo or a design, not both") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const Design design = *add(database, tenant, new_design(tenant));
        Job job{.id = ids::new_id<JobId>(), .organization_id = tenant.organization, .user_id = tenant.user};
        job.kind = "design_export";
        job.lane = "primary";
        job.phase = "queued";
        job.input = json::Object{};
        write(database, [&](soci::session& s) { insert_jobs(s, {&job, 1}); });
        GeneratedAsset made{.id = ids::new_id<GeneratedAssetId>(), .organization_id = tenant.organization};
        made.job_id = job.id;
        made.design_id = design.id;
        made.design_version = 1;
        made.format = made.request = made.report = json::Object{};
        made.elements_kept = json::Array{};
        made.strategy = "render";
        made.content_type = "image/svg+xml";
        made.object_key = "results/1";
        const auto put = [&] {
            return write(database,
                         [&](soci::session& s) -> Result<bool> { return put_generated_asset(s, made); });
        };
        CHECK(put().value());
        const auto stored = write(database, [&](soci::session& s) {
            return find_generated_asset(s, tenant.organization, made.id);
        });
        CHECK(stored->design_id == design.id);
        CHECK(stored->design_version == 1);
        CHECK_FALSE(stored->source_asset_id.has_value());

        made.id = ids::new_id<GeneratedAssetId>();
        made.source_asset_id = add_asset(database, tenant);
        CHECK(failure(put()) == "INTERNAL");
        made.design_id.reset();
        made.design_version.reset();
        made.strategy = "crop";
        CHECK(put().value());
    });
}
