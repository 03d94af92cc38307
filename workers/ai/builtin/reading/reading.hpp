#pragma once
// A prompt after all passes.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "common/design/model/color.hpp"
#include "workers/ai/builtin/copy/facts.hpp"
#include "workers/ai/builtin/embedding/embedding.hpp"
#include "workers/ai/builtin/reading/words.hpp"

namespace atelier::ai::builtin {

struct Reading {
    Prompt prompt;
    Facts facts;
    Mood mood = Mood::any;
    std::string purpose_word;              ///< "poster"; empty where the prompt names none
    std::optional<std::size_t> occasion;   ///< its row in the table
    std::vector<design::Color> colors;     ///< named
    std::vector<std::string> color_names;  ///< "gold", for the picture
    std::vector<std::string> style_keywords;
    std::vector<std::string> extras;  ///< further things that the prompt names: "spring flowers"
};

/// `embedding` decides where the tables are silent; null: they decide alone.
Reading read_prompt(std::string_view prompt, std::string_view brand, const Embedding* embedding);

// The passes that know what words mean, in their order.
Intent judge_intent(const Prompt& prompt, const Embedding* embedding);
/// Occasions have dates and names inside: they go first.
void spot_occasion(Reading& reading);
void spot_kind(Reading& reading);
void spot_meaning(Reading& reading);
/// What it is about. Needs all marks.
void spot_subject(Reading& reading);
void spot_theme(Reading& reading, const Embedding* embedding);

}  // namespace atelier::ai::builtin
