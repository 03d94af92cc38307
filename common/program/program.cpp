#include "common/program/program.hpp"

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>

#include "common/log/log.hpp"

namespace atelier::program {
namespace {

constexpr int kUsage = 2;

struct Options {
    std::string env_file, listen, data, slots;
    std::vector<std::string> sets;
    bool print_settings = false, settings_table = false;
};

void declare(CLI::App& app, Options& options, const Description& description) {
    app.add_option("--env-file", options.env_file, "Settings from a file of NAME=VALUE lines");
    app.add_option("--set", options.sets, "A setting, NAME=VALUE; stronger than the environment")->take_all();
    app.add_flag("--print-settings", options.print_settings,
                 "Show every setting with its value and meaning, then end");
    app.add_flag("--settings-table", options.settings_table,
                 "Show every setting as a table in Markdown, then end");
    if (description.kind == settings::Program::standalone || description.kind == settings::Program::api)
        app.add_option("--listen", options.listen, "ADDRESS:PORT (ATELIER_LISTEN)");
    if (description.kind == settings::Program::standalone)
        app.add_option("--data", options.data, "Folder of everything the server keeps (ATELIER_DATA_DIR)");
    if (description.kind == settings::Program::standalone || description.kind == settings::Program::worker)
        app.add_option("--slots", options.slots, "Tasks at once in each stage (ATELIER_SLOTS)");
}

Result<settings::Source> source_of(const Options& options) {
    settings::Source source = settings::Source::environment();
    const auto give = [&](const char* name, const std::string& value, const char* origin) {
        if (!value.empty()) source.override_with(name, value, origin);
    };
    give("ATELIER_LISTEN", options.listen, "--listen");
    give("ATELIER_DATA_DIR", options.data, "--data");
    give("ATELIER_SLOTS", options.slots, "--slots");
    for (const std::string& set : options.sets) {
        const auto equals = set.find('=');
        if (equals == std::string::npos) return bad_request("--set " + set + ": write NAME=VALUE.");
        source.override_with(set.substr(0, equals), set.substr(equals + 1), "--set");
    }
    if (!options.env_file.empty())
        if (auto added = source.add_file(options.env_file); !added) return added.error();
    return source;
}

void block_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace

Start start(int argc, char** argv, const Description& description) {
    CLI::App app(description.summary, description.name);
    app.set_version_flag("--version", description.name + " " + ATELIER_VERSION);
    Options options;
    CLI::App* command = &app;
    if (!description.command.empty()) {
        command = app.add_subcommand(description.command, description.summary);
        app.require_subcommand(1);
    }
    declare(*command, options, description);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        const int code = app.exit(e);
        return {code == 0 ? 0 : kUsage, {}};
    }
    auto source = source_of(options);
    if (!source) {
        std::cerr << description.name << ": " << source.error().message << "\n";
        return {kUsage, {}};
    }
    auto loaded = settings::load(*source, description.kind);
    if (!loaded) {
        std::cerr << description.name << ": the settings are not usable:\n"
                  << settings::describe(loaded.error()) << "\n";
        return {kUsage, {}};
    }
    if (options.print_settings) {
        std::cout << settings::print(loaded->rows);
        return {0, {}};
    }
    if (options.settings_table) {
        std::cout << settings::markdown(loaded->rows);
        return {0, {}};
    }
    log::configure(loaded->log.level, loaded->log.format, description.name);
    block_signals();
    return {std::nullopt, std::move(*loaded)};
}

void wait_for_stop() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    int signal = 0;
    sigwait(&signals, &signal);
    log::info("Stopping on {}", signal == SIGTERM ? "SIGTERM" : "SIGINT");
}

int give_up(const std::string& what, const Error& error) {
    log::error("{}: {}", what, error.message);
    for (const FieldError& field : error.details)
        log::error("  {}: {}", field.pointer, field.message);
    return 1;
}

}  // namespace atelier::program
