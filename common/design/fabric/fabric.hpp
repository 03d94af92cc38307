#pragma once
// Design JSON <-> the JSON of Fabric.js (version 7: what `canvas.loadFromJSON` takes and `canvas.toObject`
// gives).
//
// What Fabric has is written as Fabric has it, so that an editor shows it and lets people change it: place,
// size, angle, opacity, blending, paints, strokes, shadows, texts with styles by character, crops, clip
// paths, groups, locks. Every object and the canvas carry besides one property `atelier` with the layer (the
// document) as it was. On the way back the objects are compared with what that layer would be in Fabric: what
// is equal stays as it was, to the last digit; what an editor changed wins. Objects that an editor added
// become layers (a picture of the organization by `"atelier": {"asset_id": …}`, others by their URL); what a
// design cannot express goes to `isolated`, with a reason.
//
// An editor exports with `canvas.toObject(kFabricProperties)`; `atelier` is the one that must not be left
// out. The size of the canvas is in `atelier.canvas`: Fabric's own JSON has none.
//
// Pure functions; any thread may call.

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "common/design/model/design.hpp"
#include "common/design/text/measure.hpp"

namespace atelier::design {

inline constexpr std::string_view kFabricVersion = "7.4.0";

/// What Fabric leaves out of its JSON unless it is named. The locks may be left out; then a layer keeps its
/// own.
inline constexpr std::array<std::string_view, 6> kFabricProperties{
    "atelier", "lockMovementX", "lockMovementY", "lockRotation", "lockScalingX", "lockScalingY"};

/// Where an editor loads a picture from (a URL, or a data: URL) and its size in pixels.
struct FabricPicture {
    std::string source;
    int width = 0, height = 0;
};
/// Nothing for a picture that cannot be had: its place is then a plain grey box in the editor.
using FabricPictures = std::function<std::optional<FabricPicture>(const Picture&)>;

/// Text blocks are placed by the vertical metrics of the fonts that ops/packages installs; other families
/// take those of Open Sans. `measurer` says how texts that shrink are scaled.
json::Value to_fabric(const Design& design, const FabricPictures& pictures = {},
                      const TextMeasurer& measurer = estimated_measurer());

/// Also takes the JSON of Fabric 5 and 6, and of canvases that never were a design. The result fits the
/// schema; whether it is a good design, stage 4 of validation says. Error: bad_request for a value that is no
/// canvas.
Result<Design> from_fabric(const json::Value& canvas);

}  // namespace atelier::design
