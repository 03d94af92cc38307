#pragma once
// Pictures by their recipes: an organization pays for each once, and whoever asks for it meanwhile waits.
//
// A recipe belongs to the claim of a task. When that claim ends without a picture (its worker died, the task
// failed), the next who asks takes it over.

#include <optional>
#include <string>
#include <vector>

#include "common/ids/id.hpp"
#include "common/json/value.hpp"
#include "common/store/assets.hpp"

namespace soci {
class session;
}

namespace atelier::store {

/// SHA-256 of the canonical JSON, in hexadecimal: equal for equal recipes.
std::string recipe_hash(const json::Value& recipe);

struct RecipeOwner {
    TaskId task;
    std::int64_t fence = 0;
};

struct RecipeState {
    std::optional<Asset> picture;  ///< made already, and still there
    bool is_mine = false;          ///< else: make it. Neither: somebody else is making it, ask again.
};
/// Asks for the picture, or for the right to make it.
RecipeState claim_recipe(soci::session& session, const OrganizationId& organization, const std::string& hash,
                         const json::Value& recipe, const RecipeOwner& owner);

/// The picture is made. Nothing changes when somebody else has taken the recipe over.
void complete_recipe(soci::session& session, const OrganizationId& organization, const std::string& hash,
                     const RecipeOwner& owner, const AssetId& picture);

/// How many of the recipes have no picture yet; each counts once.
int recipes_to_make(soci::session& session, const OrganizationId& organization,
                    const std::vector<std::string>& hashes);

}  // namespace atelier::store
