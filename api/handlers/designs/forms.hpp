#pragma once
// A design in the forms that editors and browsers take. Private to this folder.

#include <string>
#include <vector>

#include "api/services.hpp"
#include "common/design/model/design.hpp"
#include "common/store/assets.hpp"

namespace atelier::api {

/// As Fabric.js loads it. Pictures come from expiring URLs; what moderation holds back, or nobody has, is a
/// grey box. `is_long`: its texts are measured by the estimate.
json::Value fabric_form(const design::Design& design, const std::vector<store::Asset>& assets,
                        ApiServices& services, bool is_long);

/// As SVG with real text: a preview, so that no request decodes photographs. A picture is shown by its
/// preview or, where it is small, by itself; beyond kPreviewPictures, and where there is neither, stands a
/// placeholder. An export has them in full. Errors: those of rendering.
Result<std::string> svg_form(const design::Design& design, const std::vector<store::Asset>& assets,
                             ApiServices& services);
inline constexpr int kPreviewPictures = 32;
/// Bytes of text beyond which setting them takes longer than a request should.
inline constexpr std::size_t kMostPreviewed = 64 * 1024;

}  // namespace atelier::api
