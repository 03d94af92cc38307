#pragma once
// The compositional schemes: what each is called, where it fits, and how it is drawn.

#include <cstdint>
#include <span>
#include <string_view>

#include "workers/ai/builtin/compose/stack.hpp"

namespace atelier::ai::builtin::layout {

/// What a scheme rests on; variants of one brief come from different kinds.
enum class SchemeKind { split, full, card, type, product, window, pattern, object, strip };

struct Scheme {
    std::string_view name;
    SchemeKind kind;
    double least_ratio, most_ratio;   ///< width ÷ height of canvases that it is fit for
    int least_letters, most_letters;  ///< of all the copy's words
    std::string_view intents;         ///< that it is best for, between blanks; empty: all alike
    std::string_view tones;           ///< words that call for it
    enum class Needs { nothing, subject, figure } needs;
    void (*draw)(Sheet&);
};

std::span<const Scheme> schemes();
/// Whether the scheme can carry these words on this canvas.
bool is_fit(const Scheme& scheme, const Brief& brief, const Copy& copy, double ratio);

// ---- One function for each, in schemes/
void draw_split(Sheet&);
void draw_split_stacked(Sheet&);
void draw_diagonal(Sheet&);
void draw_sidebar(Sheet&);
void draw_full_bleed(Sheet&);
void draw_full_bleed_bottom(Sheet&);
void draw_band(Sheet&);
void draw_centred_card(Sheet&);
void draw_framed(Sheet&);
void draw_quote_card(Sheet&);
void draw_giant_type(Sheet&);
void draw_stacked_type(Sheet&);
void draw_product_podium(Sheet&);
void draw_product_side(Sheet&);
void draw_circle_window(Sheet&);
void draw_arch_window(Sheet&);
void draw_big_figure(Sheet&);
void draw_swiss_grid(Sheet&);
void draw_mosaic(Sheet&);
void draw_disc(Sheet&);
void draw_ticket(Sheet&);
void draw_magazine(Sheet&);
void draw_polaroid(Sheet&);
void draw_overlap(Sheet&);
void draw_rail(Sheet&);
void draw_minimal(Sheet&);
void draw_ribbon(Sheet&);
void draw_columns(Sheet&);
void draw_thumbnail(Sheet&);
void draw_sunburst(Sheet&);
void draw_corner_sticker(Sheet&);
void draw_color_blocks(Sheet&);
void draw_wave(Sheet&);
void draw_spotlight(Sheet&);
void draw_strip_split(Sheet&);
void draw_strip_centred(Sheet&);
void draw_strip_plain(Sheet&);
void draw_strip_cutout(Sheet&);
void draw_strip_blocks(Sheet&);
void draw_tower_picture(Sheet&);
void draw_tower_plain(Sheet&);
void draw_tower_below(Sheet&);
void draw_tower_blocks(Sheet&);

}  // namespace atelier::ai::builtin::layout
