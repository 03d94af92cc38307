#pragma once
// Which language a prompt is written in, roughly: by its script, else by its commonest words.

#include <string>

#include "workers/ai/builtin/reading/words.hpp"

namespace atelier::ai::builtin {

/// BCP 47: en, de, fr, es, it, pt, nl, or by script: ar, he, hi, ja, zh, ko, ru, el, th, ta, bn …; "en" where
/// nothing tells.
std::string detect_language(const Prompt& prompt);

}  // namespace atelier::ai::builtin
