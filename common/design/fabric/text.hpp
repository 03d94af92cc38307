#pragma once
// Private to fabric/: text layers as Textbox objects, and back.

#include "common/design/fabric/frame.hpp"
#include "common/design/text/measure.hpp"

namespace atelier::design::fabric {

/// What a measurer said when the object was made; it comes back in `atelier`, so that reading needs none.
struct TextSetting {
    double scale = 1;  ///< of all sizes, where the text shrinks to fit
    int lines = 1;
    double word = 0;   ///< width of the widest word, pixels
    double aside = 0;  ///< how far the block is moved to the right, see joined_lines.hpp
};
TextSetting set_text(const TextContent& text, const Box& box, const TextMeasurer& measurer);
json::Value to_json(const TextSetting& setting);
TextSetting read_setting(const json::Value& value);

/// Without what all layers have, with its place: the block of lines, which is not as high as the layer's box.
json::Value text_object(const TextContent& text, const Box& box, double rotation, const TextSetting& setting);
/// The middle of that block, measured from the corner of the layer's box. Its height is that of the measured
/// lines.
Point block_middle(const TextContent& text, const Box& box, const TextSetting& setting);

/// Takes over what an editor changed in its letters, paints and setting, not in its place. `before` is what
/// was written. What the design cannot say is named in `losses`.
void merge_text(TextContent& text, const TextSetting& setting, const json::Value& before,
                const json::Value& after, const Frame& frame, std::vector<std::string>& losses);

/// A text that an editor added. Empty runs where there is no text.
TextContent read_text(const json::Value& object, const Frame& frame, std::vector<std::string>& losses);

/// Whether a width is not an editor's doing: Fabric widens a Textbox to its widest word.
bool is_widened(const TextSetting& setting, double before, double after);

}  // namespace atelier::design::fabric
