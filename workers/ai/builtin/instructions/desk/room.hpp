#pragma once
// Keeping layers off each other.

#include "workers/ai/builtin/instructions/desk/desk.hpp"

namespace atelier::ai::builtin::instructions {

/// Top layers that others may not cover: the message, and pictures that do not fill the canvas.
Ids obstacles(Desk& desk, const Ids& but);

/// Where a layer may grow to.
struct Yard {
    design::Box box;
    Ids lines;  ///< that it lies over as it is
};

/// How wide the layer's box may become where it stands, up to the margin and the obstacles that it does not
/// touch yet.
double room_beside(Desk& desk, const std::string& id);

/// Whether the layer, with what stands below moved down (or what stands above moved up), covers nothing and
/// lies in `yard`. Moves those layers when it does; else leaves them.
bool make_room(Desk& desk, const std::string& id, const Yard& yard);
/// Where a layer may stand: the card that it stands in, else the canvas within half of its margin; as far as
/// it stands there now.
Yard yard(Desk& desk, const std::string& id);

/// The layers stay where they are; what they cover now steps to the nearest free place. What finds none
/// stays, and then they themselves step aside. Whether nothing covers anything afterwards.
bool clear_around(Desk& desk, const Ids& ids);

/// Along the page, up and down or to the sides, to the nearest place where the layers cover nothing. Whether
/// there is one.
bool slide_clear(Desk& desk, const Ids& ids, bool is_down);

/// The smallest shape that the layer stands in, a card or a frame; empty where it stands on the canvas.
std::string card_of(Desk& desk, const std::string& id);
/// The shape that the layer stands on (a button's or a badge's plate that is no group); empty when there is
/// none.
std::string plate_of(Desk& desk, const std::string& id);
/// The layers with the plates that they stand on.
Ids with_plates(Desk& desk, const Ids& ids);

}  // namespace atelier::ai::builtin::instructions
