#include "workers/adaptation/design/relayout/fit.hpp"

#include <algorithm>

#include "common/design/typeset/typeset.hpp"

namespace atelier::adaptation::design_render {
namespace {

using design::Design;
using design::Role;
using design::TextContent;

constexpr double kHeadlineLeast = 1.35;  ///< times the least letters of other texts

int paragraphs_of(const TextContent& text) {
    int count = 1;
    for (const design::Run& run : text.runs)
        count += int(std::count(run.text.begin(), run.text.end(), '\n'));
    return count;
}

double least_of(const Block& block, const FlowSettings& settings) {
    return settings.least * (block.role == Role::headline ? kHeadlineLeast : 1);
}

Fitted fit_text(const Design& design, const Block& block, double width, double asked,
                const FlowSettings& settings) {
    const TextContent& text = text_of(design, block);
    Fitted out;
    out.factor = std::max(asked, least_of(block, settings) / block.letters.least);
    design::TextExtent extent = design::pango_measurer().measure(text, width, out.factor);
    const int paragraphs = paragraphs_of(text);
    // Lines that were broken by hand and now break again are better broken anew.
    if (paragraphs > 1 && (settings.is_strip || extent.lines > paragraphs)) {
        out.is_in_one_line = true;
        extent = design::pango_measurer().measure(in_one_line(text), width, out.factor);
    }
    out.width = extent.width;
    // A hundredth more than measured: rounded sizes break no line.
    out.height = extent.height * 1.01;
    out.fits = extent.widest_word <= width;
    return out;
}

}  // namespace

TextContent in_one_line(TextContent text) {
    for (design::Run& run : text.runs)
        std::replace(run.text.begin(), run.text.end(), '\n', ' ');
    return text;
}

Fitted fit_block(const Design& design, const Block& block, double width, double asked,
                 const FlowSettings& settings) {
    if (block.is_text) return fit_text(design, block, width, asked, settings);
    Fitted out;
    out.factor = block.is_rule() ? asked : std::max(asked, settings.least / block.letters.least);
    out.squeeze = std::clamp(block.bounds.width - width / out.factor, 0.0, block.slack);
    out.factor = std::min(out.factor, width / (block.bounds.width - out.squeeze));
    out.fits = block.is_rule() || block.letters.least * out.factor >= settings.least * 0.99;
    out.width = (block.bounds.width - out.squeeze) * out.factor;
    out.height = block.bounds.height * out.factor;
    return out;
}

double gap_before(const Block& block, const Fitted& fitted, double above, double factor, bool is_strip) {
    const double letters = block.is_rule() ? above : block.letters.largest * fitted.factor;
    const double size = above > 0 ? std::min(above, letters) : letters;
    return std::clamp(block.gap * factor, 0.4 * size, (is_strip ? 0.5 : 1.6) * size);
}

}  // namespace atelier::adaptation::design_render
