#pragma once
// The passes of the reader. Each finds one kind of fact, writes it down and marks its words; order matters
// and is read_facts' (read_facts.cpp). All deterministic, none fails.

#include <string_view>

#include "workers/ai/builtin/copy/facts.hpp"
#include "workers/ai/builtin/reading/words.hpp"

namespace atelier::ai::builtin {

/// "headline: …", "cta: …", "date: …".
void spot_fields(Prompt& prompt, Facts& facts);
/// Quoted words and who said them; addresses, phone numbers, hashtags.
void spot_literals(Prompt& prompt, Facts& facts);
/// "50% off", "buy one get one free", "free shipping", "$199", "from 9 €".
void spot_offers(Prompt& prompt, Facts& facts);
/// Dates, weekdays, times of day, ages.
void spot_times(Prompt& prompt, Facts& facts);
/// A month's name or its short form, in the languages that have templates.
bool is_month(std::string_view low);
/// "at Blue Note", "in Berlin", a city that stands alone.
void spot_places(Prompt& prompt, Facts& facts);
/// "from Tavola", "by Tavola", "for Tavola", "Tavola's …". Keeps a brand that is set already.
void spot_brand(Prompt& prompt, Facts& facts);

}  // namespace atelier::ai::builtin
