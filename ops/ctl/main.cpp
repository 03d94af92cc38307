#include <CLI/CLI.hpp>
#include <iostream>

#include "common/log/log.hpp"
#include "ops/ctl/command.hpp"

namespace atelier::ctl {

Result<settings::Settings> Invocation::load_settings() const {
    settings::Source source = settings::Source::environment();
    for (const std::string& set : sets) {
        const auto equals = set.find('=');
        if (equals == std::string::npos)
            return invalid("--set", "format", "--set " + set + ": write NAME=VALUE.");
        source.override_with(set.substr(0, equals), set.substr(equals + 1), "--set");
    }
    if (!env_file.empty())
        if (auto added = source.add_file(env_file); !added) return added.error();
    return settings::load(source, settings::Program::control);
}

int fail(const Error& error) {
    std::cerr << "atelierctl: " << error.message << "\n";
    for (const FieldError& field : error.details)
        std::cerr << "  " << field.message << "\n";
    return error.code == ErrorCode::validation_failed ? kUsage : kFailed;
}

}  // namespace atelier::ctl

int main(int argc, char** argv) {
    using namespace atelier;
    CLI::App app("Operates an Atelier installation.", "atelierctl");
    app.set_version_flag("--version", "atelierctl " ATELIER_VERSION);
    ctl::Invocation invocation;
    app.add_option("--env-file", invocation.env_file, "Settings from a file of NAME=VALUE lines");
    app.add_option("--set", invocation.sets, "A setting, NAME=VALUE; stronger than the environment")
        ->take_all()
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    app.require_subcommand(1);
    app.fallthrough();  // --set may also stand behind the command
    for (const ctl::Command& command : ctl::commands())
        command.declare(*app.add_subcommand(command.name, command.summary), invocation);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : ctl::kUsage;
    }
    log::configure(log::Level::warning, log::Format::text, "atelierctl");
    try {
        return invocation.run();
    } catch (const std::exception& e) {
        std::cerr << "atelierctl: " << e.what() << "\n";
        return ctl::kFailed;
    }
}
