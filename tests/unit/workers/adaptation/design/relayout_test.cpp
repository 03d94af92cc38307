#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>

#include "common/design/constraints/constraints.hpp"
#include "common/design/typeset/typeset.hpp"
#include "tests/unit/workers/adaptation/design/support/designs.hpp"
#include "workers/adaptation/design/relayout/parts.hpp"

namespace atelier::adaptation::design_render {
using namespace testing;
using design::Design;
using design::Layer;

namespace {

struct Format {
    const char* slug;
    int width, height;
};

/// Those that a new organization gets (common/store/catalog_seeds.cpp).
constexpr Format kFormats[] = {{"instagram-square", 1080, 1080},
                               {"instagram-portrait", 1080, 1350},
                               {"instagram-story", 1080, 1920},
                               {"facebook-cover", 820, 312},
                               {"facebook-link", 1200, 630},
                               {"x-header", 1500, 500},
                               {"x-post", 1600, 900},
                               {"linkedin-cover", 1584, 396},
                               {"linkedin-post", 1200, 627},
                               {"youtube-thumbnail", 1280, 720},
                               {"youtube-banner", 2560, 1440},
                               {"pinterest-pin", 1000, 1500},
                               {"tiktok-photo", 1080, 1920},
                               {"display-300x250", 300, 250},
                               {"display-336x280", 336, 280},
                               {"display-728x90", 728, 90},
                               {"display-970x250", 970, 250},
                               {"display-160x600", 160, 600},
                               {"display-320x50", 320, 50},
                               {"email-header", 600, 200},
                               {"print-a4", 2480, 3508}};

/// Every visible layer, groups included.
void for_each_visible(const std::vector<Layer>& layers, const std::function<void(const Layer&)>& visit) {
    for (const Layer& layer : layers) {
        if (!layer.visible) continue;
        visit(layer);
        if (const auto* group = std::get_if<design::GroupContent>(&layer.content))
            for_each_visible(group->layers, visit);
    }
}

int critical_count(const Design& design) {
    int count = 0;
    for_each_visible(design.layers, [&](const Layer& layer) {
        count +=
            design::is_critical(layer.role) && std::holds_alternative<design::TextContent>(layer.content);
    });
    return count;
}

double smallest_letters(const Design& design) {
    double least = 1e9;
    for_each_visible(design.layers, [&](const Layer& layer) {
        const auto* text = std::get_if<design::TextContent>(&layer.content);
        if (text && design::is_critical(layer.role)) least = std::min(least, letter_sizes(layer).least);
    });
    return least;
}

bool shows_headline(const Design& design) {
    bool found = false;
    for_each_visible(design.layers,
                     [&](const Layer& layer) { found |= layer.role == design::Role::headline; });
    return found;
}

struct Outcome {
    int errors = 0, notices = 0, repairs = 0;
};

Outcome judged(const Design& design) {
    design::Editor editor(design::to_json(design));
    Outcome out;
    for (const design::Finding& finding : design::constrain_design(editor, design::pango_measurer())) {
        (finding.is_error ? out.errors : out.notices) += 1;
        if (finding.is_error) MESSAGE(finding.pointer << " " << finding.rule << ": " << finding.message);
    }
    out.repairs = int(editor.repairs().size());
    return out;
}

}  // namespace

TEST_CASE(
    "every example in every format meets the constraints of validation, with letters that can be read") {
    const bool prints = std::getenv("ATELIER_RELAYOUT_TABLE") != nullptr;
    std::map<std::string, int> hidden;
    int notices = 0;
    for (const std::string& name : example_names()) {
        const Design source = example(name);
        for (const Format& format : kFormats) {
            CAPTURE(name);
            CAPTURE(format.slug);
            auto out = relayout(source, format.width, format.height);
            REQUIRE(out.has_value());
            CHECK(out->canvas.width == format.width);
            CHECK(out->canvas.height == format.height);
            CHECK(shows_headline(*out));
            const Outcome outcome = judged(*out);
            CHECK(outcome.errors == 0);
            CHECK(outcome.repairs == 0);
            notices += outcome.notices;
            CHECK(smallest_letters(*out) >= 0.85 * least_letters(format.width, format.height));
            const int lost = critical_count(source) - critical_count(*out);
            hidden[format.slug] += lost;
            if (format.width >= 600 && format.height >= 600) CHECK(lost == 0);
            if (prints && lost > 0) std::printf("%-24s %-20s %d hidden\n", name.c_str(), format.slug, lost);
        }
    }
    if (!prints) return;
    for (const auto& [slug, count] : hidden)
        std::printf("%-20s %d critical texts hidden\n", slug.c_str(), count);
    std::printf("%d notices\n", notices);
}

TEST_CASE("laying out again is deterministic, and the same size changes nothing") {
    const Design source = example("summer_sale_banner");
    CHECK(*relayout(source, source.canvas.width, source.canvas.height) == source);
    CHECK(*relayout(source, 1080, 1920) == *relayout(source, 1080, 1920));
}

TEST_CASE("every layer stays in the document, under its id and in its order") {
    for (const std::string& name : example_names()) {
        const Design source = example(name);
        auto out = relayout(source, 320, 50);
        REQUIRE(out.has_value());
        REQUIRE(out->layers.size() == source.layers.size());
        for (std::size_t i = 0; i < source.layers.size(); ++i)
            CHECK(out->layers[i].id == source.layers[i].id);
    }
}

TEST_CASE("a canvas has 16 to 8192 pixels a side") {
    const Design source = example("quote_card");
    CHECK(relayout(source, 15, 100).error().code == ErrorCode::validation_failed);
    CHECK(relayout(source, 100, 8193).error().code == ErrorCode::validation_failed);
    CHECK(relayout(source, 16, 16).has_value());
}

TEST_CASE("what fills the canvas fills the new one") {
    auto out = relayout(example("hiking_thumbnail"), 1080, 1920);
    REQUIRE(out.has_value());
    CHECK(out->layers[0].box == design::Box{0, 0, 1080, 1920});
    CHECK(out->layers[1].box == design::Box{0, 0, 1080, 1920});
}

}  // namespace atelier::adaptation::design_render
