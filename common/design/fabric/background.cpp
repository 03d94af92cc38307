#include "common/design/fabric/background.hpp"

#include "common/design/fabric/paint.hpp"
#include "common/design/fabric/picture.hpp"

namespace atelier::design::fabric {
namespace {

using json::Object;
using json::Value;

Box whole(const Canvas& canvas) {
    return {0, 0, double(canvas.width), double(canvas.height)};
}

Value image_json(const Canvas& canvas, const Source& source) {
    const Shown shown = shown_part(*canvas.background.image, source, canvas.width, canvas.height);
    Value out = picture_object(source, shown);
    out.set("strokeWidth", 0);
    set_place(out, "center", "center", shown.place.middle(), 0);
    return out;
}

bool is_cut_anew(const Value& before, const Value& after) {
    for (const char* key : {"cropX", "cropY", "width", "height"})
        if (!agree(before[key], after[key])) return true;
    return false;
}

void merge_image(std::optional<Picture>& picture, const Canvas& canvas, const Value& after, int major,
                 std::vector<std::string>& losses) {
    const Value& image = after["backgroundImage"];
    const Source source = read_source(after["atelier"]["background_picture"]);
    if (!image.is_object()) {
        if (!source.is_placeholder) picture.reset();
        return;
    }
    const Frame frame = read_frame(image, major);
    if (picture && !source.is_placeholder) {
        const Value before = image_json(canvas, source);
        if (is_same_picture(before, image)) {
            if (is_cut_anew(before, image))
                merge_crop(*picture, source, read_crop(image, frame), frame.scale_x, frame.scale_y);
            return;
        }
    }
    picture = read_picture(image, frame);
    if (!picture) losses.emplace_back("a background picture that is in the document itself");
}

}  // namespace

Value set_background(Value& out, const Canvas& canvas, const FabricPictures& pictures) {
    out.set("background", paint_json(canvas.background.fill, whole(canvas)));
    if (!canvas.background.image) return nullptr;
    const Source source = source_of(*canvas.background.image, pictures);
    // What cannot be had shows the fill.
    if (!source.is_placeholder) out.set("backgroundImage", image_json(canvas, source));
    return to_json(source);
}

void merge_background(Canvas& canvas, const Value& after, int major, std::vector<std::string>& losses) {
    Background& background = canvas.background;
    if (!agree(paint_json(background.fill, whole(canvas)), after["background"])) {
        const auto paint = read_paint(after["background"], whole(canvas));
        if (!paint) losses.emplace_back("a pattern as the canvas's background");
        // A canvas without a colour is shown on white.
        else
            background.fill = after["background"].is_null() ? Paint(SolidPaint{{255, 255, 255}}) : *paint;
    }
    merge_image(background.image, canvas, after, major, losses);
}

}  // namespace atelier::design::fabric
