#pragma once
// The library of illustrations: things that the builtin engine can show, found by their everyday names.
// The pictures are Microsoft's Fluent Emoji (MIT), packed by ops/illustrations and compiled in.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"

namespace atelier::ai::builtin {

struct SubjectName {
    std::string_view word;     ///< lower case, words between blanks, singular: "coffee cup"
    std::string_view subject;  ///< the picture's name: "hot-beverage"
    bool is_thing = true;      ///< false: a trade, occasion or activity that the thing stands for ("barista")
};

/// Every name that is known, in alphabetical order; a picture has at least one. Any thread.
std::span<const SubjectName> subject_names();

/// The picture for a phrase: its longest known part, singular or plural, the head noun's before others' ("a
/// cup of coffee on a wooden table" is about the cup). Nothing when no part is known. Any thread.
std::optional<std::string> find_subject(std::string_view words);

/// The pictures for everything that a text names, the main thing first, none twice, at most `most`.
/// Names that merely stand for something ("barista", "diwali") count only where no thing is named, and not at
/// all with `things_only`.
std::vector<std::string> find_subjects(std::string_view words, std::size_t most, bool things_only = false);

/// Whether the thing comes in any colour (a bag, a shoe), so that a picture may show it in a brand's.
bool may_be_dyed(std::string_view subject);

/// A square of side × side premultiplied 0xAARRGGBB values, rows without padding.
struct SubjectPixels {
    int side = 0;
    std::vector<std::uint32_t> values;
};

/// Errors: not_found for a name that no picture has; validation_failed for a side outside 8…4096; internal
/// when the packed picture cannot be read. Any thread.
Result<SubjectPixels> draw_subject(std::string_view name, int side);

}  // namespace atelier::ai::builtin
