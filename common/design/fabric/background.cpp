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

}  // namespace

void set_background(Value& out, const Canvas& canvas, const FabricPictures& pictures) {
    out.set("background", paint_json(canvas.background.fill, whole(canvas)));
    if (!canvas.background.image) return;
    const Source source = source_of(*canvas.background.image, pictures);
    Value image = image_json(canvas, source);
    image.set("atelier", Object{{"picture", to_json(source)}});
    out.set("backgroundImage", std::move(image));
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
    const Value& image = after["backgroundImage"];
    if (!image.is_object()) {
        background.image.reset();
        return;
    }
    if (background.image) {
        const Source source = read_source(image["atelier"]["picture"]);
        const Value before = image_json(canvas, source);
        if (is_same_picture(before, image)) {
            const Frame frame = read_frame(image, major);
            const bool is_cut_anew =
                !agree(before["cropX"], image["cropX"]) || !agree(before["cropY"], image["cropY"]) ||
                !agree(before["width"], image["width"]) || !agree(before["height"], image["height"]);
            if (is_cut_anew && !source.is_placeholder)
                merge_crop(*background.image, source, read_crop(image, frame), frame.scale_x, frame.scale_y);
            return;
        }
    }
    auto picture = read_picture(image, read_frame(image, major));
    if (picture)
        background.image = std::move(picture);
    else
        losses.emplace_back("a background picture that is in the document itself");
}

}  // namespace atelier::design::fabric
