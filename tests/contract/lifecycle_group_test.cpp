// A step that waits for a group: one task once everything that followed from one task is done, whoever
// finishes last.

#include <doctest/doctest.h>

#include <map>

#include "tests/support/database.hpp"
#include "tests/support/protocol_audit.hpp"
#include "tests/support/studio.hpp"

using namespace atelier;
using namespace atelier::testing;

namespace {

json::Value smart_image(const std::string& id) {
    return json::Object{
        {"id", id},      {"type", "smart_image"},     {"width", 320},
        {"height", 240}, {"picture", json::Object{}}, {"recipe", json::Object{{"prompt", "bokeh " + id}}}};
}

/// A design as compose_design gives it, with `pictures` smart images, the last of them in a group.
json::Value composed(int variant, int pictures) {
    json::Value layers = json::Array{};
    for (int i = 0; i + 1 < pictures; ++i)
        layers.push(smart_image("image-" + std::to_string(i)));
    if (pictures > 0)
        layers.push(json::Object{{"type", "group"}, {"layers", json::Array{smart_image("last")}}});
    return json::Object{{"design", json::Object{{"layers", std::move(layers)}}},
                        {"told", json::Object{{"variant", variant}}}};
}

/// A job under way whose variants have been composed with these numbers of pictures.
struct Generation {
    Generation(TestDatabase& database, const std::vector<int>& pictures) : studio(database) {
        queues::JobRequest request = studio.adaptation();
        request.kind = "design_generation";
        request.input = json::Object{{"prompt", "Sale"}, {"variants", static_cast<int>(pictures.size())}};
        job = studio.begin(request);
        done(studio.claim_next(), json::Object{{"brief", json::Object{}}});
        for (std::size_t i = 0; i < pictures.size(); ++i) {
            const store::Claim claim = studio.claim_next();
            CHECK(claim.step == "compose_design");
            const int variant = static_cast<int>(claim.input["variant"].as_int());
            done(claim, composed(variant, pictures[static_cast<std::size_t>(variant)]));
        }
    }

    void done(const store::Claim& claim, const json::Value& output) {
        const auto outcome = studio.finish(claim, output, {});
        REQUIRE(outcome.has_value());
        CHECK_FALSE(outcome->stale);
    }

    int count(const std::string& step) {
        return static_cast<int>(studio.number("SELECT count(*) FROM tasks WHERE job_id = '" + job.value +
                                              "' AND step = '" + step + "'"));
    }

    Studio studio;
    JobId job;
};

json::Value made(const store::Claim& claim) {
    return json::Object{{"asset_id", "asset of " + claim.input["layer_id"].as_string()},
                        {"layer_id", claim.input["layer_id"]}};
}

}  // namespace

TEST_CASE("a design is finished when its own pictures are there, not earlier, and waits for no other's") {
    for_each_database([](TestDatabase& database) {
        Generation generation(database, {3, 1});
        CHECK(generation.count("make_image") == 4);
        std::map<int, std::vector<store::Claim>> claims;  // by variant
        for (int i = 0; i < 4; ++i) {
            const store::Claim claim = generation.studio.claim_next();
            CHECK(claim.step == "make_image");
            claims[claim.ordinal / 12].push_back(claim);
        }
        REQUIRE(claims.size() == 2);
        generation.done(claims[0][0], made(claims[0][0]));
        CHECK(generation.count("finish_design") == 0);
        generation.done(claims[1][0], made(claims[1][0]));
        CHECK(generation.count("finish_design") == 1);
        const store::Claim finishing = generation.studio.claim_next();
        CHECK(finishing.step == "finish_design");
        CHECK(finishing.ordinal == 1);
        CHECK(finishing.input["told"]["variant"].as_int() == 1);
        CHECK(finishing.input["made"].size() == 1);
        generation.done(claims[0][2], made(claims[0][2]));
        CHECK(generation.count("finish_design") == 1);
        generation.done(claims[0][1], made(claims[0][1]));
        CHECK(generation.count("finish_design") == 2);
        const store::Claim other = generation.studio.claim_next();
        CHECK(other.input["made"].size() == 3);
        CHECK(other.input["design"]["layers"].size() == 3);
    });
}

TEST_CASE("pictures that are finished in one transaction still make one task") {
    for_each_database([](TestDatabase& database) {
        Generation generation(database, {2});
        const store::Claim first = generation.studio.claim_next(), second = generation.studio.claim_next();
        const json::Value outputs[] = {made(first), made(second)};
        const std::function<Result<void>(soci::session&)> nothing;
        const queues::Success both[] = {{first, outputs[0], nothing}, {second, outputs[1], nothing}};
        for (const auto& outcome : queues::finish(generation.studio.db(), both))
            CHECK(outcome.has_value());
        CHECK(generation.count("finish_design") == 1);
    });
}

TEST_CASE("a design that lacks no picture is finished all the same, and what is finished is told at once") {
    for_each_database([](TestDatabase& database) {
        Generation generation(database, {0, 0});
        for (int i = 0; i < 2; ++i) {
            const store::Claim nothing_to_do = generation.studio.claim_next();
            CHECK(nothing_to_do.input["order"].is_null());
            generation.done(nothing_to_do, json::Object{{"asset_id", nullptr}});
        }
        const store::Claim finishing = generation.studio.claim_next();
        CHECK(finishing.input["made"].size() == 0);
        generation.done(finishing, json::Object{{"design_id", "d1"},
                                                {"design_version", 1},
                                                {"generated_asset_id", "g1"},
                                                {"told", finishing.input["told"]}});
        store::Claim judging = generation.studio.claim_next();
        while (judging.step != "moderate_design") {
            generation.done(judging, json::Object{{"design_id", "d2"}, {"told", judging.input["told"]}});
            judging = generation.studio.claim_next();
        }
        json::Value verdict = judging.input;
        generation.done(judging, verdict.set("is_nsfw", false));
        const auto events = generation.studio.events(generation.job);
        CHECK(events.back().data["results"].size() == 1);
        CHECK(events.back().data["results"].at(0)["design_id"].is_string());
    });
}
