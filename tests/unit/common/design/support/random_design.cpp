#include "tests/unit/common/design/support/random_design.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string_view>

#include "common/design/text/measure.hpp"

namespace atelier::test {
namespace {

using namespace design;

/// Scripts, marks, emoji of several characters, blanks and line ends.
constexpr std::array<std::string_view, 14> kTexts{
    "Summer",          " sale\n",        "Straße ",    "ÉTÉ à Łódź ",
    "e\u0301\u0323t ", "مرحبا بالعالم ", "新茶の季節", "👩‍👩‍👧‍👦 ",
    "🇳🇴🇯🇵 ",           "👍🏽!",      "\n\n",       "क्षत्रिय ",
    "한국어 ",         "ἀλφα Борщ"};

class Maker {
  public:
    explicit Maker(std::uint32_t seed) : random_(seed) {}

    Design design() {
        Design out;
        out.meta = {"Random", "Made by chance", "test", "en", {"chance"}};
        out.canvas.width = int(number(200, 1600));
        out.canvas.height = int(number(200, 1600));
        out.canvas.background.fill = paint();
        if (chance(0.3)) out.canvas.background.image = picture();
        out.brand.name = "Chance";
        out.brand.heading_font = out.brand.body_font = "Lato";
        const int count = below(7) + 1;
        for (int i = 0; i < count; ++i)
            out.layers.push_back(layer(0));
        if (chance(0.3))
            out.isolated.push_back({json::Object{{"type", "hologram"}, {"x", 1}}, "no renderer knows it"});
        return out;
    }

  private:
    int below(int limit) { return int(random_() % std::uint32_t(limit)); }
    bool chance(double share) { return below(1000) < share * 1000; }
    /// With two places, as people and repair write them.
    double number(double low, double high) {
        return std::round((low + (high - low) * below(100001) / 100000.0) * 100) / 100;
    }
    double number_fine(double low, double high) {
        return std::round((low + (high - low) * below(100001) / 100000.0) * 1000) / 1000;
    }
    Color color() {
        const auto byte = [&] { return std::uint8_t(below(256)); };
        return {byte(), byte(), byte(), chance(0.7) ? std::uint8_t(255) : byte()};
    }
    std::vector<Stop> stops() {
        return {{chance(0.5) ? 0 : 0.125, color()}, {0.5, color()}, {chance(0.5) ? 1 : 0.875, color()}};
    }
    Paint paint() {
        if (chance(0.6)) return SolidPaint{color()};
        if (chance(0.6)) return LinearPaint{number(0, 359.9), stops()};
        return RadialPaint{{number(0, 1), number(0, 1)}, number(0.1, 2), stops()};
    }
    Stroke stroke() { return {color(), number(0.5, 20), chance(0.3) ? number(1, 30) : 0}; }
    CornerRadii radii() {
        if (chance(0.4)) return {};
        if (chance(0.5)) {
            const double radius = number(1, 200);
            return {radius, radius, radius, radius};
        }
        return {number(0, 200), number(0, 200), number(0, 200), number(0, 200)};
    }
    Outline outline() {
        Outline out;
        out.kind = ShapeKind(below(3));
        if (out.kind == ShapeKind::rectangle) out.corner_radii = radii();
        if (out.kind == ShapeKind::polygon)
            for (int i = below(6) + 3; i > 0; --i)
                out.points.push_back({number(0, 1), number(0, 1)});
        return out;
    }
    Picture picture() {
        Picture out;
        if (chance(0.8)) out.asset_id = chance(0.5) ? "product" : "portrait";
        if (chance(0.3)) out.url = "https://example.com/a.jpg";
        out.fit = Fit(below(3));
        out.focus = {number(0, 1), number(0, 1)};
        return out;
    }
    ImageContent image() {
        ImageContent out{picture(), "A picture", Flip(below(4)), radii(), {}};
        if (chance(0.3)) out.stroke = stroke();
        return out;
    }

    std::string_view letters() { return kTexts[std::size_t(below(int(kTexts.size())))]; }
    std::string family() { return chance(0.5) ? "Lato" : chance(0.5) ? "Inter" : "Nobody's Font"; }
    Run run() {
        Run out;
        for (int i = below(3) + 1; i > 0; --i)
            out.text += letters();
        if (chance(0.3)) out.font_family = family();
        if (chance(0.3)) out.font_size = number(8, 90);
        if (chance(0.3)) out.font_weight = 100 * (below(9) + 1);
        if (chance(0.2)) out.italic = chance(0.5);
        if (chance(0.2)) out.underline = chance(0.5);
        if (chance(0.2)) out.strikethrough = chance(0.5);
        if (chance(0.2)) out.letter_spacing = number(-0.1, 0.5);
        if (chance(0.3)) out.fill = paint();
        return out;
    }
    TextContent text() {
        TextContent out;
        for (int i = below(4) + 1; i > 0; --i)
            out.runs.push_back(run());
        out.style = {family(),
                     number(8, 120),
                     100 * (below(9) + 1),
                     chance(0.2),
                     chance(0.2),
                     chance(0.2),
                     chance(0.5) ? 0 : number_fine(-0.1, 0.5),
                     paint()};
        out.align = Align(below(4));
        out.vertical_align = VerticalAlign(below(3));
        out.direction = Direction(below(3));
        out.line_height = number(0.7, 2.5);
        out.letters = Letters(below(2));
        out.fit = TextFit(below(2));
        if (chance(0.2)) out.stroke = stroke();
        return out;
    }

    Layer layer(int depth) {
        Layer out;
        out.id = "layer-" + std::to_string(++count_);
        out.name = chance(0.5) ? "Layer" : "";
        out.role = Role(below(10));
        out.box = {number(-100, 900), number(-100, 900), number(20, 900), number(20, 900)};
        if (chance(0.4)) out.rotation = number(0, 359.9);
        if (chance(0.4)) out.opacity = number(0, 1);
        if (chance(0.3)) out.blend = Blend(below(12));
        out.locked = chance(0.2);
        out.visible = chance(0.9);
        if (chance(0.3)) out.shadow = Shadow{color(), number(-40, 40), number(-40, 40), number(0, 60)};
        if (chance(0.3))
            out.mask = Mask{{number(-20, 20), number(-20, 20), number(10, 400), number(10, 400)}, outline()};
        const int kind = below(depth < 3 ? 5 : 4);
        if (kind == 0) {
            out.content = text();
            widen(out);
        } else if (kind == 1)
            out.content = image();
        else if (kind == 2)
            out.content = shape();
        else if (kind == 3)
            out.content =
                SmartImageContent{image(), {"A bowl", "", 7, {"p", "t", {"a"}, {color()}, "c", {"s"}}}};
        else
            out.content = group(depth);
        return out;
    }
    /// Texts that fit are what validation leaves; Fabric makes room for the others.
    static void widen(Layer& layer) {
        const TextContent& text = std::get<TextContent>(layer.content);
        const double word = estimated_measurer().measure(text, layer.box.width).widest_word;
        layer.box.width = std::max(layer.box.width, std::round(word * 2.5));
    }
    ShapeContent shape() {
        ShapeContent out{outline(), paint(), {}};
        if (chance(0.4)) out.stroke = stroke();
        return out;
    }
    GroupContent group(int depth) {
        GroupContent out;
        for (int i = below(4); i > 0; --i)
            out.layers.push_back(layer(depth + 1));
        return out;
    }

    std::mt19937 random_;
    int count_ = 0;
};

}  // namespace

Design random_design(std::uint32_t seed) {
    return Maker(seed).design();
}

}  // namespace atelier::test
