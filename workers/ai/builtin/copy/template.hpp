#pragma once
// A copywriter's sentences with gaps, and how the gaps are filled.
//
// Files: templates/<language>/<intent>.txt, one template a line:
//   angle | conditions | kicker | headline | subheadline | body
// Gaps: {subject} {a subject} {the subject}, and all texts of Facts by their names: {offer} {date} {place} …,
// {on date} ("on 12 July", "this Sunday"), {where} (place and city), {verb} and {promise} of the theme;
// agreeing with the subject: {is} {has} {s} {it} {them} {this} {its}. A gap that begins large begins its
// value large. A template fits only facts that fill all its gaps. Conditions, joined by ",": theme= tone= on=
// season= kind= audience= things= (one of a/b/c), says= (the subject holds one of these words); short (up to
// 24 letters), name, single, plural, mass, one (single), many (not single),
// off (the offer takes something off the price); a gap's name (the fact is there);
// each with "!" for the contrary.

#include <optional>
#include <string>
#include <vector>

#include "workers/ai/builtin/copy/facts.hpp"

namespace atelier::ai::builtin {

struct Template {
    std::string angle;
    std::vector<std::string> conditions;
    std::string kicker, headline, subheadline, body;
};

/// In the order of the file; empty where the language has none for the intent.
const std::vector<Template>& templates(const std::string& language, Intent intent);

/// How well it fits: 0 and more, the more its conditions say; nothing where a condition does not hold.
std::optional<double> fit(const Template& sentence, const Facts& facts);
/// Nothing where a gap stays empty.
std::optional<std::string> fill(const std::string& text, const Facts& facts);

}  // namespace atelier::ai::builtin
