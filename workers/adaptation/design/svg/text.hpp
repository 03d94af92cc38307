#pragma once
// Private to design/: a text layer as SVG <text>: one element a line, placed where Pango placed it, so that
// no other program has to break lines.

#include <string>

#include "common/design/typeset/typeset.hpp"
#include "workers/adaptation/design/svg/markup.hpp"

namespace atelier::adaptation::design_render {

std::string svg_text(const design::Layer& layer, const design::SetText& set, Definitions& definitions);

}  // namespace atelier::adaptation::design_render
