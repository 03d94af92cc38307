#pragma once
// A command of atelierctl: one file each, listed in commands.cpp.

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "common/settings/settings.hpp"

namespace CLI {
class App;
}

namespace atelier::ctl {

inline constexpr int kFailed = 1;  ///< the exit code of a command that could not do its work
inline constexpr int kUsage = 2;   ///< of a wrong command line or setting

/// What the command line has chosen.
struct Invocation {
    std::string env_file;
    std::vector<std::string> sets;
    /// Set by the chosen command while the command line is read; main runs it afterwards. Gives the exit
    /// code.
    std::function<int()> run;

    /// The operator's settings, from the environment and the options. Error: validation_failed.
    Result<settings::Settings> load_settings() const;
};

struct Command {
    const char* name;
    const char* summary;
    /// Adds options and subcommands to `app`; `invocation` outlives the parsing and the run.
    void (*declare)(CLI::App& app, Invocation& invocation);
};

/// The table.
const std::vector<Command>& commands();

void declare_adapt_command(CLI::App& app, Invocation& invocation);
void declare_dead_letters(CLI::App& app, Invocation& invocation);
void declare_generate_command(CLI::App& app, Invocation& invocation);
void declare_jobs(CLI::App& app, Invocation& invocation);
void declare_migrate(CLI::App& app, Invocation& invocation);
void declare_organizations(CLI::App& app, Invocation& invocation);
void declare_providers(CLI::App& app, Invocation& invocation);
void declare_queues(CLI::App& app, Invocation& invocation);

/// Tells on stderr what went wrong; returns the exit code.
int fail(const Error& error);

}  // namespace atelier::ctl
