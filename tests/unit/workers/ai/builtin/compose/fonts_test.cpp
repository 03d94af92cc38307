#include "workers/ai/builtin/compose/fonts.hpp"

#include <doctest/doctest.h>
#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>

namespace atelier::ai::builtin::layout {
namespace {

struct Release {
    void operator()(FcPattern* p) const { FcPatternDestroy(p); }
    void operator()(FcObjectSet* s) const { FcObjectSetDestroy(s); }
    void operator()(FcFontSet* s) const { FcFontSetDestroy(s); }
};

std::size_t faces_of(std::string_view family) {
    const std::unique_ptr<FcPattern, Release> pattern(FcPatternCreate());
    FcPatternAddString(pattern.get(), FC_FAMILY,
                       reinterpret_cast<const FcChar8*>(std::string(family).c_str()));
    const std::unique_ptr<FcObjectSet, Release> wanted(FcObjectSetBuild(FC_FAMILY, FC_STYLE, nullptr));
    const std::unique_ptr<FcFontSet, Release> found(FcFontList(nullptr, pattern.get(), wanted.get()));
    return std::size_t(found->nfont);
}

TEST_CASE("fontconfig has every family of the cabinet") {
    for (const FontFamily& family : font_families()) {
        CAPTURE(family.name);
        CHECK(faces_of(family.name) > 0);
    }
}

TEST_CASE("the cabinet holds at least twelve open families of every kind of letter") {
    std::set<Letterform> forms;
    for (const FontFamily& family : font_families()) {
        forms.insert(family.form);
        CHECK((family.licence == "OFL-1.1" || family.licence == "Apache-2.0"));
        CHECK(std::is_sorted(family.weights.begin(), family.weights.end()));
    }
    CHECK(font_families().size() >= 12);
    CHECK(forms.size() == 7);
}

TEST_CASE("ops/packages installs every package of the cabinet") {
    std::ifstream file(ATELIER_SOURCE_DIR "/ops/packages");
    std::set<std::string> packages;
    for (std::string line; std::getline(file, line);)
        packages.insert(line.substr(0, line.find_first_of(" #")));
    for (const FontFamily& family : font_families()) {
        CAPTURE(family.package);
        CHECK(packages.contains(std::string(family.package)));
    }
}

TEST_CASE("fontconfig has the families of other scripts") {
    for (const std::string_view language : {"ar", "fa", "ja", "ko", "zh", "zh-Hant"})
        for (const Letterform form : {Letterform::sans, Letterform::serif}) {
            CAPTURE(language);
            CHECK(faces_of(family_for_language(language, form)) > 0);
        }
    CHECK(family_for_language("de", Letterform::sans).empty());
}

TEST_CASE("pairings use families and weights that exist") {
    for (const TypePairing& pairing : type_pairings()) {
        CAPTURE(pairing.name);
        const FontFamily* heading = find_font(pairing.heading);
        const FontFamily* body = find_font(pairing.body);
        REQUIRE(heading);
        REQUIRE(body);
        CHECK(nearest_weight(*heading, pairing.heading_weight) == pairing.heading_weight);
        CHECK(nearest_weight(*body, pairing.body_weight) == pairing.body_weight);
        CHECK(nearest_weight(*body, pairing.strong_weight) == pairing.strong_weight);
        CHECK(pairing.ratio >= 1.2);
        CHECK(pairing.ratio <= 1.618);
    }
}

}  // namespace
}  // namespace atelier::ai::builtin::layout
