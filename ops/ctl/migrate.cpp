#include <CLI/CLI.hpp>
#include <iostream>

#include "ops/ctl/operator.hpp"

namespace atelier::ctl {
namespace {

int run_migrate(const Invocation& invocation) {
    const auto settings = invocation.load_settings();
    if (!settings) return fail(settings.error());
    if (auto migrated = store::migrate({.url = settings->database.url}); !migrated)
        return fail(migrated.error());
    std::cout << "The database's schema is at this program's version.\n";
    return 0;
}

}  // namespace

void declare_migrate(CLI::App& app, Invocation& invocation) {
    app.callback([&invocation] { invocation.run = [&invocation] { return run_migrate(invocation); }; });
}

}  // namespace atelier::ctl
