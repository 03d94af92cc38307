#include "common/elements/element.hpp"

#include <algorithm>

namespace atelier::elements {
namespace {

constexpr std::pair<Kind, std::string_view> kKinds[] = {
    {Kind::face, "face"}, {Kind::product, "product"}, {Kind::text, "text"}, {Kind::person, "person"}};

constexpr std::pair<Rules::Priority, std::string_view> kPriorities[] = {
    {Rules::Priority::face_first, "face_first"},
    {Rules::Priority::product_first, "product_first"},
    {Rules::Priority::by_weight, "by_weight"}};

Result<Box> parse_box(const json::Value& v) {
    const Box box{v["x"].as_double(), v["y"].as_double(), v["width"].as_double(-1), v["height"].as_double(-1)};
    if (box.width < 0 || box.height < 0) return invalid("/box", "type", "A box needs x, y, width and height.");
    return box;
}

}  // namespace

Box intersection(const Box& a, const Box& b) {
    const double x = std::max(a.x, b.x), y = std::max(a.y, b.y);
    return {x, y, std::max(0.0, std::min(a.right(), b.right()) - x), std::max(0.0, std::min(a.bottom(), b.bottom()) - y)};
}

std::string_view to_string(Kind kind) {
    for (auto [k, name] : kKinds)
        if (k == kind) return name;
    return "product";
}

std::optional<Kind> parse_kind(std::string_view name) {
    for (auto [k, n] : kKinds)
        if (n == name) return k;
    return std::nullopt;
}

json::Value to_json(const Box& b) {
    return json::Object{{"x", b.x}, {"y", b.y}, {"width", b.width}, {"height", b.height}};
}

json::Value to_json(const Element& e) {
    json::Value v = json::Object{{"kind", to_string(e.kind)}, {"box", to_json(e.box)}, {"confidence", e.confidence}};
    if (!e.text.empty()) v.set("text", e.text);
    return v;
}

json::Value to_json(const Ranked& r) {
    json::Value v = to_json(r.element);
    v.set("rank", r.rank).set("weight", r.weight).set("protected", r.is_protected);
    return v;
}

json::Value to_json(const Rules& r) {
    std::string_view priority;
    for (auto [p, name] : kPriorities)
        if (p == r.priority) priority = name;
    return json::Object{{"priority", priority},
                        {"weights", json::Object{{"face", r.face_weight},
                                                 {"product", r.product_weight},
                                                 {"text", r.text_weight},
                                                 {"person", r.person_weight}}},
                        {"minimum_confidence", r.minimum_confidence},
                        {"protect", json::Object{{"face", r.protect_faces},
                                                 {"product", r.protect_product},
                                                 {"text", r.protect_text}}}};
}

Result<Element> parse_element(const json::Value& v) {
    const auto kind = parse_kind(v["kind"].as_string());
    if (!kind) return invalid("/kind", "enum", "An element is a face, product, text or person.");
    auto box = parse_box(v["box"]);
    if (!box) return box.error();
    return Element{*kind, *box, v["confidence"].as_double(), v["text"].as_string()};
}

Result<Ranked> parse_ranked(const json::Value& v) {
    auto element = parse_element(v);
    if (!element) return element.error();
    return Ranked{*element, static_cast<int>(v["rank"].as_int()), v["weight"].as_double(), v["protected"].as_bool()};
}

Result<Rules> parse_rules(const json::Value& v) {
    Rules r;
    if (v.has("priority")) {
        const auto* found = std::find_if(std::begin(kPriorities), std::end(kPriorities),
                                         [&](auto& p) { return p.second == v["priority"].as_string(); });
        if (found == std::end(kPriorities))
            return invalid("/priority", "enum", "priority is face_first, product_first or by_weight.");
        r.priority = found->first;
    }
    const json::Value& weights = v["weights"];
    r.face_weight = weights["face"].as_double(r.face_weight);
    r.product_weight = weights["product"].as_double(r.product_weight);
    r.text_weight = weights["text"].as_double(r.text_weight);
    r.person_weight = weights["person"].as_double(r.person_weight);
    r.minimum_confidence = v["minimum_confidence"].as_double(r.minimum_confidence);
    r.protect_faces = v["protect"]["face"].as_bool(r.protect_faces);
    r.protect_product = v["protect"]["product"].as_bool(r.protect_product);
    r.protect_text = v["protect"]["text"].as_bool(r.protect_text);
    return r;
}

}  // namespace atelier::elements
