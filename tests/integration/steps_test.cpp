// The steps of analysis, moderation and adaptation over a real database and object store.
#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>

#include "common/elements/element.hpp"
#include "common/objects/open.hpp"
#include "common/store/analyses.hpp"
#include "common/store/assets.hpp"
#include "common/store/generated_assets.hpp"
#include "common/store/rules.hpp"
#include "tests/support/in_transaction.hpp"
#include "tests/support/studio.hpp"
#include "tests/unit/workers/imaging/picture.hpp"
#include "tests/unit/workers/vision/photos.hpp"
#include "workers/adaptation/steps/adapt.hpp"
#include "workers/analysis/steps.hpp"
#include "workers/imaging/decode.hpp"
#include "workers/moderation/steps.hpp"

using namespace atelier;
using namespace atelier::testing;
using namespace atelier::runtime;
using imaging::testing::busy;
using imaging::testing::encoded;

namespace {

/// A studio with an object store, and steps called as the runtime calls them.
class Bench {
  public:
    explicit Bench(TestDatabase& database)
        : database(database), studio(database, {.photos = 1}), job_(studio.begin(studio.analysis())) {
        REQUIRE(mkdtemp(folder_.data()));
        objects::ObjectsSettings wanted;
        wanted.url = "file://" + folder_;
        wanted.signing_secret = std::string(32, 's');
        wanted.public_base_url = "http://127.0.0.1";
        objects = objects::open_store(wanted).value();
    }
    ~Bench() {
        objects.reset();
        std::filesystem::remove_all(folder_);
    }

    store::Claim claim(json::Value input) {
        store::Claim claim;
        claim.id = ids::new_id<TaskId>();
        claim.job_id = job_;
        claim.organization_id = studio.tenant.organization;
        claim.fence = 1;
        claim.input = std::move(input);
        return claim;
    }
    template <class Step>
    StepFate call(const store::Claim& claim, Step step) {
        std::atomic<double> progress{0};
        StepContext context(claim, studio.db(), *objects, {}, progress);
        return step(context);
    }
    /// What the finish of the task would store.
    Result<void> record(const StepFate& fate) {
        const auto* done = std::get_if<Done>(&fate);
        REQUIRE(done);
        return done->record ? database->write([&](soci::session& s) { return done->record(s); })
                            : Result<void>();
    }
    void activate(store::RuleKind kind, json::Value definition) {
        store::Rule rule{
            .id = ids::new_id<RuleId>(), .organization_id = studio.tenant.organization, .kind = kind};
        rule.name = "rule " + rule.id.value;
        rule.definition = std::move(definition);
        rule.is_active = true;
        write(database, [&](soci::session& s) { return store::insert_rule(s, rule); }).value();
    }
    const AssetId& photo() const { return studio.photos.front(); }

    TestDatabase& database;
    Studio studio;
    std::unique_ptr<objects::ObjectStore> objects;

  private:
    std::string folder_ = (std::filesystem::temp_directory_path() / "atelier-steps-XXXXXX").string();
    JobId job_;
};

const json::Value& output(const StepFate& fate) {
    const auto* done = std::get_if<Done>(&fate);
    REQUIRE(done);
    return done->output;
}

// --- rank ---

void put_face_and_product(Bench& bench) {
    store::Analysis analysis;
    analysis.asset_id = bench.photo();
    analysis.elements = json::Array{
        elements::to_json(elements::Element{elements::Kind::face, {10, 10, 40, 40}, 0.9, ""}),
        elements::to_json(elements::Element{elements::Kind::product, {200, 100, 90, 90}, 0.9, ""})};
    analysis.palette = json::Array{};
    analysis.details = json::Object{{"width", 400}, {"height", 300}};
    write(bench.database, [&](soci::session& s) {
        return store::put_analysis(s, bench.studio.tenant.organization, analysis);
    }).value();
}

StepFate rank(Bench& bench) {
    return bench.call(bench.claim(json::Object{{"asset_id", bench.photo().value}}), analysis::rank);
}

std::string first_kind(const StepFate& fate) {
    return elements::parse_ranked(output(fate)["elements"].at(0)).value().element.kind == elements::Kind::face
               ? "face"
               : "product";
}

json::Value product_first() {
    elements::Rules rules;
    rules.priority = elements::Rules::Priority::product_first;
    return elements::to_json(rules);
}

// --- moderation ---

constexpr const char* kPhoto = "people.jpg";

json::Value stored_photo(Bench& bench) {
    const std::string key = "uploads/" + bench.photo().value;
    bench.objects->put(key, imaging::testing::file(std::string("ops/photos/") + kPhoto), "image/jpeg")
        .value();
    return json::Object{{"asset_id", bench.photo().value}, {"object_key", key}};
}

StepFate moderate(Bench& bench, const json::Value& input, const vision::Models& models) {
    return bench.call(bench.claim(input),
                      [&](StepContext& context) { return moderation::moderate_upload(context, models); });
}

store::Asset asset(Bench& bench) {
    return write(bench.database,
                 [&](soci::session& s) {
                     return store::find_asset(s, bench.studio.tenant.organization, bench.photo());
                 })
        .value();
}

const vision::Models& models() {
    static const auto loaded =
        vision::Models::load(vision::tests::weights_folder(), vision::ModelSet::moderation).value();
    return *loaded;
}

/// How much the picture's brightness differs from place to place.
double contrast(const std::string& jpeg) {
    const auto pixels = imaging::to_pixels(imaging::decode(jpeg).value().image, 64).value().pixels;
    double sum = 0, squares = 0;
    for (const std::uint8_t value : pixels.rgb)
        sum += value, squares += value * value;
    const double count = static_cast<double>(pixels.rgb.size());
    return squares / count - sum / count * sum / count;
}

// --- adapt ---

json::Value adapt_input(Bench& bench, int version) {
    const std::string key = "uploads/" + bench.photo().value;
    bench.objects->put(key, encoded(busy(400, 300)), "image/jpeg").value();
    const json::Value photo = json::Object{{"id", bench.photo().value},
                                           {"object_key", key},
                                           {"sha256", bench.photo().value},
                                           {"width", 400},
                                           {"height", 300}};
    const json::Value format = json::Object{
        {"slug", "square"}, {"width", 120}, {"height", 120}, {"content_type", "image/png"}, {"quality", 85}};
    return json::Object{{"photo", photo},
                        {"format", format},
                        {"elements", json::Array{}},
                        {"palette", json::Array{}},
                        {"request", json::Object{{"fill", "auto"}}},
                        {"decode", json::Object{{"width", 120}, {"height", 120}}},
                        {"version", version}};
}

StepFate adapt(Bench& bench, const store::Claim& claim, imaging::DecodedCache& cache) {
    return bench.call(claim, [&](StepContext& context) { return adaptation::adapt(context, cache); });
}

StepFate adapt(Bench& bench, const store::Claim& claim) {
    imaging::DecodedCache cache(64 << 20);
    return adapt(bench, claim, cache);
}

/// A task that makes a JPEG of this size from the landscape in ops/photos.
json::Value landscape_input(Bench& bench, int width, int height) {
    json::Value input = adapt_input(bench, 1);
    bench.objects
        ->put(input["photo"]["object_key"].as_string(), imaging::testing::file("ops/photos/landscape.jpg"),
              "image/jpeg")
        .value();
    json::Value photo = input["photo"], format = input["format"];
    photo.set("width", 2400).set("height", 1800);
    format.set("width", width).set("height", height).set("content_type", "image/jpeg");
    return input.set("photo", photo).set("format", format);
}

std::string bytes_of(Bench& bench, const StepFate& fate) {
    return bench.objects->get(output(fate)["object_key"].as_string()).value();
}

store::GeneratedAsset picture(Bench& bench, const std::string& id) {
    return write(bench.database,
                 [&](soci::session& s) {
                     return store::find_generated_asset(s, bench.studio.tenant.organization,
                                                        GeneratedAssetId{id});
                 })
        .value();
}

}  // namespace

TEST_CASE("a ranking is made once under the same rules") {
    for_each_database([](TestDatabase& database) {
        Bench bench(database);
        put_face_and_product(bench);
        const StepFate first = rank(bench);
        CHECK(first_kind(first) == "face");
        REQUIRE(bench.record(first).has_value());
        const StepFate second = rank(bench);
        CHECK(output(second) == output(first));
        CHECK_FALSE(bool(std::get<Done>(second).record));
    });
}

TEST_CASE("a change of the rules makes the next ranking anew") {
    for_each_database([](TestDatabase& database) {
        Bench bench(database);
        put_face_and_product(bench);
        const StepFate before = rank(bench);
        REQUIRE(bench.record(before).has_value());
        bench.activate(store::RuleKind::ranking, product_first());
        const StepFate after = rank(bench);
        CHECK(first_kind(after) == "product");
        CHECK(output(after)["rule_revision"].as_int() > output(before)["rule_revision"].as_int());
        REQUIRE(bench.record(after).has_value());
        // One that was made under the older rules and comes late does not replace it.
        REQUIRE(bench.record(before).has_value());
        CHECK(first_kind(rank(bench)) == "product");
        CHECK_FALSE(bool(std::get<Done>(rank(bench)).record));
    });
}

TEST_CASE("a photo that was never analysed is not ranked, today or tomorrow") {
    auto database = TestDatabase::sqlite();
    Bench bench(*database);
    const AssetId nobody = ids::new_id<AssetId>();
    const StepFate fate = bench.call(bench.claim(json::Object{{"asset_id", nobody.value}}), analysis::rank);
    CHECK(std::holds_alternative<Fail>(fate));
}

TEST_CASE("a harmless upload is approved, judged at full size") {
    for_each_database([](TestDatabase& database) {
        Bench bench(database);
        const StepFate fate = moderate(bench, stored_photo(bench), models());
        REQUIRE(bench.record(fate).has_value());
        const store::Asset judged = asset(bench);
        CHECK(judged.moderation == store::Moderation::approved);
        const auto scores = models().classify_nsfw(vision::tests::photo(kPhoto).pixels).value();
        CHECK(judged.scores["porn"].as_double() == doctest::Approx(scores.porn).epsilon(1e-6));
        CHECK(judged.scores["neutral"].as_double() == doctest::Approx(scores.neutral).epsilon(1e-6));
    });
}

TEST_CASE("a flagged upload gets a preview that shows nothing") {
    auto database = TestDatabase::sqlite();
    Bench bench(*database);
    const json::Value input = stored_photo(bench);
    REQUIRE(bench.record(moderate(bench, input, models())).has_value());
    const std::string clear = bench.objects->get(*asset(bench).preview_key).value();

    bench.activate(store::RuleKind::moderation,
                   json::Object{{"thresholds", json::Object{{"combined", 1e-9}}}});
    const StepFate fate = moderate(bench, input, models());
    CHECK(output(fate)["is_nsfw"].as_bool());
    const std::string key = "results/" + bench.studio.tenant.organization.value;
    std::size_t blurred = 0;
    for (const objects::ObjectInfo& object : *bench.objects->list(key))
        if (object.key != *asset(bench).preview_key)
            blurred += contrast(bench.objects->get(object.key).value()) < contrast(clear) / 2;
    CHECK(blurred == 1);
}

TEST_CASE(
    "without a verdict nothing is approved: the object is gone, or is no picture, or the model is missing") {
    auto database = TestDatabase::sqlite();
    Bench bench(*database);
    json::Value input = stored_photo(bench);
    const vision::Models* judge = &models();
    const auto other =
        vision::Models::load(vision::tests::weights_folder(), vision::ModelSet::analysis).value();
    SUBCASE("gone") {
        bench.objects->remove(input["object_key"].as_string()).value();
    }
    SUBCASE("no picture") {
        bench.objects->put(input["object_key"].as_string(), "not a picture", "image/jpeg").value();
    }
    SUBCASE("no model") {
        judge = other.get();
    }
    CHECK_FALSE(std::holds_alternative<Done>(moderate(bench, input, *judge)));
    CHECK(asset(bench).moderation == store::Moderation::pending);
    CHECK_FALSE(store::is_deliverable(asset(bench).moderation));
}

TEST_CASE("a rendering is stored pending, and a repeated task replaces it under the same id") {
    for_each_database([](TestDatabase& database) {
        Bench bench(database);
        store::Claim claim = bench.claim(adapt_input(bench, 1));
        const StepFate first = adapt(bench, claim);
        REQUIRE(bench.record(first).has_value());
        const std::string id = output(first)["generated_asset_id"].as_string();
        CHECK(id == claim.id.value);
        const store::GeneratedAsset made = picture(bench, id);
        CHECK(made.moderation == store::Moderation::pending);
        CHECK(made.width == 120);
        CHECK(made.height == 120);
        CHECK(bench.objects->head(made.object_key)->size == made.size_bytes);

        claim.fence = 2;
        const StepFate again = adapt(bench, claim);
        REQUIRE(bench.record(again).has_value());
        CHECK(output(again)["generated_asset_id"].as_string() == id);
        CHECK(picture(bench, id).object_key != made.object_key);
        CHECK(picture(bench, id).sha256 == made.sha256);
        CHECK(bench.studio.number("SELECT count(*) FROM generated_assets") == 1);
    });
}

TEST_CASE("a newer version replaces a picture, and an older one that comes late does not") {
    for_each_database([](TestDatabase& database) {
        Bench bench(database);
        const store::Claim claim = bench.claim(adapt_input(bench, 1));
        const StepFate first = adapt(bench, claim);
        REQUIRE(bench.record(first).has_value());
        const std::string id = output(first)["generated_asset_id"].as_string();

        const auto render = [&](int version) {
            json::Value input = adapt_input(bench, version);
            input.set("generated_asset_id", id);
            const StepFate fate = adapt(bench, bench.claim(input));
            REQUIRE(bench.record(fate).has_value());
            return output(fate)["object_key"].as_string();
        };
        const std::string third = render(3);
        CHECK(picture(bench, id).version == 3);
        render(2);
        CHECK(picture(bench, id).version == 3);
        CHECK(picture(bench, id).object_key == third);
    });
}

TEST_CASE("a picture's bytes do not depend on what the worker decoded before") {
    auto database = TestDatabase::sqlite();
    Bench bench(*database);
    imaging::DecodedCache warm(64 << 20), narrow(1);
    for (const int side : {1200, 500, 90}) {  // from the photo itself, from its half, from a sixteenth
        CAPTURE(side);
        const store::Claim claim = bench.claim(landscape_input(bench, side, side));
        const std::string cold = bytes_of(bench, adapt(bench, claim));
        CHECK(bytes_of(bench, adapt(bench, claim, warm)) == cold);
        CHECK(bytes_of(bench, adapt(bench, claim, narrow)) == cold);
    }
    const store::Claim again = bench.claim(landscape_input(bench, 500, 500));
    CHECK(bytes_of(bench, adapt(bench, again, warm)) == bytes_of(bench, adapt(bench, again)));
}

TEST_CASE("the formats of a photo fetch and decode it once") {
    auto database = TestDatabase::sqlite();
    Bench bench(*database);
    imaging::DecodedCache cache(64 << 20);
    const json::Value first = landscape_input(bench, 1200, 900), second = landscape_input(bench, 400, 300);
    REQUIRE(std::holds_alternative<Done>(adapt(bench, bench.claim(first), cache)));
    bench.objects->remove(first["photo"]["object_key"].as_string()).value();
    CHECK(std::holds_alternative<Done>(adapt(bench, bench.claim(second), cache)));
}

TEST_CASE("decoded photos are not mixed up between assets or organizations") {
    auto database = TestDatabase::sqlite();
    Bench bench(*database);
    imaging::DecodedCache cache(64 << 20);
    const store::Claim mine = bench.claim(landscape_input(bench, 300, 300));
    REQUIRE(std::holds_alternative<Done>(adapt(bench, mine, cache)));

    // Another picture under the same hash, as if one had not been computed.
    store::Claim other = mine;
    SUBCASE("another asset") {
        json::Value photo = mine.input["photo"];
        other.input.set("photo", photo.set("id", ids::new_id<AssetId>().value));
    }
    SUBCASE("another organization") {
        other.organization_id = ids::new_id<OrganizationId>();
    }
    const std::string key = other.input["photo"]["object_key"].as_string();
    bench.objects->put(key, "not a picture", "image/jpeg").value();
    CHECK(std::holds_alternative<Fail>(adapt(bench, other, cache)));
}

TEST_CASE("a photo that could not be read is read again by the next task") {
    auto database = TestDatabase::sqlite();
    Bench bench(*database);
    imaging::DecodedCache cache(64 << 20);
    const store::Claim claim = bench.claim(landscape_input(bench, 300, 300));
    const std::string key = claim.input["photo"]["object_key"].as_string(),
                      whole = bench.objects->get(key).value();
    bench.objects->put(key, whole.substr(0, whole.size() / 2), "image/jpeg").value();
    CHECK(std::holds_alternative<Fail>(adapt(bench, claim, cache)));
    bench.objects->put(key, whole, "image/jpeg").value();
    CHECK(std::holds_alternative<Done>(adapt(bench, claim, cache)));
}
