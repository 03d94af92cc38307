// Every program says what it takes, which version it is, and precisely what is wrong with its settings.

#include <doctest/doctest.h>

#include "tests/e2e/support/process.hpp"

using namespace atelier::e2e;

namespace {

const std::string kWorkers[] = {"atelier-analysis", "atelier-generation", "atelier-adaptation",
                                "atelier-moderation"};

std::vector<std::string> servers() {
    std::vector<std::string> all{"atelier-api"};
    all.insert(all.end(), std::begin(kWorkers), std::end(kWorkers));
    return all;
}

/// The command that runs it: `atelier` wants the word `serve`.
std::vector<std::string> command(const std::string& name, const std::vector<std::string>& arguments = {}) {
    std::vector<std::string> all{program(name)};
    if (name == "atelier") all.push_back("serve");
    all.insert(all.end(), arguments.begin(), arguments.end());
    return all;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::vector<std::string> with_settings() {
    std::vector<std::string> all = servers();
    all.push_back("atelier");
    return all;
}

}  // namespace

TEST_CASE("--help says the usage and --version the name and a number") {
    std::vector<std::string> all = with_settings();
    all.push_back("atelierctl");
    for (const std::string& name : all) {
        CAPTURE(name);
        const Finished help = run({program(name), "--help"});
        CHECK(help.exit_code == 0);
        CHECK(holds(help.output, "Usage:"));
        CHECK(holds(help.output, "--version"));
        CHECK(help.errors == "");
        const Finished version = run({program(name), "--version"});
        CHECK(version.exit_code == 0);
        CHECK(version.output.starts_with(name + " "));
        CHECK(holds(version.output, "."));
    }
}

TEST_CASE(
    "a setting that is wrong, misspelt or missing ends the start with exit code 2 and a line that names it") {
    for (const std::string& name : with_settings()) {
        CAPTURE(name);
        const Finished wrong =
            run(command(name),
                {{"ATELIER_SLOTS", "many"}, {"ATELIER_LEESE_S", "3"}, {"ATELIER_LOG_LEVEL", "loud"}});
        CHECK(wrong.exit_code == 2);
        CHECK(holds(wrong.errors, "ATELIER_SLOTS"));
        CHECK(holds(wrong.errors, "ATELIER_LEESE_S"));
        CHECK(holds(wrong.errors, "ATELIER_LEASE_S"));
        CHECK(holds(wrong.errors, "ATELIER_LOG_LEVEL"));
    }
    for (const std::string& name : servers()) {
        CAPTURE(name);
        const Finished alone = run(command(name));
        CHECK(alone.exit_code == 2);
        for (const std::string setting :
             {"ATELIER_DATABASE_URL", "ATELIER_BROKER_URL", "ATELIER_OBJECTS_URL"})
            CHECK(holds(alone.errors, setting + " must be given"));
        CHECK(holds(alone.errors, "ATELIER_SECRET_KEY") == (name == "atelier-api"));
    }
}

TEST_CASE("an option that does not exist ends the start with exit code 2") {
    for (const std::string& name : with_settings())
        CHECK(run(command(name, {"--lissten", "x"})).exit_code == 2);
    CHECK(run({program("atelier")}).exit_code == 2);
    CHECK(run({program("atelierctl"), "nonsense"}).exit_code == 2);
    CHECK(run({program("atelierctl"), "adapt"}).exit_code == 2);
}

TEST_CASE("secrets are not shown among the settings") {
    const std::string secret(40, 'k');
    const Finished shown = run(command("atelier", {"--print-settings"}), {{"ATELIER_SECRET_KEY", secret}});
    CHECK(shown.exit_code == 0);
    CHECK(holds(shown.output, "ATELIER_SECRET_KEY"));
    CHECK_FALSE(holds(shown.output, secret));
}

TEST_CASE("a service that does not answer ends a worker's start with exit code 1 and its name") {
    const TempFolder folder;
    const Finished down =
        run(command("atelier-generation"), {{"ATELIER_DATABASE_URL", "postgresql://none@127.0.0.1:1/none"},
                                            {"ATELIER_BROKER_URL", "amqp://guest:guest@127.0.0.1:1/"},
                                            {"ATELIER_SECRET_KEY", std::string(40, 'k')},
                                            {"ATELIER_OBJECTS_URL", "file://" + (folder / "objects")}});
    CHECK(down.exit_code == 1);
    CHECK(holds(down.errors + down.output, "database"));
}
