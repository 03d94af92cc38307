#pragma once
// The sheet that a scheme draws on: a canvas with margins, a palette, a pairing of types and the words, and
// the strokes of which all schemes are made: grounds, plates, pictures, badges, rules.
//
// Layers are painted in the order in which they are drawn.

#include <string>
#include <vector>

#include "common/design/model/design.hpp"
#include "workers/ai/brief/brief.hpp"
#include "workers/ai/builtin/compose/dice.hpp"
#include "workers/ai/builtin/compose/fonts.hpp"
#include "workers/ai/builtin/compose/metrics.hpp"
#include "workers/ai/builtin/compose/palette.hpp"

namespace atelier::ai::builtin::layout {

/// The faces of one design.
struct Type {
    Face heading, body, strong;
    std::string name;
    double ratio = 1.333;
};

/// What a text may stand on, and the colours that read there.
struct Surface {
    design::Color ground, ink, soft_ink, accent_ink;
    design::Color button, on_button;
    bool takes_metal = false;
};

enum class Calm { nowhere, left, right, top, bottom, middle, edges };

struct PlacedText {
    design::Role role;
    std::string part;  ///< "headline", "cta"
    design::Box box;   ///< what the letters take, with the plate of a button
    double size = 0;   ///< of the letters
    int lines = 1;
    design::Align align = design::Align::left;
    double contrast = 21;  ///< with what is behind
};

struct PlacedPicture {
    enum class Kind { background, panel, cutout };
    std::string layer_id;
    Kind kind;
    Calm calm;
    std::vector<design::Color> colors;
    design::Box box;
};

struct SheetSetup {
    const Brief& brief;
    const Copy& copy;
    const std::optional<design::Brand>& brand;
    const Palette& palette;
    const Type& type;
    std::string technique;  ///< of the art
    int width, height;
    std::uint64_t seed;
};

class Sheet {
  public:
    Sheet(const SheetSetup& setup, Metrics& metrics);

    // ---- What there is
    const Brief& brief;
    const Copy& copy;
    const Palette& pal;
    const Type& type;
    const double w, h;
    const double unit;    ///< what sizes go by: the side of a square as large as the canvas, less for strips
    const double margin;  ///< to the edges
    const double text;    ///< size of running text
    Dice dice;
    Metrics& metrics;

    bool is_wide() const { return w > h * 1.25; }
    bool is_tall() const { return h > w * 1.25; }
    bool has_subject() const { return !brief.subject.empty() || !brief.motifs.empty(); }
    bool is_right_to_left() const { return is_rtl_; }
    design::Box whole() const { return {0, 0, w, h}; }
    design::Box inner() const { return {margin, margin, w - 2 * margin, h - 2 * margin}; }

    // ---- Surfaces
    Surface on_ground() const;
    Surface on_surface() const;
    Surface on_primary() const;
    Surface on_accent() const;
    /// Over a picture under a veil of the ground's colour.
    Surface on_veil() const { return on_ground(); }
    Surface on(design::Color ground) const;

    // ---- Strokes
    void ground(const design::Paint& paint) { background_ = paint; }
    void ground(design::Color color) { background_ = design::SolidPaint{color}; }
    design::Layer& rectangle(const std::string& name, design::Box box, design::Paint fill, double radius = 0);
    design::Layer& ellipse(const std::string& name, design::Box box, design::Paint fill);
    /// Points in fractions of the box.
    design::Layer& polygon(const std::string& name, design::Box box, design::Paint fill,
                           std::vector<design::Point> points);
    void frame(const std::string& name, design::Box box, design::Color color, double width, double radius = 0,
               double dash = 0);
    void ring(const std::string& name, design::Box box, design::Color color, double width);
    void rule(design::Box box, design::Color color) { rectangle("Rule", box, design::SolidPaint{color}); }
    design::Layer& add(design::Layer layer);
    std::string id_for(const std::string& name);

    // ---- Pictures
    /// Fills the canvas or the box, behind everything.
    void background_art(Calm calm, design::Box box, double opacity = 1);
    void background_art(Calm calm) { background_art(calm, whole()); }
    /// A whole picture in a frame of its own.
    design::Layer& panel(design::Box box, design::CornerRadii radii = {}, Calm calm = Calm::nowhere);
    /// The subject, cut out.
    void cutout(design::Box box, design::Point focus = {0.5, 0.5});
    /// A veil of the ground's colour over a picture, as strong as text needs.
    void veil(design::Box box, double strength = 0.78);
    /// Strong at one side, gone at the other. `angle` as of a linear paint: strong at its beginning.
    void fading_veil(design::Box box, double angle, double solid_until, double strength = 0.9);

    // ---- Finished small things
    /// The offer on a disc or a star; nothing without one. Returns whether it was drawn.
    bool badge(design::Point middle, double diameter, const Surface& surface, double turn = 0);

    /// A kit with a logo.
    bool has_logo() const;
    void logo(design::Box box, design::Align align);

    void placed(PlacedText text) { texts_.push_back(std::move(text)); }
    const std::vector<PlacedText>& texts() const { return texts_; }
    const std::vector<PlacedPicture>& pictures() const { return pictures_; }
    int left_out = 0;  ///< parts of the copy that found no room

    /// The whole, with its recipes written. `mirror`: left and right change places.
    design::Design finish(bool mirror);

  private:
    /// A logo that no stack had room for.
    void logo_in_corner();

    const SheetSetup& setup_;
    const bool is_rtl_;
    design::Paint background_;
    std::vector<design::Layer> layers_;
    std::vector<PlacedText> texts_;
    std::vector<PlacedPicture> pictures_;
    std::vector<std::string> ids_;
    bool is_logo_drawn_ = false;
};

/// A solid colour that lets something through.
design::SolidPaint solid(design::Color color, double alpha = 1);
design::LinearPaint linear(double angle, design::Color from, design::Color to);

// ---- Boxes
design::Box inset(design::Box box, double by);
design::Box inset(design::Box box, double x, double y);
design::Box left_part(design::Box box, double share);
design::Box right_part(design::Box box, double share);
design::Box top_part(design::Box box, double share);
design::Box bottom_part(design::Box box, double share);

/// Whether the language is written from right to left.
bool is_right_to_left(const std::string& language);

}  // namespace atelier::ai::builtin::layout
