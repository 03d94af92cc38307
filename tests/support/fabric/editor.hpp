#pragma once
// Somebody who opens a canvas in the real Fabric.js (the npm package, under Node), does something to it, and
// saves it.

#include <map>
#include <string>
#include <vector>

#include "common/design/fabric/fabric.hpp"

namespace atelier::test {

struct Sitting {
    std::string name;  ///< of a file
    json::Value canvas;
    json::Array edits;  ///< as edit.mjs reads them
};
struct Saved {
    json::Value canvas;
    std::string png;
};

/// Whether the machine has Node and npm, without which Fabric cannot run.
bool has_node();

/// All in one run of Node. Installs Fabric from the npm registry on first use. Throws with npm's or Node's
/// words when something goes wrong there.
std::map<std::string, Saved> edit_in_fabric(const std::vector<Sitting>& sittings);

/// The photographs that the examples name, as files of ops/photos.
design::FabricPictures photographs();

}  // namespace atelier::test
