// `atelier-render`: designs in files to pictures in files, without a server.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>

#include "common/design/pipeline/validate.hpp"
#include "common/design/typeset/typeset.hpp"
#include "ops/render/files.hpp"
#include "ops/render/folder_pictures.hpp"
#include "workers/adaptation/design/render.hpp"
#include "workers/imaging/start.hpp"

namespace {

using namespace atelier;
namespace design_render = adaptation::design_render;
using design_render::Output;
using std::filesystem::path;

struct Options {
    std::vector<path> files, folders;
    path out = ".";
    std::vector<std::string> outputs{"png", "jpeg", "webp", "svg", "pdf"};
    double scale = 1;
    int quality = 80, repeat = 1;
    std::size_t max_bytes = 0;
    std::string size;
};

void declare(CLI::App& app, Options& options) {
    app.add_option("FILE", options.files, "Designs (schemas/design/README.md)")
        ->required()
        ->check(CLI::ExistingFile);
    app.add_option("--out", options.out, "Folder of the pictures")->capture_default_str();
    app.add_option("--pictures", options.folders,
                   "Folder with the pictures that designs name by asset_id; beside the design is looked too")
        ->allow_extra_args(false);
    app.add_option("--outputs", options.outputs, "Which files to write")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(CLI::IsMember({"png", "jpeg", "webp", "svg", "pdf"}))
        ->capture_default_str();
    app.add_option("--scale", options.scale, "Pixels for one of the canvas")->capture_default_str();
    app.add_option("--quality", options.quality, "Of JPEG and WebP")->capture_default_str();
    app.add_option("--max-bytes", options.max_bytes, "Lower the quality until the file fits");
    app.add_option("--size", options.size, "WIDTHxHEIGHT: lay the design out again for another format");
    app.add_option("--repeat", options.repeat, "Render so often, and tell the median time")
        ->check(CLI::PositiveNumber);
}

Output output_of(const std::string& name) {
    if (name == "jpeg") return Output::jpeg;
    if (name == "webp") return Output::webp;
    if (name == "svg") return Output::svg;
    return name == "pdf" ? Output::pdf : Output::png;
}

/// The design, repaired where it needs it; what could not be mended is told.
Result<design::Design> read_design(const path& file) {
    auto text = render_program::read_file(file);
    if (!text) return text.error();
    auto checked = design::validate_text(*text, design::pango_measurer());
    if (!checked) return checked.error();
    if (!checked->repairs.empty())
        fmt::print("{}: {} repairs\n", file.filename().string(), checked->repairs.size());
    for (const design::Finding& finding : checked->findings)
        if (finding.is_error)
            fmt::print("{}: {}: {}\n", file.filename().string(), finding.pointer, finding.message);
    return std::move(checked->design);
}

Result<design::Design> in_size(design::Design design, const std::string& size) {
    if (size.empty()) return design;
    int width = 0, height = 0;
    if (std::sscanf(size.c_str(), "%dx%d", &width, &height) != 2)
        return invalid("/size", "format", "Write the size as WIDTHxHEIGHT.");
    return design_render::relayout(design, width, height);
}

Result<design_render::Rendered> render_often(const design::Design& design,
                                             const design_render::RenderRequest& request,
                                             design_render::PictureSource& pictures, int times,
                                             double& median_ms) {
    std::vector<double> ms;
    for (int i = 0;; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        auto rendered = design_render::render(design, request, pictures);
        ms.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
        if (rendered && i + 1 < times) continue;
        std::nth_element(ms.begin(), ms.begin() + long(ms.size() / 2), ms.end());
        median_ms = ms[ms.size() / 2];
        return rendered;
    }
}

Result<void> render_file(const path& file, const Options& options) {
    auto read = read_design(file);
    if (!read) return read.error();
    auto design = in_size(std::move(*read), options.size);
    if (!design) return design.error();
    std::vector<path> folders = options.folders;
    folders.push_back(file.parent_path());
    render_program::FolderPictures pictures(std::move(folders));
    for (const std::string& name : options.outputs) {
        design_render::RenderRequest request{output_of(name), options.scale, options.quality, {}};
        if (options.max_bytes > 0) request.max_bytes = options.max_bytes;
        double ms = 0;
        auto rendered = render_often(*design, request, pictures, options.repeat, ms);
        if (!rendered) return rendered.error();
        const std::string target = file.stem().string() + "." + name;
        if (auto written = render_program::write_file(options.out / target, rendered->bytes); !written)
            return written.error();
        fmt::print("{:<36} {:>5} x {:<5} {:>9} bytes {:>8.1f} ms\n", target, rendered->width,
                   rendered->height, rendered->bytes.size(), ms);
    }
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Renders designs as PNG, JPEG, WebP, SVG and PDF.", "atelier-render");
    app.set_version_flag("--version", std::string("atelier-render ") + ATELIER_VERSION);
    Options options;
    declare(app, options);
    CLI11_PARSE(app, argc, argv);
    if (auto started = imaging::init(); !started) {
        std::cerr << "atelier-render: " << started.error() << "\n";
        return 1;
    }
    for (const path& file : options.files)
        if (auto done = render_file(file, options); !done) {
            std::cerr << "atelier-render: " << file.string() << ": " << done.error() << "\n";
            return 1;
        }
    return 0;
}
