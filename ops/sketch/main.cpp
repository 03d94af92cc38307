// `atelier-sketch`: a prompt to finished designs by the builtin engine alone, without a server, a database or
// a queue.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include "common/design/model/walk.hpp"
#include "common/design/pipeline/validate.hpp"
#include "common/design/typeset/typeset.hpp"
#include "workers/adaptation/design/render.hpp"
#include "workers/ai/brief/brief.hpp"
#include "workers/ai/builtin/builtin.hpp"
#include "workers/ai/prompts/prompts.hpp"
#include "workers/imaging/start.hpp"

namespace {

using namespace atelier;
namespace design_render = adaptation::design_render;

struct Options {
    std::string prompt, size = "1080x1080", models = "models";
    std::filesystem::path out = ".";
    int variants = 4;
    std::int64_t seed = 1;
};

/// Pictures that were just made, by the id of their layer.
class FreshPictures final : public design_render::PictureSource {
  public:
    void add(const std::string& id, std::string bytes) { bytes_[id] = std::move(bytes); }
    Result<std::string> fetch(const design::Picture& picture) override {
        const auto found = picture.asset_id ? bytes_.find(*picture.asset_id) : bytes_.end();
        if (found == bytes_.end()) return not_found("picture");
        return found->second;
    }

  private:
    std::map<std::string, std::string> bytes_;
};

Error error_of(const ai::Failure& failure) {
    return internal(failure.message);
}

Result<json::Value> ask(ai::Provider& engine, const ai::TextRequest& request) {
    auto answer = engine.text()->complete(request, {});
    if (!answer) return error_of(answer.error());
    return answer->value;
}

/// Makes the pictures that the design lacks and puts them in.
Result<void> make_pictures(ai::Provider& engine, design::Design& design, FreshPictures& pictures) {
    std::optional<Error> failed;
    design::for_each_layer(design.layers, [&](design::Layer& layer) {
        auto* smart = std::get_if<design::SmartImageContent>(&layer.content);
        if (!smart || failed) return;
        ai::ImageRequest request;
        request.subject = request.prompt = smart->recipe.prompt;
        request.context = smart->recipe.context;
        request.width = std::clamp(static_cast<int>(std::ceil(layer.box.width)), 16, 4096);
        request.height = std::clamp(static_cast<int>(std::ceil(layer.box.height)), 16, 4096);
        request.transparent = smart->recipe.prompt.find("transparent background") != std::string::npos;
        request.seed = smart->recipe.seed;
        auto made = engine.image()->make(request, {});
        if (!made) {
            failed = error_of(made.error());
            return;
        }
        pictures.add(layer.id, std::move(made->images.front().bytes));
        smart->image.picture.asset_id = layer.id;
    });
    if (failed) return *failed;
    return {};
}

Result<void> write(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) return internal(path.string() + " cannot be written.");
    return {};
}

Result<void> sketch(const Options& options) {
    int width = 0, height = 0;
    if (std::sscanf(options.size.c_str(), "%dx%d", &width, &height) != 2)
        return bad_request("Write the size as WIDTHxHEIGHT.");
    auto engine = ai::make_builtin(options.models);
    if (!engine) return engine.error();
    const auto begun = std::chrono::steady_clock::now();
    auto brief = ask(**engine, ai::brief_request(options.prompt, {}, options.variants, options.seed));
    if (!brief) return brief.error();
    std::filesystem::create_directories(options.out);
    if (auto done = write(options.out / "brief.json", json::write_pretty(*brief) + "\n"); !done) return done;
    for (int variant = 0; variant < options.variants; ++variant) {
        auto document = ask(**engine, ai::design_request({.brief = *brief,
                                                          .brand = {},
                                                          .width = width,
                                                          .height = height,
                                                          .variant = variant,
                                                          .variants = options.variants,
                                                          .seed = options.seed}));
        if (!document) return document.error();
        auto validation = design::validate_document(*document, design::pango_measurer());
        if (!validation) return validation.error();
        for (const design::Finding& finding : validation->findings)
            fmt::print("variant {}: {}{}: {}\n", variant + 1, finding.is_error ? "ERROR " : "",
                       finding.pointer, finding.message);
        FreshPictures pictures;
        design::Design design = validation->design;
        if (auto made = make_pictures(**engine, design, pictures); !made) return made;
        auto picture = design_render::render(design, {}, pictures);
        if (!picture) return picture.error();
        const std::string name = "variant-" + std::to_string(variant + 1);
        if (auto done = write(options.out / (name + ".png"), picture->bytes); !done) return done;
        if (auto done =
                write(options.out / (name + ".design.json"), json::write_pretty(validation->document) + "\n");
            !done)
            return done;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    fmt::print("{} designs of {} in {:.2f} s\n", options.variants, options.size, took.count());
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Makes designs from a prompt with the builtin engine, without a server.", "atelier-sketch");
    Options options;
    app.add_option("--prompt", options.prompt, "What is wanted")->required();
    app.add_option("--variants", options.variants, "How many designs, 1 to 8")->capture_default_str();
    app.add_option("--size", options.size, "WIDTHxHEIGHT")->capture_default_str();
    app.add_option("--seed", options.seed, "Equal seeds give equal designs")->capture_default_str();
    app.add_option("--models", options.models, "Folder of the pretrained models")->capture_default_str();
    app.add_option("--out", options.out, "Folder of the designs")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    if (auto started = imaging::init(); !started) {
        std::cerr << "atelier-sketch: " << started.error() << "\n";
        return 1;
    }
    if (auto done = sketch(options); !done) {
        std::cerr << "atelier-sketch: " << done.error() << "\n";
        return 1;
    }
    return 0;
}
