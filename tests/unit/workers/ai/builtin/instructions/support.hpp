#pragma once
// Following instructions on the example designs.

#include <string>
#include <string_view>
#include <vector>

#include "common/design/model/design.hpp"
#include "workers/ai/builtin/instructions/instructions.hpp"

namespace atelier::test {

design::Design example_design(const std::string& name);
/// A brand that no example has, with a logo.
design::Brand strange_kit();

struct Edited {
    design::Design design;
    ai::builtin::Followed followed;
    std::string said;  ///< the summary in one line
};
/// Follows, applies the patch to the canonical JSON and checks that the result is what it promises: valid,
/// with nothing left to mend. Fails the test where the instruction is refused.
Edited edited(const design::Design& design, std::string_view instruction);
Edited edited(const std::string& example, std::string_view instruction);

const design::Layer* find_layer(const design::Design& design, std::string_view id);
/// Fails the test program where there is none.
const design::Layer& layer_of(const design::Design& design, std::string_view id);
const design::TextContent& text_in(const design::Design& design, std::string_view id);
design::Color fill_of(const design::Design& design, std::string_view id);
std::string words_in(const design::Design& design, std::string_view id);
/// The number of layers, those in groups too.
std::size_t count_of(const design::Design& design);

struct DocumentedForm {
    std::string form, instruction, design;
};
/// The table of workers/ai/builtin/instructions/README.md.
std::vector<DocumentedForm> documented_forms();

}  // namespace atelier::test
