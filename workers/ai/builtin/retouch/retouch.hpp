#pragma once
// Edits of a picture that need no model: recolour, blur, crop, extend, style filters.

#include <string>
#include <string_view>
#include <vector>

#include "common/design/model/color.hpp"
#include "common/errors/error.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::ai::builtin {

struct RetouchRequest {
    std::string_view instruction;            ///< "blur the picture and make it warmer"
    std::vector<design::Color> colors = {};  ///< of the brand or the design: "in our colours", duotone
    int width = 0, height = 0;               ///< > 0: the size wanted; crop and extend reach it
    bool outpaint = false;                   ///< extend to the size instead of cropping
};
struct Retouched {
    imaging::Image image;
    std::vector<std::string> done;  ///< what was done, a few words each
};

/// Error: validation_failed at /prompt, rule `understood`, when nothing in the instruction can be done.
Result<Retouched> retouch(const imaging::Image& picture, const RetouchRequest& request);

}  // namespace atelier::ai::builtin
