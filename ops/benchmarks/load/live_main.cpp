// bench-live round-trips|fan-out: prints the figures that live.hpp names.

#include <CLI/CLI.hpp>
#include <cstdio>

#include "ops/benchmarks/load/live.hpp"
#include "ops/benchmarks/load/socket.hpp"

int main(int argc, char** argv) {
    using namespace atelier::bench;
    CLI::App app("Measures what reaches the clients of the API's WebSocket.");
    LiveSettings settings;
    app.add_option("--port", settings.port)->required();
    app.add_option("--token", settings.token)->required();
    app.add_option("--body", settings.body, "of POST /jobs")->required();
    app.add_option("--times", settings.times, "jobs");
    CLI::App* round_trips = app.add_subcommand("round-trips", "from POST /jobs to job:completed");
    CLI::App* fan_out = app.add_subcommand("fan-out", "one event to many; no worker may run");
    fan_out->add_option("--clients", settings.clients);
    fan_out->add_option("--subscribers", settings.subscribers);
    fan_out->add_option("--process", settings.api_process, "the API")->required();
    app.require_subcommand(1);
    CLI11_PARSE(app, argc, argv);
    try {
        raise_file_limit();
        if (round_trips->parsed())
            measure_round_trips(settings);
        else
            measure_fan_out(settings);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench-live: %s\n", error.what());
        return 1;
    }
}
