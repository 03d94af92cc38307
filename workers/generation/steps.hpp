#pragma once
// The generation stage's table of steps: what AI does, whoever does it.
//
//   write_brief     a prompt → a brief
//   compose_design  a brief → one variant of a design, its pictures still to be made
//   edit_design     an instruction → a patch of a design
//   make_image      an order → a picture of the organization, once a recipe
//   probe_provider  an operator's question whether a provider works

#include <memory>
#include <string>

#include "common/metrics/registry.hpp"
#include "common/store/database.hpp"
#include "workers/ai/router/router.hpp"
#include "workers/runtime/step.hpp"

namespace atelier::generation {

/// The router of a process with the builtin engine in it. `models_dir` as in settings; `providers_file`
/// empty: the builtin engine alone. Error: validation_failed for a wrong file.
struct Engine {
    std::unique_ptr<ai::Provider> builtin;
    std::unique_ptr<ai::Router> router;
};
Result<std::shared_ptr<Engine>> open_engine(const std::string& models_dir, const std::string& providers_file,
                                            store::Database& db, metrics::Registry& metrics);

runtime::StepTable steps(std::shared_ptr<Engine> engine);

}  // namespace atelier::generation
