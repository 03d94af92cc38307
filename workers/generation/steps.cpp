#include "workers/generation/steps.hpp"

#include "workers/ai/builtin/builtin.hpp"
#include "workers/ai/router/providers_file.hpp"
#include "workers/generation/steps/probe_provider.hpp"
#include "workers/generation/steps/steps.hpp"

namespace atelier::generation {

Result<std::shared_ptr<Engine>> open_engine(const std::string& models_dir, const std::string& providers_file,
                                            store::Database& db, metrics::Registry& metrics) {
    auto file = ai::read_providers(providers_file);
    if (!file) return file.error();
    auto builtin = ai::make_builtin(models_dir);
    if (!builtin) return builtin.error();
    auto router = ai::Router::open(*file, db, builtin->get(), {.metrics = &metrics});
    if (!router) return router.error();
    return std::make_shared<Engine>(Engine{std::move(*builtin), std::move(*router)});
}

runtime::StepTable steps(std::shared_ptr<Engine> engine) {
    const auto with_router = [engine](auto step) {
        return [engine, step](runtime::StepContext& context) { return step(context, *engine->router); };
    };
    return {{"write_brief", with_router(write_brief)},
            {"compose_design", with_router(compose_design)},
            {"edit_design", with_router(edit_design)},
            {"make_image", with_router(make_image)},
            {"probe_provider", with_router(probe_provider)}};
}

}  // namespace atelier::generation
