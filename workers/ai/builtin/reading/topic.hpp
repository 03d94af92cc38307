#pragma once
// Parts of spot_subject: what a prompt says beside its subject.

#include <string>

#include "workers/ai/builtin/reading/reading.hpp"

namespace atelier::ai::builtin {

/// "5 mistakes every beginner photographer makes", "How to …", "Save the whales": a headline as it stands.
/// May be empty.
std::string find_topic(const Reading& reading);
/// "7 simple tips": of how many things a list tells.
void spot_list(const Prompt& prompt, Facts& facts);
/// "Happy birthday grandma", "Thank you for 10,000 followers": whom, and what for.
void spot_addressee(Prompt& prompt, Facts& facts);
/// "Lost cat": what is missing.
void spot_lost(const Prompt& prompt, Facts& facts);
/// Clauses of nothing but things and their looks, and what follows "with": "spring flowers", "sea view".
void spot_extras(Reading& reading);

}  // namespace atelier::ai::builtin
