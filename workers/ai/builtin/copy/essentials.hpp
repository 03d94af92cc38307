#pragma once
// Nobody may wonder what a design is about or whom it is from: what the sentences leave unsaid stands in the
// small lines.

#include "workers/ai/builtin/copy/facts.hpp"

namespace atelier::ai::builtin {

/// Names the subject (for a sale: the sale) in the kicker, and the sender in the caption, where no other line
/// does.
void say_essentials(const Facts& facts, Copy& copy, bool in_title_case);

}  // namespace atelier::ai::builtin
