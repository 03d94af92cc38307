#pragma once
// What an instruction wants done to a picture.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/design/model/color.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::ai::builtin::retouching {

enum class Edit {
    blur,
    sharpen,
    brighter,
    darker,
    contrast,
    flatten,
    warmer,
    cooler,
    saturate,
    desaturate,
    grey,
    sepia,
    vintage,
    cinematic,
    invert,
    duotone,
    recolor,
    recolor_all,
    poster,
    halftone,
    pixelate,
    grain,
    vignette,
    glow,
    oil,
    sketch,
    flip,
    flip_over,
    rotate,
    crop,
    extend
};

struct Wish {
    Edit edit = Edit::blur;
    double strength = 1;                ///< of rotate degrees
    std::vector<design::Color> colors;  ///< named with it: those of a duotone, the new one, from and to
    bool wants_ours = false;            ///< "in our colours"
    /// Of crop and extend, as far as it says: a size, or an aspect where `is_aspect`.
    std::optional<imaging::Size> size;
    bool is_aspect = false;
    std::string said;  ///< "blurred", "warmer": how it is told afterwards
};

/// In the order of the instruction; empty where nothing is understood.
std::vector<Wish> read_wishes(std::string_view instruction);

}  // namespace atelier::ai::builtin::retouching
