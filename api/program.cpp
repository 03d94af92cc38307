#include "api/program.hpp"

#include "api/front.hpp"
#include "common/log/log.hpp"
#include "common/program/program.hpp"

namespace atelier::api {

int run_api_program(int argc, char** argv, const json::SchemaSet::Texts& more_schemas) {
    const program::Start start = program::start(
        argc, argv, {"atelier-api", "Serves Atelier's HTTP and WebSocket API.", settings::Program::api, ""});
    if (start.exit_code) return *start.exit_code;

    auto backend = queues::open_backend(start.settings);
    if (!backend) return program::give_up("The API cannot start", backend.error());
    metrics::Registry metrics("atelier-api");
    auto front = Front::start(start.settings, *backend, metrics, more_schemas);
    if (!front) return program::give_up("The API cannot start", front.error());
    log::info("Serving {}", (*front)->url());
    program::wait_for_stop();
    (*front)->stop();
    return 0;
}

}  // namespace atelier::api
