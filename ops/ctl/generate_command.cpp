#include <CLI/CLI.hpp>
#include <memory>

#include "ops/ctl/command.hpp"
#include "ops/ctl/generate/generate.hpp"

namespace atelier::ctl {

void declare_generate_command(CLI::App& app, Invocation& invocation) {
    auto options = std::make_shared<GenerateOptions>();
    declare_generate(app, *options);
    app.callback([&invocation, options] { invocation.run = [options] { return run_generate(*options); }; });
}

}  // namespace atelier::ctl
