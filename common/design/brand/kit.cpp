#include "common/design/brand/kit.hpp"

namespace atelier::design {

Brand brand_of_kit(const std::string& name, const json::Value& kit) {
    const auto color = [&](std::string_view part) {
        return parse_color(kit["colors"][part].as_string()).value_or(Color{});
    };
    Brand brand{.name = name.substr(0, 100),
                .primary = color("primary"),
                .secondary = color("secondary"),
                .accent = color("accent"),
                .background = color("background"),
                .text = color("text"),
                .heading_font = kit["fonts"]["heading"].as_string(),
                .body_font = kit["fonts"]["body"].as_string(),
                .voice = kit["voice"].as_string(),
                .logo_asset_id = {}};
    if (kit["logos"].size() > 0) brand.logo_asset_id = kit["logos"].at(0)["asset_id"].as_string();
    return brand;
}

}  // namespace atelier::design
