#include <fmt/format.h>

#include "common/design/model/names.hpp"
#include "workers/adaptation/design/outputs.hpp"
#include "workers/adaptation/design/path.hpp"
#include "workers/adaptation/design/svg/markup.hpp"
#include "workers/adaptation/design/svg/text.hpp"

namespace atelier::adaptation::design_render {
namespace {

using design::Box;
using design::Layer;

std::string stroke_attributes(const std::optional<design::Stroke>& stroke) {
    if (!stroke) return {};
    std::string out = color_attributes("stroke", stroke->color) + attribute("stroke-width", stroke->width);
    if (stroke->dash > 0) out += attribute("stroke-dasharray", stroke->dash);
    return out;
}

std::string transform_of(const Layer& layer) {
    std::string out;
    if (layer.box.x != 0 || layer.box.y != 0)
        out = fmt::format("translate({} {})", number(layer.box.x), number(layer.box.y));
    if (layer.rotation != 0)
        out += fmt::format("{}rotate({} {} {})", out.empty() ? "" : " ", number(layer.rotation),
                           number(layer.box.width / 2), number(layer.box.height / 2));
    return out.empty() ? out : attribute("transform", out);
}

std::string flip_transform(design::Flip flip, double width, double height) {
    switch (flip) {
        case design::Flip::none:
            return {};
        case design::Flip::horizontal:
            return fmt::format(" transform=\"matrix(-1 0 0 1 {} 0)\"", number(width));
        case design::Flip::vertical:
            return fmt::format(" transform=\"matrix(1 0 0 -1 0 {})\"", number(height));
        case design::Flip::both:
            return fmt::format(" transform=\"matrix(-1 0 0 -1 {} {})\"", number(width), number(height));
    }
    return {};
}

class Writer {
  public:
    explicit Writer(const Scene& scene) : scene_(scene) {}

    Result<std::string> write(double scale) {
        const design::Design& design = scene_.design();
        const design::Canvas& canvas = design.canvas;
        body_ += "<rect" + attribute("width", canvas.width) + attribute("height", canvas.height) +
                 definitions_.fill_attributes(canvas.background.fill, canvas.width, canvas.height) + "/>\n";
        if (canvas.background.image) add_background(*canvas.background.image);
        add_layers(design.layers, 0);
        if (failure_) return *failure_;
        std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\"" +
                          attribute("width", canvas.width * scale) +
                          attribute("height", canvas.height * scale) +
                          fmt::format(" viewBox=\"0 0 {} {}\"", canvas.width, canvas.height) +
                          attribute("xml:lang", design.meta.language) + " overflow=\"hidden\">\n";
        out += "<title>" + escaped(design.meta.title) + "</title>\n";
        if (!definitions_.text().empty()) out += "<defs>" + definitions_.text() + "</defs>\n";
        return out + body_ + "</svg>\n";
    }

  private:
    void add_layers(const std::vector<Layer>& layers, double turn) {
        for (const Layer& layer : layers)
            if (layer.visible && layer.opacity > 0) add_layer(layer, turn + layer.rotation);
    }

    void add_layer(const Layer& layer, double turn) {
        // Not `id`: those are the definitions', and a layer may be called as it likes.
        body_ += "<g" + attribute("data-layer", layer.id) + transform_of(layer);
        if (layer.opacity < 1) body_ += attribute("opacity", layer.opacity);
        if (layer.blend != design::Blend::normal)
            body_ += attribute("style", fmt::format("mix-blend-mode:{}", design::name_of(layer.blend)));
        if (layer.shadow)
            body_ += definitions_.shadow_attribute(*layer.shadow, shadow_offset(*layer.shadow, turn),
                                                   scene_.bounds_with_shadow(layer, turn));
        body_ += ">";
        // A shadow is cast by what the mask leaves: the mask is within the filter.
        if (layer.mask)
            body_ += "<g" +
                     definitions_.clip_attribute(svg_data(path_of(layer.mask->outline, layer.mask->box))) +
                     ">";
        add_content(layer, turn);
        body_ += layer.mask ? "</g></g>\n" : "</g>\n";
    }

    void add_content(const Layer& layer, double turn) {
        if (std::holds_alternative<design::TextContent>(layer.content)) {
            body_ += svg_text(layer, scene_.text(layer), definitions_);
        } else if (const auto* shape = std::get_if<design::ShapeContent>(&layer.content)) {
            add_shape(layer, *shape);
        } else if (const auto* group = std::get_if<design::GroupContent>(&layer.content)) {
            body_ += "\n";
            add_layers(group->layers, turn);
        } else {
            add_image(layer, *image_of(layer));
        }
    }

    void add_shape(const Layer& layer, const design::ShapeContent& shape) {
        const Path path = path_of(shape.outline, {0, 0, layer.box.width, layer.box.height});
        body_ += "<path fill-rule=\"evenodd\"" + attribute("d", svg_data(path)) +
                 definitions_.fill_attributes(shape.fill, layer.box.width, layer.box.height) +
                 stroke_attributes(shape.stroke) + "/>";
    }

    void add_image(const Layer& layer, const design::ImageContent& image) {
        const double width = layer.box.width, height = layer.box.height;
        const std::string edge = svg_data(rounded_rectangle({0, 0, width, height}, image.corner_radii));
        if (const ShownPicture* picture = scene_.pictures().find(image.picture)) {
            body_ += "<g" + definitions_.clip_attribute(edge) + ">";
            add_picture(*picture, flip_transform(image.flip, width, height), image.alt);
            body_ += "</g>";
        } else {
            for (const PaintedPath& part : placeholder(width, height, image.corner_radii))
                body_ += "<path" + attribute("d", svg_data(part.path)) +
                         color_attributes("fill", part.color) + "/>";
        }
        if (image.stroke)
            body_ += "<path fill=\"none\"" + attribute("d", edge) + stroke_attributes(image.stroke) + "/>";
    }

    void add_picture(const ShownPicture& picture, const std::string& transform, const std::string& alt) {
        auto file = encoded(picture.image);
        if (!file) {
            failure_ = file.error();
            return;
        }
        const Box& place = picture.place;
        body_ += "<image" + attribute("x", place.x) + attribute("y", place.y) +
                 attribute("width", place.width) + attribute("height", place.height) +
                 " preserveAspectRatio=\"none\"" + transform + " href=\"data:" + file->media_type +
                 ";base64," + base64(file->bytes) + "\">";
        if (!alt.empty()) body_ += "<title>" + escaped(alt) + "</title>";
        body_ += "</image>";
    }

    void add_background(const design::Picture& background) {
        if (const ShownPicture* picture = scene_.pictures().find(background)) {
            const design::Canvas& canvas = scene_.design().canvas;
            const Box whole{0, 0, double(canvas.width), double(canvas.height)};
            body_ += "<g" + definitions_.clip_attribute(svg_data(rounded_rectangle(whole, {}))) + ">";
            add_picture(*picture, {}, {});
            body_ += "</g>\n";
        }
    }

    const Scene& scene_;
    Definitions definitions_;
    std::string body_;
    std::optional<Error> failure_;
};

}  // namespace

Result<std::string> write_svg(const Scene& scene, double scale) {
    return Writer(scene).write(scale);
}

}  // namespace atelier::adaptation::design_render
