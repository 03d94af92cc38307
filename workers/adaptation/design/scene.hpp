#pragma once
// Private to design/: what all outputs of one design share: its pictures, its texts once they are set, and
// how far its layers reach.

#include <map>

#include "common/design/model/design.hpp"
#include "common/design/typeset/typeset.hpp"
#include "workers/adaptation/design/pictures.hpp"

namespace atelier::adaptation::design_render {

class Scene {
  public:
    Scene(const design::Design& design, Pictures pictures)
        : design_(design), pictures_(std::move(pictures)) {}

    const design::Design& design() const { return design_; }
    const Pictures& pictures() const { return pictures_; }
    /// Of a text layer.
    const design::SetText& text(const design::Layer& layer) const;
    /// What the layer paints without its shadow, measured from the corner of its unturned box; its mask
    /// counts.
    design::Box bounds(const design::Layer& layer) const;
    /// The same with its shadow; `turn` is what turns the layer and all groups around it, degrees.
    design::Box bounds_with_shadow(const design::Layer& layer, double turn) const;

  private:
    const design::Design& design_;
    Pictures pictures_;
    mutable std::map<const design::Layer*, design::SetText> texts_;
};

/// A box within a layer as the upright box around it, measured from what the layer is measured from.
design::Box turned(const design::Layer& layer, const design::Box& local);

/// A shadow falls to the same side of the canvas however its layer is turned: its offset seen from the layer.
design::Point shadow_offset(const design::Shadow& shadow, double turn);

/// Beyond three standard deviations nothing is seen of a blur.
inline double shadow_reach(const design::Shadow& shadow) {
    return shadow.blur * 1.5;
}

const design::ImageContent* image_of(const design::Layer& layer);

const design::Paint& fill_of(const design::TextContent& text, std::size_t run);

/// Layers below it show through its own layers' blends only where the group is drawn in place, as in CSS.
bool is_isolated(const design::Layer& layer);

}  // namespace atelier::adaptation::design_render
