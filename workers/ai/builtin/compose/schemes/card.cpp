// Schemes that set the words on a card or into a frame.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/compose/scheme.hpp"

namespace atelier::ai::builtin::layout {

using design::Align;
using design::Box;
using design::VerticalAlign;

void draw_centred_card(Sheet& s) {
    s.background_art(Calm::middle);
    const double side = std::min(s.w, s.h);
    const double x = s.is_wide() ? s.w * 0.15 : side * 0.11, y = s.is_tall() ? s.h * 0.17 : side * 0.1;
    const Box card = inset(s.whole(), x, y);
    const double radius = s.dice.chance(0.5) ? side * 0.03 : 0;
    design::Layer& plate = s.rectangle("Card", card, solid(s.pal.ground), radius);
    plate.shadow = design::Shadow{{0, 0, 0, 70}, 0, side * 0.012, side * 0.05};
    s.frame("Card line", inset(card, side * 0.022), s.pal.accent_ink, side * 0.0025, radius * 0.6);
    stack(s, inset(card, side * 0.075),
          {.surface = s.on_ground(), .align = Align::center, .largest = 0.15, .most_lines = 4});
}

void draw_framed(Sheet& s) {
    s.background_art(Calm::middle);
    s.veil(s.whole(), s.pal.is_dark() ? 0.74 : 0.8);
    const double side = std::min(s.w, s.h), thin = std::max(0.8, side * 0.0022);
    const Box outer = inset(s.whole(), side * 0.045);
    s.frame("Frame", outer, s.pal.accent_ink, thin);
    s.frame("Inner frame", inset(outer, side * 0.016), s.pal.accent_ink, thin * 0.6);
    stack(s, inset(outer, side * 0.1),
          {.surface = s.on_veil(),
           .align = Align::center,
           .largest = 0.15,
           .most_lines = 4,
           .button = s.dice.chance(0.5) ? Button::outline : Button::pill,
           .has_rule = true});
}

}  // namespace atelier::ai::builtin::layout
