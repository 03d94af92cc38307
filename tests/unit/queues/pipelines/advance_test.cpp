#include "queues/pipelines/advance.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "queues/pipelines/kinds.hpp"

using namespace atelier;
using namespace atelier::queues;

namespace {

int width(const json::Value& job) {
    return static_cast<int>(job["width"].as_int());
}

std::vector<json::Value> spread(const json::Value& job, std::span<const json::Value> outputs) {
    std::vector<json::Value> inputs;
    for (int i = 0; i < width(job); ++i)
        inputs.push_back(json::Object{{"from", outputs.front()}, {"child", i}});
    return inputs;
}

std::vector<json::Value> gather(const json::Value&, std::span<const json::Value> outputs) {
    return {json::Object{{"parts", static_cast<int>(outputs.size())}}};
}

std::vector<json::Value> none(const json::Value&, std::span<const json::Value>) {
    return {};
}

constexpr Step kSteps[] = {
    {.name = "look", .stage = Stage::analysis, .phase = "looking", .weight = 1},
    {.name = "make",
     .stage = Stage::adaptation,
     .phase = "making",
     .weight = 6,
     .start = Step::Start::after_each,
     .inputs = spread,
     .width = width},
    {.name = "bind",
     .stage = Stage::generation,
     .phase = "binding",
     .weight = 3,
     .start = Step::Start::after_all,
     .inputs = gather},
};
constexpr Pipeline kBook{"book", "", kSteps, nullptr, nullptr};

constexpr Step kWithEmptySteps[] = {
    {.name = "look", .stage = Stage::analysis, .phase = "looking"},
    {.name = "skip",
     .stage = Stage::adaptation,
     .phase = "skipping",
     .start = Step::Start::after_all,
     .inputs = none},
    {.name = "bind",
     .stage = Stage::generation,
     .phase = "binding",
     .start = Step::Start::after_all,
     .inputs = gather},
};
constexpr Pipeline kSkipping{"skipping", "", kWithEmptySteps, nullptr, nullptr};

std::vector<json::Value> sum_up(const json::Value&, std::span<const json::Value> family) {
    return {json::Object{{"parent", family.front()}, {"members", static_cast<int>(family.size()) - 1}}};
}

constexpr Step kGroupedSteps[] = {
    {.name = "write", .stage = Stage::generation, .phase = "writing"},
    {.name = "compose",
     .stage = Stage::generation,
     .phase = "composing",
     .start = Step::Start::after_each,
     .inputs = spread,
     .width = width},
    {.name = "paint",
     .stage = Stage::generation,
     .phase = "painting",
     .start = Step::Start::after_each,
     .inputs = spread,
     .width = width},
    {.name = "finish",
     .stage = Stage::adaptation,
     .phase = "finishing",
     .start = Step::Start::after_group,
     .inputs = sum_up},
};
constexpr Pipeline kGrouped{"grouped", "", kGroupedSteps, nullptr, nullptr};

const json::Value kJob = json::Object{{"width", 3}};

std::vector<json::Value> two_outputs(const std::string&) {
    return {"a", "b"};
}

/// A job's tasks as the database would keep them, worked on one by one.
struct Ledger {
    std::map<std::string, store::StepTally> steps;

    void add(const std::vector<store::NewTask>& tasks) {
        for (const store::NewTask& task : tasks) {
            steps[task.step].step = task.step;
            ++steps[task.step].total;
        }
    }
    void finish(const std::string& step) {
        ++steps[step].done;
        steps[step].progress += 1;
    }
    std::vector<store::StepTally> tallies() const {
        std::vector<store::StepTally> all;
        for (const auto& [name, tally] : steps)
            all.push_back(tally);
        return all;
    }
};

}  // namespace

TEST_CASE("each finished task makes its followers, numbered by their parent") {
    std::set<int> ordinals;
    for (int parent = 0; parent < 4; ++parent) {
        const auto tasks = tasks_after_each(kBook, kJob, "look", parent, "photo", "priority");
        REQUIRE(tasks.size() == 3);
        for (const store::NewTask& task : tasks) {
            CHECK(task.step == "make");
            CHECK(task.stage == "adaptation");
            CHECK(task.lane == "priority");
            CHECK(ordinals.insert(task.ordinal).second);
        }
    }
    CHECK(*ordinals.rbegin() == 11);
}

TEST_CASE("a repeated finish makes the same followers with the same numbers") {
    const auto once = tasks_after_each(kBook, kJob, "look", 2, "photo", "primary");
    const auto again = tasks_after_each(kBook, kJob, "look", 2, "photo", "primary");
    REQUIRE(once.size() == again.size());
    for (std::size_t i = 0; i < once.size(); ++i) {
        CHECK(once[i].ordinal == again[i].ordinal);
        CHECK(once[i].input == again[i].input);
    }
}

TEST_CASE("a step that waits for all is not made after each") {
    CHECK(tasks_after_each(kBook, kJob, "make", 0, "x", "primary").empty());
    CHECK(tasks_after_each(kBook, kJob, "bind", 0, "x", "primary").empty());
}

TEST_CASE("a step that waits for all starts when everything before it is done, once") {
    const auto after = [](std::vector<store::StepTally> tallies) {
        return tasks_after_all(kBook, kJob, tallies, "primary", two_outputs);
    };
    CHECK(after({{"look", 2, 2, 2}, {"make", 6, 5, 5.5}}).empty());
    CHECK(after({{"look", 2, 1, 1}, {"make", 3, 3, 3}}).empty());
    const auto tasks = after({{"look", 2, 2, 2}, {"make", 6, 6, 6}});
    REQUIRE(tasks.size() == 1);
    CHECK(tasks[0].step == "bind");
    CHECK(tasks[0].input["parts"].as_int() == 2);
    CHECK(after({{"look", 2, 2, 2}, {"make", 6, 6, 6}, {"bind", 1, 0, 0}}).empty());
    CHECK(after({{"look", 2, 2, 2}, {"make", 6, 6, 6}, {"bind", 1, 1, 1}}).empty());
}

TEST_CASE("a step that has nothing to do is passed over") {
    const auto tasks = tasks_after_all(kSkipping, kJob, {{"look", 1, 1, 1}}, "primary", two_outputs);
    REQUIRE(tasks.size() == 1);
    CHECK(tasks[0].step == "bind");
}

TEST_CASE("progress climbs from 0 and reaches 100 only when all is done") {
    Ledger ledger;
    ledger.steps["look"] = {"look", 2, 0, 0};
    int before = 0;
    const auto advance = [&](bool last) {
        const Progress progress = progress_of(kBook, kJob, ledger.tallies());
        CHECK(progress.percent >= before);
        CHECK((progress.percent == 100) == last);
        CHECK(progress.complete == last);
        CHECK(progress.tasks_expected == 2 + 6 + 1);
        before = progress.percent;
    };
    advance(false);
    for (int parent = 0; parent < 2; ++parent) {
        ledger.finish("look");
        ledger.add(tasks_after_each(kBook, kJob, "look", parent, "photo", "primary"));
        advance(false);
    }
    for (int i = 0; i < 6; ++i) {
        ledger.finish("make");
        ledger.add(tasks_after_all(kBook, kJob, ledger.tallies(), "primary", two_outputs));
        advance(false);
    }
    ledger.finish("bind");
    advance(true);
}

TEST_CASE("the phase is that of the earliest step that is not done") {
    CHECK(progress_of(kBook, kJob, {{"look", 2, 0, 0}}).phase == "looking");
    CHECK(progress_of(kBook, kJob, {{"look", 2, 1, 1}, {"make", 3, 1, 1}}).phase == "looking");
    CHECK(progress_of(kBook, kJob, {{"look", 2, 2, 2}, {"make", 6, 3, 3}}).phase == "making");
    CHECK(progress_of(kBook, kJob, {{"look", 2, 2, 2}, {"make", 6, 6, 6}, {"bind", 1, 0, 0}}).phase ==
          "binding");
}

TEST_CASE("half a task counts as half") {
    const Progress idle = progress_of(kBook, kJob, {{"look", 1, 1, 1}, {"make", 3, 0, 0}});
    const Progress half = progress_of(kBook, kJob, {{"look", 1, 1, 1}, {"make", 3, 0, 1.5}});
    CHECK(idle.percent == 10);
    CHECK(half.percent == 40);
}

TEST_CASE("a group is what followed from one task, and one task follows from it") {
    CHECK_FALSE(group_of(kGrouped, kJob, "compose", 0));
    CHECK_FALSE(group_of(kGrouped, kJob, "finish", 0));
    CHECK_FALSE(group_of(kBook, kJob, "make", 0));
    for (const int ordinal : {3, 4, 5}) {
        const auto group = group_of(kGrouped, kJob, "paint", ordinal);
        REQUIRE(group);
        CHECK(group->group == 1);
        CHECK(group->first == 3);
        CHECK(group->last == 6);
        CHECK(group->parent->name == "compose");
        CHECK(group->next->name == "finish");
    }
    const std::vector<json::Value> members{"a", "b"};
    const store::NewTask task =
        task_after_group(*group_of(kGrouped, kJob, "paint", 4), kJob, "design", members, "priority");
    CHECK(task.step == "finish");
    CHECK(task.ordinal == 1);
    CHECK(task.lane == "priority");
    CHECK(task.input["parent"].as_string() == "design");
    CHECK(task.input["members"].as_int() == 2);
}

TEST_CASE("a step that waits for groups expects one task a group, and is complete when all are done") {
    const auto progress = [](std::vector<store::StepTally> tallies) {
        return progress_of(kGrouped, kJob, tallies);
    };
    CHECK(progress({{"write", 1, 1, 1}, {"compose", 3, 0, 0}}).tasks_expected == 1 + 3 + 9 + 3);
    const Progress half =
        progress({{"write", 1, 1, 1}, {"compose", 3, 3, 3}, {"paint", 9, 5, 5}, {"finish", 1, 1, 1}});
    CHECK_FALSE(half.complete);
    CHECK(half.phase == "painting");
    CHECK(progress({{"write", 1, 1, 1}, {"compose", 3, 3, 3}, {"paint", 9, 9, 9}, {"finish", 3, 3, 3}})
              .complete);
}
