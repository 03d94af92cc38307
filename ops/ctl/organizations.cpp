#include "common/store/organizations.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "common/store/credits.hpp"
#include "common/time/rfc3339.hpp"
#include "ops/ctl/operator.hpp"

namespace atelier::ctl {
namespace {

struct Options {
    bool json = false;
    std::string id, plan, note;
    std::int64_t amount = 0;
};

using Act = int (*)(store::Database&, const Options&);

int list(store::Database& db, const Options& options) {
    std::vector<TableRow> rows;
    store::PageRequest page{.limit = 100, .cursor = ""};
    for (bool more = true; more;) {
        auto found = db.read([&](soci::session& s) { return store::list_organizations(s, page); });
        if (!found) return fail(found.error());
        for (const store::Organization& o : found->items) {
            if (options.json)
                print_json(json::Object{{"id", o.id.value},
                                        {"name", o.name},
                                        {"plan", o.plan},
                                        {"balance", o.balance},
                                        {"created_at", rfc3339(o.created_at)}});
            rows.push_back({o.id.value, o.plan, std::to_string(o.balance), rfc3339(o.created_at), o.name});
        }
        more = found->next_cursor.has_value();
        page.cursor = found->next_cursor.value_or("");
    }
    if (!options.json) print_table({"ID", "PLAN", "BALANCE", "CREATED", "NAME"}, rows);
    return 0;
}

int set_plan(store::Database& db, const Options& options) {
    auto done = db.write(
        [&](soci::session& s) { return store::set_plan(s, OrganizationId{options.id}, options.plan); });
    if (!done) return fail(done.error());
    std::cout << "The plan of " << options.id << " is " << options.plan << ".\n";
    return 0;
}

int grant(store::Database& db, const Options& options) {
    store::Grant wanted{OrganizationId{options.id}, {}, options.amount, {}};
    if (!options.note.empty()) wanted.note = options.note;
    auto done = db.write([&](soci::session& s) { return store::grant_credits(s, wanted); });
    if (!done) return fail(done.error());
    std::cout << options.id << " has " << done->balance_after << " credits.\n";
    return 0;
}

int with_database(const Invocation& invocation, const Options& options, Act act) {
    const auto settings = invocation.load_settings();
    if (!settings) return fail(settings.error());
    auto db = open_database(*settings);
    if (!db) return fail(db.error());
    return act(**db, options);
}

}  // namespace

void declare_organizations(CLI::App& app, Invocation& invocation) {
    auto options = std::make_shared<Options>();
    const auto add = [&](const char* name, const char* summary, Act act) {
        CLI::App* command = app.add_subcommand(name, summary);
        command->callback([&invocation, options, act] {
            invocation.run = [&invocation, options, act] { return with_database(invocation, *options, act); };
        });
        return command;
    };
    app.require_subcommand(1);
    CLI::App* listing = add("list", "Every organization, newest first", list);
    listing->add_flag("--json", options->json, "One JSON object a line");
    CLI::App* planning = add("plan", "Change an organization's plan", set_plan);
    planning->add_option("id", options->id, "The organization")->required();
    planning->add_option("plan", options->plan, "standard or premium")
        ->required()
        ->check(CLI::IsMember({"standard", "premium"}));
    CLI::App* granting = add("grant", "Give an organization credits", grant);
    granting->add_option("id", options->id, "The organization")->required();
    granting->add_option("amount", options->amount, "Credits")
        ->required()
        ->check(CLI::Range(1, 1'000'000'000));
    granting->add_option("--note", options->note, "Why, for the ledger");
}

}  // namespace atelier::ctl
