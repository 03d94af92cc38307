// Pictures by their recipes: made once, whoever asks, and never lost with a worker that dies.

#include <doctest/doctest.h>

#include "common/store/image_recipes.hpp"
#include "tests/support/database.hpp"
#include "tests/support/in_transaction.hpp"
#include "tests/support/studio.hpp"

using namespace atelier;
using namespace atelier::testing;

namespace {

const json::Value kRecipe = json::Object{{"prompt", "bokeh"}, {"width", 320}};

/// A studio with a task in hand, whose claim the recipes may belong to.
struct Atelier {
    explicit Atelier(TestDatabase& database) : studio(database) {
        studio.begin(studio.adaptation());
        first = studio.claim_next();
        second = studio.claim_next();
    }

    store::RecipeState ask(const store::Claim& claim, const json::Value& recipe = kRecipe) {
        return studio.db()
            .write([&](soci::session& session) -> Result<store::RecipeState> {
                return store::claim_recipe(session, studio.tenant.organization, store::recipe_hash(recipe),
                                           recipe, {claim.id, claim.fence});
            })
            .value();
    }

    AssetId make(const store::Claim& claim) {
        store::Asset asset;
        asset.id = ids::new_id<AssetId>();
        asset.organization_id = studio.tenant.organization;
        asset.user_id = studio.tenant.user;
        asset.filename = "bokeh.jpg";
        asset.content_type = "image/jpeg";
        asset.object_key = "results/bokeh";
        asset.width = 320;
        asset.height = 240;
        asset.sha256 = "00";
        const auto stored = studio.db().write([&](soci::session& session) -> Result<void> {
            CHECK(store::insert_generated_picture(session, asset));
            CHECK_FALSE(store::insert_generated_picture(session, asset));
            store::complete_recipe(session, asset.organization_id, store::recipe_hash(kRecipe),
                                   {claim.id, claim.fence}, asset.id);
            return {};
        });
        REQUIRE(stored.has_value());
        return asset.id;
    }

    int missing() {
        return studio.db()
            .read([&](soci::session& session) -> Result<int> {
                const std::string hash = store::recipe_hash(kRecipe);
                return store::recipes_to_make(session, studio.tenant.organization, {hash, hash});
            })
            .value();
    }

    Studio studio;
    store::Claim first, second;
};

}  // namespace

TEST_CASE("equal recipes have one hash, whatever the order of their members") {
    const json::Value turned = json::Object{{"width", 320}, {"prompt", "bokeh"}};
    CHECK(store::recipe_hash(kRecipe) == store::recipe_hash(turned));
    CHECK(store::recipe_hash(kRecipe) != store::recipe_hash(json::Object{{"prompt", "bokeh"}}));
}

TEST_CASE("who asks first makes the picture, others wait for it and take it") {
    for_each_database([](TestDatabase& database) {
        Atelier atelier(database);
        CHECK(atelier.missing() == 1);
        CHECK(atelier.ask(atelier.first).is_mine);
        CHECK(atelier.ask(atelier.first).is_mine);  // its own claim, asked again
        const auto waiting = atelier.ask(atelier.second);
        CHECK_FALSE(waiting.is_mine);
        CHECK_FALSE(waiting.picture);
        CHECK(atelier.missing() == 1);
        const AssetId made = atelier.make(atelier.first);
        const auto taken = atelier.ask(atelier.second);
        REQUIRE(taken.picture);
        CHECK(taken.picture->id == made);
        CHECK(taken.picture->origin == store::AssetOrigin::generated);
        CHECK(store::is_held_back(*taken.picture));
        CHECK(atelier.missing() == 0);
        CHECK(atelier.ask(atelier.second, json::Object{{"prompt", "rays"}}).is_mine);
    });
}

TEST_CASE("a recipe whose maker is gone is taken over, and the late picture does not count") {
    for_each_database([](TestDatabase& database) {
        Atelier atelier(database);
        CHECK(atelier.ask(atelier.first).is_mine);
        atelier.studio.expire_leases();
        CHECK(atelier.ask(atelier.second).is_mine);
        atelier.make(atelier.first);
        CHECK(atelier.missing() == 1);
        const AssetId made = atelier.make(atelier.second);
        CHECK(atelier.missing() == 0);
        CHECK(atelier.ask(atelier.first).picture->id == made);
    });
}

TEST_CASE("a picture that was deleted or rejected is made again") {
    for_each_database([](TestDatabase& database) {
        Atelier atelier(database);
        CHECK(atelier.ask(atelier.first).is_mine);
        atelier.make(atelier.first);
        CHECK(atelier.studio.number("SELECT count(*) FROM image_recipes") == 1);
        const auto rejected = atelier.studio.db().write([&](soci::session& session) -> Result<void> {
            const auto state =
                store::claim_recipe(session, atelier.studio.tenant.organization, store::recipe_hash(kRecipe),
                                    kRecipe, {atelier.second.id, atelier.second.fence});
            const AssetId id = state.picture->id;
            auto set =
                store::set_asset_verdict(session, atelier.studio.tenant.organization, id, {.is_nsfw = true});
            if (!set) return set;
            auto decided = store::decide_asset(session, atelier.studio.tenant.organization, id,
                                               store::Moderation::rejected);
            if (!decided) return decided.error();
            return {};
        });
        REQUIRE(rejected.has_value());
        CHECK(atelier.missing() == 1);
        CHECK(atelier.ask(atelier.second).is_mine);
    });
}
