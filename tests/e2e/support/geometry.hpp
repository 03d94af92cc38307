#pragma once
// What a person sees on the photographs (ops/photos/labels.json), and whether a picture keeps it.

#include <string>
#include <vector>

#include "common/json/value.hpp"

namespace atelier::e2e {

struct Rect {
    double x = 0, y = 0, width = 0, height = 0;
};

Rect rect_of(const json::Value& box);
/// The share of `inner` that lies in `outer`.
double share_inside(const Rect& inner, const Rect& outer);
/// The fully visible faces of a photograph.
std::vector<Rect> labelled_faces(const std::string& photo);

}  // namespace atelier::e2e
