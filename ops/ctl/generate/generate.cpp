#include "ops/ctl/generate/generate.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>

#include "ops/ctl/client/errand.hpp"
#include "ops/ctl/client/progress_bar.hpp"
#include "ops/ctl/generate/timeline.hpp"

namespace atelier::ctl {
namespace {

constexpr int kFailed = 1, kUsage = 2;

/// What the options ask for. Error: bad_request for a size that is none.
Result<json::Value> body_of(const GenerateOptions& options) {
    json::Value body = json::Object{{"prompt", options.prompt}, {"variants", options.variants}};
    for (const auto& [name, text] : {std::pair{"format", &options.format},
                                     {"brand_id", &options.brand_id},
                                     {"provider", &options.provider}})
        if (!text->empty()) body.set(name, *text);
    if (options.seed) body.set("seed", *options.seed);
    if (options.size.empty()) return body;
    int width = 0, height = 0;
    if (std::sscanf(options.size.c_str(), "%dx%d", &width, &height) != 2)
        return bad_request("Write the size as WIDTHxHEIGHT.");
    return body.set("canvas", json::Object{{"width", width}, {"height", height}});
}

class Generation {
  public:
    explicit Generation(const GenerateOptions& options) : options_(options), api_(options.server) {}

    Result<void> run(const json::Value& body) {
        if (auto reached = api_.reach(); !reached) return during(api_.server(), reached.error());
        if (auto entered = enter(api_, "generate", options_.email, options_.password); !entered)
            return during("signing in", entered.error());
        auto accepted = api_.post("/ai/generate-designs", body);
        if (!accepted) return accepted.error();
        const std::string job = (*accepted)["job_id"].as_string();
        if (auto made = follow(job); !made) return made;
        return fetch_pictures(job);
    }

    bool is_unreachable() { return is_away(api_); }

  private:
    Result<void> follow(const std::string& job) {
        ProgressBar bar("moderate_design", "designs", options_.variants);
        Timeline timeline;
        auto last = complete_job(api_, job, [&](const json::Value& event) {
            timeline.add(event);
            if (event["type"].as_string() == "job:progress") bar.show(event);
        });
        if (!last) return last.error();
        timeline.add(*last);
        bar.finish(*last);
        fmt::print("\n{}\n", timeline.table());
        return save_designs((*last)["result"]["designs"]);
    }

    Result<void> save_designs(const json::Value& designs) {
        for (const json::Value& told : designs.array()) {
            auto design = api_.get("/designs/" + told["design_id"].as_string());
            if (!design) return during("designs", design.error());
            std::ofstream file(path_of(told, ".design.json"));
            file << json::write_pretty((*design)["design"]) << "\n";
            file.close();
            if (!file) return internal("A design could not be written to " + options_.out + ".");
            variants_.push_back(told);
        }
        return {};
    }

    Result<void> fetch_pictures(const std::string& job) {
        auto results = api_.get("/generate/" + job + "/results");
        if (!results) return during("results", results.error());
        for (const json::Value& told : variants_)
            for (const json::Value& picture : (*results)["assets"].array()) {
                if (picture["id"] != told["generated_asset_id"]) continue;
                const bool is_held_back = picture["url"].is_null();
                const std::string file = path_of(told, is_held_back ? ".flagged-preview.jpg" : ".png");
                auto bytes = api_.download(picture[is_held_back ? "preview_url" : "url"].as_string(), file);
                if (!bytes) return during(file, bytes.error());
                fmt::print("{:<28} {:>5} x {:<5} {}\n", std::filesystem::path(file).filename().string(),
                           picture["width"].as_int(), picture["height"].as_int(), told["title"].as_string());
            }
        return {};
    }

    std::string path_of(const json::Value& told, const std::string& ending) const {
        return options_.out + "/variant-" + std::to_string(told["variant"].as_int() + 1) + ending;
    }

    const GenerateOptions& options_;
    Api api_;
    json::Array variants_;
};

}  // namespace

void declare_generate(CLI::App& command, GenerateOptions& options) {
    command.add_option("--server", options.server, "The API's address, such as http://127.0.0.1:8080")
        ->required();
    command.add_option("--prompt", options.prompt, "What is wanted, in your words")->required();
    command.add_option("--out", options.out, "Folder for the results")->required();
    command.add_option("--variants", options.variants, "How many designs, 1 to 8")->capture_default_str();
    auto* format = command.add_option("--format", options.format, "The slug of a format of the catalogue");
    command.add_option("--size", options.size, "WIDTHxHEIGHT, instead of a format")->excludes(format);
    command.add_option("--brand", options.brand_id, "The id of a brand kit");
    command.add_option("--provider", options.provider, "Who is asked first");
    command.add_option("--seed", options.seed, "Equal seeds give equal designs");
    auto* email =
        command.add_option("--email", options.email, "Signs in; a fresh user is registered otherwise");
    auto* password = command.add_option("--password", options.password, "Of that user");
    email->needs(password);
    password->needs(email);
}

int run_generate(const GenerateOptions& options) {
    const auto body = body_of(options);
    if (!body) return tell("generate", body.error(), kUsage);
    std::error_code error;
    std::filesystem::create_directories(options.out, error);
    if (error)
        return tell("generate",
                    bad_request("The folder " + options.out + " cannot be made: " + error.message()), kUsage);
    Generation generation(options);
    if (auto done = generation.run(*body); !done)
        return tell("generate", done.error(), generation.is_unreachable() ? kUnreachable : kFailed);
    return 0;
}

}  // namespace atelier::ctl
