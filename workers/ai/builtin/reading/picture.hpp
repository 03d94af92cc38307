#pragma once
// The brief's words for pictures: motifs, style and one sentence for an image model.

#include "workers/ai/builtin/reading/reading.hpp"

namespace atelier::ai::builtin {

std::vector<std::string> find_motifs(const Reading& reading);
std::vector<std::string> find_style(const Reading& reading);
std::string picture_in_words(const Reading& reading, const std::vector<std::string>& motifs);

}  // namespace atelier::ai::builtin
