#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "ops/ctl/operator.hpp"

namespace atelier::ctl {
namespace {

int run_queues(const Invocation& invocation, bool as_json) {
    const auto settings = invocation.load_settings();
    if (!settings) return fail(settings.error());
    if (settings->broker.is_embedded())
        return fail(invalid("ATELIER_BROKER_URL", "embedded",
                            "The queues are inside the server's process; GET /api/v1/health/detailed shows "
                            "them."));
    auto broker = queues::open_broker({.url = settings->broker.url});
    if (!broker) return fail(broker.error());
    const auto depths = (*broker)->depths();
    if (!depths) return fail(depths.error());
    std::vector<TableRow> rows;
    for (const queues::StageDepth& d : *depths) {
        if (as_json)
            print_json(json::Object{{"stage", to_string(d.stage)},
                                    {"primary", d.primary},
                                    {"priority", d.priority},
                                    {"dead", d.dead},
                                    {"consumers", d.consumers}});
        rows.push_back({std::string(to_string(d.stage)), std::to_string(d.primary),
                        std::to_string(d.priority), std::to_string(d.dead), std::to_string(d.consumers)});
    }
    if (!as_json) print_table({"STAGE", "PRIMARY", "PRIORITY", "DEAD", "CONSUMERS"}, rows);
    return 0;
}

}  // namespace

void declare_queues(CLI::App& app, Invocation& invocation) {
    auto as_json = std::make_shared<bool>(false);
    app.add_flag("--json", *as_json, "One JSON object a line");
    app.callback([&invocation, as_json] {
        invocation.run = [&invocation, as_json] { return run_queues(invocation, *as_json); };
    });
}

}  // namespace atelier::ctl
