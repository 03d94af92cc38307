#pragma once
// A design as a file: pixels (PNG, JPEG, WebP), SVG with real text, PDF with vector text and embedded fonts;
// and the same design laid out for another format.
//
// All outputs share one layout of texts (common/design/typeset), so they differ in their pixels by a hair
// only. Any thread may call; a PictureSource is used by the calling thread alone. imaging::init() comes
// first.

#include <cstddef>
#include <optional>
#include <string>

#include "common/design/model/design.hpp"
#include "common/errors/error.hpp"

namespace atelier::adaptation::design_render {

enum class Output { png, jpeg, webp, svg, pdf };

struct RenderRequest {
    Output output = Output::png;
    double scale = 1;                      ///< 1…4: pixels of the file for one of the canvas
    int quality = 80;                      ///< 1…100; jpeg and webp
    std::optional<std::size_t> max_bytes;  ///< jpeg and webp lower their quality, png its colours, to meet it
};

struct Rendered {
    std::string bytes;
    std::string media_type;
    int width = 0, height = 0;  ///< pixels; of svg and pdf the size at which they are shown
    int quality = 0;            ///< the one used; 0 where there is none
};

/// Gives the encoded bytes of a picture. not_found leaves the placeholder; every other error ends the
/// rendering.
class PictureSource {
  public:
    virtual ~PictureSource() = default;
    virtual Result<std::string> fetch(const design::Picture& picture) = 0;
};

/// Errors: validation_failed for a scale or quality out of range; too_large when max_bytes cannot be met or
/// the picture would exceed kMaxRenderPixels; what the source or the decoding of a picture gave.
Result<Rendered> render(const design::Design& design, const RenderRequest& request, PictureSource& pictures);

inline constexpr std::size_t kMaxRenderPixels = 8192UL * 8192;

/// The design in another format: laid out again, not cropped. Texts stay readable, and the constraints of
/// validation hold as far as they held before. Every layer stays in the document; where a small format has no
/// room for all, the least important ones are hidden (`visible`), never the headline. Deterministic. Errors:
/// validation_failed for a size outside 16…8192.
Result<design::Design> relayout(const design::Design& design, int width, int height);

}  // namespace atelier::adaptation::design_render
