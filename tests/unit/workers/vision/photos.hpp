#pragma once
// The photographs of ops/photos, their labels, and the models, for the tests of vision.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/elements/element.hpp"
#include "workers/imaging/pixels.hpp"
#include "workers/vision/vision.hpp"

namespace atelier::vision::tests {

struct LabeledFace {
    elements::Box box;
    bool visible = true;  ///< false where something covers a part of it
};

struct LabeledText {
    elements::Box box;
    std::string text;
};

struct Photo {
    imaging::Pixels pixels;  ///< full size, upright
    std::vector<LabeledFace> faces;
    std::vector<LabeledText> texts;
    std::vector<elements::Box> subjects;  ///< one or none
};

/// Decoded once in the test program's life; fails the test when the photo is not there.
const Photo& photo(const std::string& name);
/// Loaded once in the test program's life.
const Models& models();
std::string weights_folder();

double overlap(const elements::Box& a, const elements::Box& b);  ///< intersection over union, 0…1
/// The best overlap of one of the elements with the box.
double best_overlap(const std::vector<elements::Element>& found, const elements::Box& box);

/// Width × height pixels of one colour.
imaging::Pixels plain(int width, int height, std::uint8_t red, std::uint8_t green, std::uint8_t blue);
/// A rectangle of another colour.
void fill(imaging::Pixels& picture, const elements::Box& box, std::uint8_t red, std::uint8_t green,
          std::uint8_t blue);

}  // namespace atelier::vision::tests
