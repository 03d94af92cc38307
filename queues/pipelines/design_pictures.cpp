#include <algorithm>

#include "common/design/model/walk.hpp"
#include "common/store/image_recipes.hpp"
#include "queues/pipelines/kinds.hpp"
#include "queues/pipelines/studio/studio.hpp"

namespace atelier::queues {
namespace {

constexpr std::int64_t kCreditsPerPicture = 1;

/// The design as the plan prepared it, with the pictures made.
std::vector<json::Value> to_finish(const json::Value& job, std::span<const json::Value> outputs) {
    std::vector<json::Value> family{
        json::Object{{"design", job["design"]}, {"told", json::Object{{"variant", 0}}}}};
    family.insert(family.end(), outputs.begin(), outputs.end());
    return to_finish_design(job, family);
}

constexpr Step kSteps[] = {make_image_step(Step::Start::first),
                           finish_design_step(Step::Start::after_all, to_finish), moderate_design_step()};

bool is_wanted(const json::Value& input, const std::string& layer) {
    if (!input.has("layer_ids")) return true;
    const json::Array& ids = input["layer_ids"].array();
    return std::any_of(ids.begin(), ids.end(), [&](const auto& id) { return id.as_string() == layer; });
}

/// Takes the pictures away that are to be made again, and hides from the plan those that nobody asked for.
Result<design::Design> prepared(design::Design design, const json::Value& input) {
    std::vector<FieldError> wrong;
    std::vector<std::string> found;
    design::for_each_layer(design.layers, [&](design::Layer& layer) {
        auto* smart = std::get_if<design::SmartImageContent>(&layer.content);
        if (!smart || !is_wanted(input, layer.id)) return;
        found.push_back(layer.id);
        if (input["fresh"].as_bool()) smart->recipe.seed = random_seed();
        if (input.has("layer_ids") || input["fresh"].as_bool()) {
            smart->image.picture.asset_id.reset();
            smart->image.picture.url.reset();
        }
    });
    for (std::size_t i = 0; i < input["layer_ids"].size(); ++i) {
        const std::string& id = input["layer_ids"].at(i).as_string();
        if (std::find(found.begin(), found.end(), id) == found.end())
            wrong.push_back(
                {"/layer_ids/" + std::to_string(i), "exists", "The design has no smart image with this id."});
    }
    if (!wrong.empty()) return invalid(std::move(wrong));
    return design;
}

std::vector<json::Value> wanted_tasks(const json::Value& document, const json::Value& planned,
                                      const json::Value& input) {
    auto tasks = picture_tasks(document, planned);
    std::erase_if(tasks,
                  [&](const json::Value& task) { return !is_wanted(input, task["layer_id"].as_string()); });
    return tasks;
}

std::int64_t price_of(soci::session& session, const OrganizationId& organization,
                      const std::vector<json::Value>& tasks) {
    std::vector<std::string> hashes;
    for (const json::Value& task : tasks)
        hashes.push_back(store::recipe_hash(task["order"]));
    return kCreditsPerPicture * store::recipes_to_make(session, organization, hashes);
}

Result<Plan> plan(soci::session& session, const Requester& requester, const json::Value& input) {
    const OrganizationId& organization = requester.organization;
    store::Design row;
    auto revision = revision_wanted(session, organization, input, row);
    if (!revision) return revision.error();
    if (revision->version != row.version)
        return conflict("The design has changed: its newest version is " + std::to_string(row.version) + ".");
    auto parsed = design::parse_design(revision->document);
    if (!parsed) return internal("A stored design does not fit its schema.");
    auto design = prepared(std::move(*parsed), input);
    if (!design) return design.error();
    auto pictures = pictures_shown(session, organization, *design);
    if (!pictures) return pictures.error();
    Plan plan;
    plan.project = row.project_id;
    plan.input = json::Object{{"design_id", row.id.value},          {"design_version", revision->version},
                              {"design", design::to_json(*design)}, {"pictures", *pictures},
                              {"user_id", requester.user.value},    {"origin", "pictures"}};
    for (const char* name : {"provider", "quality"})
        if (input.has(name)) plan.input.set(name, input[name]);
    plan.first_tasks = wanted_tasks(plan.input["design"], plan.input, input);
    if (plan.first_tasks.empty())
        return invalid("/design_id", "minItems", "The design has no smart image that lacks its picture.");
    plan.price = price_of(session, organization, plan.first_tasks);
    return plan;
}

}  // namespace

const Pipeline kDesignPictures{"design_pictures", "jobs/design_pictures.json", kSteps, plan,
                               designs_result,    "/ai/smart-images"};

}  // namespace atelier::queues
