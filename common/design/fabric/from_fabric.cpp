#include <algorithm>
#include <cmath>

#include "common/design/fabric/added.hpp"
#include "common/design/fabric/background.hpp"
#include "common/design/fabric/fabric.hpp"
#include "common/design/fabric/kinds.hpp"
#include "common/design/fabric/merge.hpp"
#include "common/design/repair/repair.hpp"
#include "common/design/schema/check.hpp"

namespace atelier::design {
namespace {

using json::Array;
using json::Object;
using json::Value;

/// Deeper than any document that may come in; protects the stack.
constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxReason = 500;

/// 7 for `"version": "7.4.0"`; `otherwise` where nothing says it.
int major_of(const Value& versioned, int otherwise) {
    const std::string& version = versioned["version"].as_string();
    return version.empty() || version[0] < '0' || version[0] > '9' ? otherwise : version[0] - '0';
}

class Reader {
  public:
    explicit Reader(int major) : major_(major) {}

    std::vector<Layer> layers(const Value& objects, const fabric::Plane& plane, std::size_t depth = 0) {
        std::vector<Layer> out;
        if (depth > kMaxDepth) return out;
        for (const Value& object : objects.array())
            if (auto layer = this->layer(object, plane, depth)) out.push_back(std::move(*layer));
        return out;
    }

    void isolate(const Value& object, const std::vector<std::string>& losses) {
        std::string reason = "Fabric has what a design cannot say: ";
        for (std::size_t i = 0; i < losses.size(); ++i)
            reason += (i == 0 ? "" : ", ") + losses[i];
        isolated_.push_back({object, reason.substr(0, kMaxReason)});
    }
    std::vector<Isolated> take_isolated() { return std::move(isolated_); }

  private:
    std::optional<Layer> layer(const Value& object, const fabric::Plane& plane, std::size_t depth) {
        const int major = major_of(object, major_);
        std::vector<std::string> losses;
        auto passport = fabric::read_passport(object["atelier"]);
        std::optional<Layer> out;
        Point half_before{};
        if (passport) {
            half_before = {passport->layer.box.width / 2, passport->layer.box.height / 2};
            if (fabric::merge_layer(passport->layer, passport->making, object, major, plane, losses))
                out = std::move(passport->layer);
        }
        if (!out) {
            losses.clear();
            out = fabric::read_added(object, major, losses);
            if (out && passport) {
                out->id = passport->layer.id;
                out->name = passport->layer.name;
                out->role = passport->layer.role;
            }
            if (out) {
                out->box.x = fabric::neat(out->box.x + plane.after.x);
                out->box.y = fabric::neat(out->box.y + plane.after.y);
            }
            passport.reset();
        }
        if (out && is_empty_text(*out)) {
            losses.emplace_back("a text without letters");
            out.reset();
        }
        if (!losses.empty()) isolate(object, losses);
        if (out) fill_group(*out, object, major, passport ? std::optional(half_before) : std::nullopt, depth);
        return out;
    }

    static bool is_empty_text(const Layer& layer) {
        const auto* text = std::get_if<TextContent>(&layer.content);
        return text && text->runs.empty();
    }

    void fill_group(Layer& layer, const Value& object, int major, std::optional<Point> half_before,
                    std::size_t depth) {
        auto* group = std::get_if<GroupContent>(&layer.content);
        if (!group) return;
        const fabric::Frame frame = fabric::read_frame(object, major);
        const bool is_scaled = std::abs(frame.scale_x - 1) > 1e-4 || std::abs(frame.scale_y - 1) > 1e-4;
        const Point half{frame.width / 2, frame.height / 2};
        const bool is_same = half_before && std::abs(half.x - half_before->x) < 0.002 &&
                             std::abs(half.y - half_before->y) < 0.002;
        group->layers =
            layers(object["objects"], {half_before.value_or(half), is_same ? *half_before : half}, depth + 1);
        if (!is_scaled) return;
        for (Layer& child : group->layers)
            fabric::scale_layer(child, frame.scale_x, frame.scale_y);
    }

    int major_;
    std::vector<Isolated> isolated_;
};

/// The document without its layers, as `atelier` of the canvas has it; an empty one is filled in later.
Value carried(const Value& canvas) {
    const Value& atelier = canvas["atelier"];
    Value out = Object{{"schema_version", kSchemaVersion}};
    for (const char* key : {"meta", "canvas", "brand"})
        if (atelier[key].is_object()) out.set(key, atelier[key]);
    if (atelier["isolated"].size() > 0) out.set("isolated", atelier["isolated"]);
    Value size = out["canvas"];
    for (const char* key : {"width", "height"})
        if (canvas[key].is_number())
            size.set(key, std::llround(std::clamp(canvas[key].as_double(), 16.0, 8192.0)));
    if (size.is_object()) out.set("canvas", std::move(size));
    return out;
}

/// Whatever is still out of range or missing is brought into the form of the schema.
Result<Design> settled(Value document) {
    if (auto design = parse_design(document)) return design;
    Editor editor(std::move(document));
    repair_design(editor);
    return parse_design(editor.document());
}

Value layers_json(const std::vector<Layer>& layers) {
    Design carrier;
    carrier.layers = layers;
    return to_json(carrier)["layers"];
}

}  // namespace

Result<Design> from_fabric(const Value& canvas) {
    if (!canvas["objects"].is_array())
        return bad_request("a Fabric canvas is an object with a list `objects`");
    const int major = major_of(canvas, 7);
    Reader reader(major);
    const std::vector<Layer> layers = reader.layers(canvas["objects"], {});
    Value document = carried(canvas);
    // The layers first: where nothing tells the size of the canvas, they do.
    document.set("layers", layers_json(layers));
    auto design = settled(std::move(document));
    if (!design) return design;
    std::vector<std::string> losses;
    fabric::merge_background(design->canvas, canvas, major, losses);
    if (canvas["overlayImage"].is_object()) losses.emplace_back("a picture over all objects");
    if (canvas["clipPath"].is_object()) losses.emplace_back("a clip path of the canvas");
    if (!losses.empty()) {
        Value rest = Object{};
        for (const char* key : {"background", "backgroundImage", "overlayImage", "clipPath"})
            if (canvas.has(key)) rest.set(key, canvas[key]);
        reader.isolate(rest, losses);
    }
    for (Isolated& entry : reader.take_isolated())
        design->isolated.push_back(std::move(entry));
    return settled(to_json(*design));
}

}  // namespace atelier::design
