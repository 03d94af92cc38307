// What every declared pipeline promises to the code that walks it.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "common/json/embedded_schemas.hpp"
#include "queues/pipelines/pipeline.hpp"

using namespace atelier;
using namespace atelier::queues;

namespace {

template <class Check>
void for_each_step(Check check) {
    for (const Pipeline* pipeline : pipelines())
        for (const Step& step : pipeline->steps) {
            CAPTURE(pipeline->kind);
            CAPTURE(step.name);
            check(*pipeline, step);
        }
}

}  // namespace

TEST_CASE("kinds and step names are unique, and found by name") {
    std::set<std::string_view> kinds;
    for (const Pipeline* pipeline : pipelines()) {
        CHECK(kinds.insert(pipeline->kind).second);
        CHECK(find_pipeline(pipeline->kind) == pipeline);
        std::set<std::string_view> names;
        for (const Step& step : pipeline->steps) {
            CHECK(names.insert(step.name).second);
            CHECK(find_step(*pipeline, step.name) == &step);
        }
    }
    CHECK(find_pipeline("alchemy") == nullptr);
    CHECK(find_step(*pipelines().front(), "transmute") == nullptr);
}

TEST_CASE("the input of every kind has a schema") {
    const auto schemas = json::embedded_schemas();
    REQUIRE_MESSAGE(schemas.has_value(), schemas.error());
    for (const Pipeline* pipeline : pipelines()) {
        CAPTURE(pipeline->kind);
        CHECK(schemas->find(pipeline->schema) != nullptr);
        CHECK(bool(pipeline->plan));
        CHECK(bool(pipeline->result));
    }
}

TEST_CASE("weights, attempts and deadlines are positive, and deadlines end before RabbitMQ loses patience") {
    for_each_step([](const Pipeline&, const Step& step) {
        CHECK(step.weight > 0);
        CHECK(step.max_attempts > 0);
        CHECK(step.deadline > std::chrono::seconds(0));
        CHECK(step.deadline < std::chrono::minutes(30));
        CHECK_FALSE(step.phase.empty());
    });
}

TEST_CASE("only the first step starts by itself, and all others know what they are made of") {
    for_each_step([](const Pipeline& pipeline, const Step& step) {
        const bool is_first = &step == &pipeline.steps.front();
        CHECK((step.start == Step::Start::first) == is_first);
        CHECK(bool(step.inputs) != is_first);
        if (step.start == Step::Start::after_each) CHECK(bool(step.width));
    });
}

TEST_CASE("no step makes more tasks of one output than it says, since their ordinals would collide") {
    const json::Value job =
        json::Object{{"formats", json::Array{json::Object{{"slug", "a"}}, json::Object{{"slug", "b"}}}},
                     {"photos", json::Array{json::Object{{"id", "p"}}}},
                     {"render", json::Object{}}};
    const json::Value output = json::Object{{"asset_id", "p"}, {"elements", json::Array{}}};
    for_each_step([&](const Pipeline&, const Step& step) {
        if (step.start != Step::Start::after_each) return;
        const auto inputs = step.inputs(job, {&output, 1});
        CHECK(std::ssize(inputs) >= 1);
        CHECK(std::ssize(inputs) <= step.width(job));
    });
}
