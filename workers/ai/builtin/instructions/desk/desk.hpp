#pragma once
// The design while an instruction is followed: layers by id, where they are on the canvas, what may be
// touched.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/design/model/design.hpp"
#include "common/design/text/measure.hpp"

namespace atelier::ai::builtin::instructions {

using Ids = std::vector<std::string>;

/// A layer and where it lies: `around` are the groups it is in, the outermost first.
struct Seat {
    design::Layer* layer = nullptr;
    std::vector<design::Layer>* list = nullptr;
    std::size_t index = 0;
    std::vector<design::Layer*> around;
};

class Desk {
  public:
    Desk(design::Design design, std::optional<design::Brand> kit, const design::TextMeasurer& measurer);

    design::Design design;
    const std::optional<design::Brand> kit;  ///< the organization's brand
    const design::TextMeasurer& measurer;
    std::vector<std::string> done;  ///< sentences
    Ids last;                       ///< what "it" means
    std::optional<std::string> translate_to;

    std::optional<Seat> seat(std::string_view id);
    design::Layer& layer(std::string_view id);  ///< one that is there
    /// Groups before what is in them, back to front.
    Ids ids();
    bool has(std::string_view id) { return seat(id).has_value(); }
    bool is_top(std::string_view id) { return seat(id)->around.empty(); }
    /// Itself, or a group around it, or something in it, is locked.
    bool is_locked(std::string_view id);
    /// What may be changed of them; says so for the rest.
    Ids unlocked(const Ids& ids);

    /// What the turned layer takes of the canvas; of a text its letters.
    design::Box bounds(std::string_view id);
    design::Box bounds(const Ids& ids);
    /// The turned box itself, of a text too.
    design::Box frame(std::string_view id);
    /// Moves it by pixels of the canvas, also within turned groups.
    void shift(std::string_view id, double dx, double dy);
    /// A colour that stands for what the layer looks like.
    std::optional<design::Color> color_of(std::string_view id);

    /// "“Headline”", or "“Headline” and “Logo”", or "5 layers".
    std::string called(const Ids& ids);
    std::string called(std::string_view id) { return called(Ids{std::string(id)}); }
    void say(std::string sentence) { done.push_back(std::move(sentence)); }

    /// A new id from a stem: "text", "text-2", …
    std::string free_id(const std::string& stem);

    double width() const { return design.canvas.width; }
    double height() const { return design.canvas.height; }
    /// The distance that the design keeps from its edges.
    double margin();
    /// The canvas without that margin.
    design::Box page();
};

const design::TextContent* text_of(const design::Layer& layer);
design::TextContent* text_of(design::Layer& layer);
/// Of a picture or a smart image.
design::ImageContent* image_of(design::Layer& layer);
std::string words_of(const design::TextContent& text);
/// Every layer of a group, itself first.
void for_each_in(design::Layer& layer, const std::function<void(design::Layer&)>& visit);
/// The bounds of a box that is turned about its middle.
design::Box turned(const design::Box& box, double degrees);
/// A hundredth of a pixel.
double rounded(double value);

}  // namespace atelier::ai::builtin::instructions
