#pragma once
// How every program of Atelier starts and ends: command line, settings, log, signals.

#include <optional>
#include <string>

#include "common/settings/settings.hpp"

namespace atelier::program {

struct Description {
    std::string name;     ///< `atelier-api`
    std::string summary;  ///< one line for --help
    settings::Program kind;
    std::string command;  ///< a word that must follow the name, such as `serve`; empty: none
};

/// What the command line asked for: settings to run with, or the exit code to end with at once (after --help,
/// --version,
/// --print-settings, or a problem that has been told on stderr: 2 for a wrong command line or setting).
struct Start {
    std::optional<int> exit_code;
    settings::Settings settings;
};

/// Options: --help --version --print-settings --settings-table --env-file FILE --set NAME=VALUE and the usual
/// settings by a short name
/// (--listen, --data, --slots). Configures the log and blocks SIGINT and SIGTERM in this thread and those it
/// starts.
Start start(int argc, char** argv, const Description& description);

/// Blocks until SIGINT or SIGTERM.
void wait_for_stop();

/// Tells on stderr why the program cannot go on; returns the exit code for main.
int give_up(const std::string& what, const Error& error);

}  // namespace atelier::program
