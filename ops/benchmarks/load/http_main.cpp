// bench-http: requests in a closed loop over keep-alive connections; prints `per_s`, `p50_ms` and `p99_ms`,
// each the median of the rounds, and on standard error the rounds.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>

#include "ops/benchmarks/load/figures.hpp"
#include "ops/benchmarks/load/http_load.hpp"
#include "ops/benchmarks/load/socket.hpp"

namespace {

using namespace atelier::bench;

std::vector<std::string> lines_of(const std::string& file) {
    std::ifstream stream(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        if (!line.empty()) lines.push_back(line);
    return lines;
}

void run(const LoadSettings& settings, Requests& requests, int rounds) {
    std::vector<double> per_s, p50, p99;
    for (int i = 0; i < rounds; ++i) {
        const LoadRound round = run_round(settings, requests);
        std::fprintf(stderr, "  round %d: %.0f/s, p50 %.2f ms, p99 %.2f ms\n", i + 1, round.per_s,
                     round.p50_ms, round.p99_ms);
        per_s.push_back(round.per_s);
        p50.push_back(round.p50_ms);
        p99.push_back(round.p99_ms);
    }
    report("per_s", median(per_s));
    report("p50_ms", median(p50));
    report("p99_ms", median(p99));
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Measures how many requests a second a server on this machine answers.");
    LoadSettings settings;
    Requests::Shape shape;
    std::string paths_file;
    double seconds = 3;
    int rounds = 1;
    app.add_option("--port", settings.port)->required();
    app.add_option("--connections", settings.connections);
    app.add_option("--seconds", seconds, "of each round, after half a second that is not counted");
    app.add_option("--count", settings.count, "answers of each round, instead of --seconds");
    app.add_option("--rounds", rounds);
    app.add_option("--method", shape.method);
    app.add_option("--path", shape.paths, "one or more, in turn");
    app.add_option("--paths", paths_file, "a file with a path in each line, instead of --path");
    app.add_option("--token", shape.token);
    app.add_option("--body", shape.body, "JSON");
    app.add_flag("--fresh-keys", shape.fresh_keys, "an Idempotency-Key of its own for each request");
    app.add_option("--status", settings.status, "the only status that is right");
    CLI11_PARSE(app, argc, argv);
    settings.measured = std::chrono::milliseconds(static_cast<int>(seconds * 1000));
    try {
        if (!paths_file.empty()) shape.paths = lines_of(paths_file);
        if (shape.paths.empty()) throw std::runtime_error("there is no path to ask for");
        raise_file_limit();
        Requests requests(shape);
        run(settings, requests, rounds);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench-http: %s\n", error.what());
        return 1;
    }
}
