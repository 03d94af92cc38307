#include "tests/unit/workers/vision/photos.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "common/json/value.hpp"
#include "workers/imaging/decode.hpp"
#include "workers/imaging/sample.hpp"
#include "workers/imaging/start.hpp"

namespace atelier::vision::tests {
namespace {

std::string read(const std::string& name) {
    std::ifstream file(std::string(ATELIER_SOURCE_DIR) + "/ops/photos/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

elements::Box to_box(const json::Value& value) {
    return {value.at(0).as_double(), value.at(1).as_double(), value.at(2).as_double(),
            value.at(3).as_double()};
}

imaging::Pixels decode(const std::string& name) {
    REQUIRE(imaging::init().has_value());
    auto decoded = imaging::decode(read(name));
    REQUIRE(decoded.has_value());
    const auto size = decoded->image.size();
    auto scaled = imaging::to_pixels(decoded->image, std::max(size.width, size.height));
    REQUIRE(scaled.has_value());
    return std::move(scaled->pixels);
}

Photo load(const std::string& name) {
    auto labels = json::parse(read("labels.json"));
    REQUIRE(labels.has_value());
    REQUIRE(labels->has(name));
    const auto& label = (*labels)[name];
    Photo photo{decode(name), {}, {}, {}};
    CHECK(photo.pixels.width == label["width"].as_int());
    CHECK(photo.pixels.height == label["height"].as_int());
    for (const auto& face : label["faces"].array()) {
        photo.faces.push_back({to_box(face["box"]), face["visible"].as_bool()});
    }
    for (const auto& text : label["texts"].array()) {
        photo.texts.push_back({to_box(text["box"]), text["text"].as_string()});
    }
    if (label["subject"].is_array()) photo.subjects.push_back(to_box(label["subject"]));
    return photo;
}

}  // namespace

const Photo& photo(const std::string& name) {
    static std::map<std::string, Photo> photos;
    auto known = photos.find(name);
    if (known == photos.end()) known = photos.emplace(name, load(name)).first;
    return known->second;
}

std::string weights_folder() {
    return std::string(ATELIER_SOURCE_DIR) + "/ops/models/weights";
}

const Models& models() {
    static const auto loaded = [] {
        auto result = Models::load(weights_folder(), ModelSet::all);
        REQUIRE(result.has_value());
        return std::move(*result);
    }();
    return *loaded;
}

double overlap(const elements::Box& a, const elements::Box& b) {
    const double common = elements::intersection(a, b).area();
    return common / (a.area() + b.area() - common);
}

double best_overlap(const std::vector<elements::Element>& found, const elements::Box& box) {
    double best = 0;
    for (const auto& element : found)
        best = std::max(best, overlap(element.box, box));
    return best;
}

imaging::Pixels plain(int width, int height, std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
    imaging::Pixels picture{width, height, {}};
    picture.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    fill(picture, {0, 0, double(width), double(height)}, red, green, blue);
    return picture;
}

void fill(imaging::Pixels& picture, const elements::Box& box, std::uint8_t red, std::uint8_t green,
          std::uint8_t blue) {
    for (int y = static_cast<int>(box.y); y < static_cast<int>(box.bottom()); ++y) {
        for (int x = static_cast<int>(box.x); x < static_cast<int>(box.right()); ++x) {
            auto* pixel =
                &picture.rgb[(static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                              static_cast<std::size_t>(x)) *
                             3];
            pixel[0] = red;
            pixel[1] = green;
            pixel[2] = blue;
        }
    }
}

}  // namespace atelier::vision::tests
