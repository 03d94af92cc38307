#include <CLI/CLI.hpp>
#include <memory>

#include "ops/ctl/adapt/adapt.hpp"
#include "ops/ctl/command.hpp"

namespace atelier::ctl {

void declare_adapt_command(CLI::App& app, Invocation& invocation) {
    auto options = std::make_shared<AdaptOptions>();
    declare_adapt(app, *options);
    app.callback([&invocation, options] { invocation.run = [options] { return run_adapt(*options); }; });
}

}  // namespace atelier::ctl
