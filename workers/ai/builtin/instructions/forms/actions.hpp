#pragma once
// Private to instructions/: what the forms do, by file.

#include "workers/ai/builtin/instructions/language/grammar.hpp"

namespace atelier::ai::builtin::instructions {

// size.cpp
Outcome resize(Ask& ask);         ///< bigger, smaller, double, halve, triple
Outcome stretch(Ask& ask);        ///< wider, narrower, taller, flatter
Outcome set_font_size(Ask& ask);  ///< to a number of pixels

// place.cpp
Outcome move_to_spot(Ask& ask);
Outcome nudge(Ask& ask);  ///< up, down, left, right
Outcome move_beside(Ask& ask);

// arrange.cpp
Outcome align_layers(Ask& ask);
Outcome center_layers(Ask& ask);
Outcome distribute(Ask& ask);
Outcome swap_layers(Ask& ask);
Outcome more_space(Ask& ask);
Outcome space_between(Ask& ask);
Outcome fill_canvas(Ask& ask);

// color.cpp
Outcome paint(Ask& ask);
Outcome paint_background(Ask& ask);
Outcome paint_texts(Ask& ask);
Outcome shade(Ask& ask);  ///< lighter, darker, colourful, muted
Outcome more_contrast(Ask& ask);
Outcome set_mode(Ask& ask);  ///< a dark or a light design
Outcome paint_like(Ask& ask);
Outcome wear_brand(Ask& ask);  ///< colours, fonts, logo or all

// words.cpp
Outcome change_text(Ask& ask);
Outcome replace_words(Ask& ask);
Outcome change_case(Ask& ask);
Outcome translate(Ask& ask);

// type.cpp
Outcome set_font(Ask& ask);
Outcome set_weight(Ask& ask);
Outcome set_style(Ask& ask);  ///< italic, underline, strikethrough and their opposites
Outcome set_tracking(Ask& ask);
Outcome set_leading(Ask& ask);
Outcome align_text(Ask& ask);

// look.cpp
Outcome set_opacity(Ask& ask);
Outcome rotate(Ask& ask);
Outcome flip(Ask& ask);
Outcome round_corners(Ask& ask);
Outcome set_shadow(Ask& ask);
Outcome set_outline(Ask& ask);

// stack.cpp
Outcome show_or_hide(Ask& ask);
Outcome remove_layers(Ask& ask);
Outcome duplicate(Ask& ask);
Outcome restack_past(Ask& ask);  ///< in front of or behind another layer
Outcome restack(Ask& ask);       ///< front, back, forward, backward
Outcome lock_or_unlock(Ask& ask);
Outcome mention(Ask& ask);  ///< "I don't like the badge": what "it" means next

// add.cpp
Outcome add_text(Ask& ask);
Outcome add_button(Ask& ask);
Outcome add_badge(Ask& ask);
Outcome add_logo(Ask& ask);
Outcome add_shape(Ask& ask);

// picture.cpp
Outcome show_instead(Ask& ask);
Outcome make_anew(Ask& ask);

/// A colour over a picture, as the picture is cut; a veil that is there changes. `strength` 0…1.
void veil(Desk& desk, const std::string& id, design::Color color, double strength);
/// The colour of the canvas, so that a veil of it leaves readable what was readable on it.
design::Color ground_of(const Desk& desk);
/// "There is no … in this design."
Outcome no_such(const Ask& ask, Slot slot = Slot::what);
/// The layers of {what}. Of "everything" only the message and its pictures: grounds and ornaments stay.
Ids message_of(Ask& ask);
/// Texts of the layers, those in groups too.
Ids texts_in(Desk& desk, const Ids& ids);

}  // namespace atelier::ai::builtin::instructions
