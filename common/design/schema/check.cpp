#include "common/design/schema/check.hpp"

#include <algorithm>

#include <set>
#include <stdexcept>

#include "common/json/pointer.hpp"
#include "common/json/schema.hpp"
#include "schemas.hpp"

namespace atelier::design {
namespace {

using json::Value;

/// The rules that a JSON Schema cannot say. Reads leniently: what the schema found wrong is passed over.
class RuleCheck {
  public:
    explicit RuleCheck(const Value& design) {
        check_paint(design["canvas"]["background"]["fill"], "/canvas/background/fill");
        check_layers(design["layers"], "/layers", 0);
        if (count_ > kMaxLayers)
            add("/layers", "maxLayers", "There are more than " + std::to_string(kMaxLayers) + " layers.");
        if (design.has("isolated") && design["isolated"].size() == 0)
            add("/isolated", "minItems", "An empty list is left out.");
    }

    std::vector<FieldError> take() { return std::move(errors_); }

  private:
    void add(const std::string& at, std::string rule, std::string message) {
        if (errors_.size() < json::kMaxSchemaErrors)
            errors_.push_back({at, std::move(rule), std::move(message)});
    }

    void check_layers(const Value& layers, const std::string& at, std::size_t depth) {
        if (depth > kMaxGroupDepth)
            return add(at, "maxDepth",
                       "Groups are nested deeper than " + std::to_string(kMaxGroupDepth) + " levels.");
        for (std::size_t i = 0; i < layers.size() && layers.is_array(); ++i) {
            const Value& layer = layers.at(i);
            const std::string here = json::pointer_to(at, i);
            ++count_;
            if (layer["id"].is_string() && !ids_.insert(layer["id"].as_string()).second)
                add(here + "/id", "unique", "Another layer has this id.");
            if (layer["z_index"].is_number() && layer["z_index"].as_double() != static_cast<double>(i))
                add(here + "/z_index", "order", "The value must be the layer's position in its list.");
            check_content(layer, here);
            if (layer["type"] == Value("group")) check_layers(layer["layers"], here + "/layers", depth + 1);
        }
    }

    void check_content(const Value& layer, const std::string& at) {
        if (layer["type"] == Value("shape")) check_outline(layer, at);
        if (layer.has("mask")) check_outline(layer["mask"], at + "/mask");
        check_paint(layer["fill"], at + "/fill");
        check_paint(layer["style"]["fill"], at + "/style/fill");
        for (std::size_t i = 0; i < layer["runs"].array().size(); ++i)
            check_paint(layer["runs"].at(i)["fill"], json::pointer_to(at + "/runs", i) + "/fill");
    }

    void check_outline(const Value& outline, const std::string& at) {
        const bool is_polygon = outline["shape"] == Value("polygon");
        if (is_polygon && !outline.has("points"))
            add(at + "/points", "required", "A polygon needs its points.");
        if (!is_polygon && outline.has("points"))
            add(at + "/points", "additionalProperties", "Only a polygon has points.");
    }

    void check_paint(const Value& paint, const std::string& at) {
        double last = 0;
        for (std::size_t i = 0; i < paint["stops"].array().size(); ++i) {
            const double offset = paint["stops"].at(i)["offset"].as_double();
            if (offset < last)
                add(json::pointer_to(at + "/stops", i) + "/offset", "order",
                    "The value must not be less than the offset before it.");
            last = std::max(last, offset);
        }
    }

    std::vector<FieldError> errors_;
    std::set<std::string> ids_;
    std::size_t count_ = 0;
};

json::Schema compile() {
    auto schema = json::Schema::compile(design_schema(), {}, "design/design.json");
    if (!schema) throw std::logic_error(schema.error().message);
    return std::move(*schema);
}

}  // namespace

const Value& design_schema() {
    static const Value schema = [] {
        auto parsed = json::parse(schemas::find("design/design.json"));
        if (!parsed) throw std::logic_error(parsed.error().message);
        return std::move(*parsed);
    }();
    return schema;
}

bool is_nested_deeper(const json::Value& value, std::size_t levels) {
    if (!value.is_array() && !value.is_object()) return false;
    if (levels == 0) return true;
    const auto deeper = [&](const json::Value& v) { return is_nested_deeper(v, levels - 1); };
    return std::any_of(value.array().begin(), value.array().end(), deeper) ||
           std::any_of(value.object().begin(), value.object().end(),
                       [&](const auto& m) { return deeper(m.second); });
}

std::vector<FieldError> check_design(const Value& value) {
    static const json::Schema schema = compile();
    std::vector<FieldError> errors = schema.validate(value);
    for (FieldError& error : RuleCheck(value).take())
        errors.push_back(std::move(error));
    return errors;
}

}  // namespace atelier::design
