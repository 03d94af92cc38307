#include "tests/e2e/support/geometry.hpp"

#include <algorithm>
#include <stdexcept>

#include "tests/e2e/support/process.hpp"

namespace atelier::e2e {

Rect rect_of(const json::Value& box) {
    return {box["x"].as_double(), box["y"].as_double(), box["width"].as_double(), box["height"].as_double()};
}

double share_inside(const Rect& inner, const Rect& outer) {
    const double width = std::min(inner.x + inner.width, outer.x + outer.width) - std::max(inner.x, outer.x);
    const double height =
        std::min(inner.y + inner.height, outer.y + outer.height) - std::max(inner.y, outer.y);
    return width <= 0 || height <= 0 ? 0 : width * height / (inner.width * inner.height);
}

std::vector<Rect> labelled_faces(const std::string& name) {
    const auto labels = json::parse(read_file(photo("labels.json")));
    if (!labels) throw std::runtime_error("labels.json is no JSON");
    std::vector<Rect> faces;
    for (const json::Value& face : (*labels)[name]["faces"].array()) {
        const json::Value& box = face["box"];
        if (face["visible"].as_bool())
            faces.push_back(
                {box.at(0).as_double(), box.at(1).as_double(), box.at(2).as_double(), box.at(3).as_double()});
    }
    return faces;
}

}  // namespace atelier::e2e
