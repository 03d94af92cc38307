// The brand's logo: as a part of a stack, else in the first corner that is free.

#include <algorithm>
#include <array>

#include "common/design/model/boxes.hpp"
#include "workers/ai/builtin/compose/sheet.hpp"

namespace atelier::ai::builtin::layout {

using design::Box;

bool Sheet::has_logo() const {
    return setup_.brand && setup_.brand->logo_asset_id;
}

void Sheet::logo(Box box, design::Align align) {
    design::Layer layer;
    layer.name = "Logo";
    layer.role = design::Role::logo;
    layer.box = box;
    design::ImageContent content;
    content.picture.asset_id = setup_.brand->logo_asset_id;
    content.picture.fit = design::Fit::contain;
    content.picture.focus.x = align == design::Align::left ? 0 : align == design::Align::right ? 1 : 0.5;
    content.alt = setup_.brand->name.empty() ? "Logo" : setup_.brand->name + " logo";
    layer.content = std::move(content);
    add(std::move(layer));
    is_logo_drawn_ = true;
}

void Sheet::logo_in_corner() {
    if (!has_logo() || is_logo_drawn_) return;
    const auto is_free = [&](const Box& box) {
        const Box room = inset(box, -box.height * 0.2);
        return std::none_of(texts_.begin(), texts_.end(),
                            [&](const PlacedText& t) { return design::clipped(room, t.box).area() > 0; }) &&
               std::none_of(pictures_.begin(), pictures_.end(), [&](const PlacedPicture& p) {
                   return p.kind == PlacedPicture::Kind::cutout && design::clipped(room, p.box).area() > 0;
               });
    };
    for (double height = text * 2.4; height >= std::min(10.0, h * 0.2); height *= 0.8) {
        const double width = height * 2, x = margin * 0.7, y = std::min(margin * 0.7, (h - height) / 2);
        for (const Box& box :
             {Box{w - x - width, y, width, height}, Box{x, y, width, height},
              Box{w - x - width, h - y - height, width, height}, Box{x, h - y - height, width, height}}) {
            if (!is_free(box)) continue;
            // A plate of the ground's colour: the logo was made for that.
            rectangle("Logo plate", inset(box, -height * 0.16), solid(pal.ground, 0.92), height * 0.16);
            return logo(box, design::Align::center);
        }
    }
}

}  // namespace atelier::ai::builtin::layout
