#include "workers/ai/builtin/compose/scheme.hpp"

#include <array>

namespace atelier::ai::builtin::layout {

std::span<const Scheme> schemes() {
    using enum SchemeKind;
    using enum Scheme::Needs;
    static constexpr std::array kSchemes{
        Scheme{"split", split, 0.95, 3.4, 0, 600, " launch hiring promotion education menu ",
               " modern clean friendly editorial ", nothing, draw_split},
        Scheme{"split_stacked", split, 0.4, 1.25, 0, 600, " event launch menu invitation ",
               " modern clean friendly editorial ", nothing, draw_split_stacked},
        Scheme{"diagonal", split, 0.7, 3.2, 0, 320, " sale event thumbnail promotion ",
               " bold energetic sporty dynamic loud ", nothing, draw_diagonal},
        Scheme{"sidebar", split, 0.95, 3.2, 0, 400, " event education announcement hiring ",
               " modern professional swiss editorial ", nothing, draw_sidebar},
        Scheme{"full_bleed", full, 0.5, 3.4, 0, 420, " event promotion greeting launch ",
               " dramatic elegant premium festive calm ", nothing, draw_full_bleed},
        Scheme{"full_bleed_bottom", full, 0.4, 1.5, 0, 420, " event promotion launch thumbnail ",
               " dramatic moody editorial bold ", nothing, draw_full_bleed_bottom},
        Scheme{"band", full, 0.5, 2.4, 0, 260, " sale announcement greeting event ",
               " bold festive friendly ", nothing, draw_band},
        Scheme{"centred_card", card, 0.5, 2.4, 0, 420, " invitation greeting announcement event sale ",
               " calm elegant floral pastel festive ", nothing, draw_centred_card},
        Scheme{"framed", card, 0.5, 2.6, 0, 420, " invitation greeting quote event ",
               " premium luxury elegant classic romantic calm gold ", nothing, draw_framed},
        Scheme{"quote_card", type, 0.5, 2.6, 0, 260, " quote ", " minimal calm swiss ", nothing,
               draw_quote_card},
        Scheme{"giant_type", type, 0.5, 2.6, 0, 340, " sale thumbnail event quote announcement ",
               " bold swiss loud minimal ", nothing, draw_giant_type},
        Scheme{"stacked_type", type, 0.5, 2.2, 0, 400, " quote event sale education thumbnail hiring ",
               " bold swiss modern playful loud ", nothing, draw_stacked_type},
        Scheme{"product_podium", product, 0.5, 1.35, 0, 260, " sale launch promotion ",
               " premium modern playful ", subject, draw_product_podium},
        Scheme{"product_side", product, 1.1, 3.4, 0, 400,
               " sale launch promotion thumbnail hiring education ", " modern bold premium playful ", subject,
               draw_product_side},
        Scheme{"circle_window", window, 0.5, 2.4, 0, 360, " promotion launch education hiring greeting ",
               " friendly playful modern calm ", nothing, draw_circle_window},
        Scheme{"arch_window", window, 0.5, 2.0, 0, 360, " invitation event promotion greeting menu ",
               " elegant calm romantic pastel earthy floral premium ", nothing, draw_arch_window},
        Scheme{"strip_split", strip, 2.4, 9, 0, 400, "", "", nothing, draw_strip_split},
        Scheme{"strip_centred", strip, 2.4, 9, 0, 400, "", "", nothing, draw_strip_centred},
        Scheme{"strip_plain", strip, 2.4, 9, 0, 400, "", "", nothing, draw_strip_plain},
        Scheme{"tower_picture", strip, 0.1, 0.5, 0, 400, "", "", nothing, draw_tower_picture},
        Scheme{"tower_plain", strip, 0.1, 0.5, 0, 400, "", "", nothing, draw_tower_plain},
    };
    return kSchemes;
}

bool is_fit(const Scheme& scheme, const Brief& brief, const Copy& copy, double ratio) {
    if (ratio < scheme.least_ratio || ratio > scheme.most_ratio) return false;
    const int letters = int(copy.kicker.size() + copy.headline.size() + copy.subheadline.size() +
                            copy.body.size() + copy.cta.size() + copy.badge.size() + copy.caption.size());
    if (letters < scheme.least_letters || letters > scheme.most_letters) return false;
    switch (scheme.needs) {
        case Scheme::Needs::nothing:
            return true;
        case Scheme::Needs::subject:
            return !brief.subject.empty() || !brief.motifs.empty();
        case Scheme::Needs::badge:
            return !copy.badge.empty();
        case Scheme::Needs::caption:
            return !copy.caption.empty();
    }
    return false;
}

}  // namespace atelier::ai::builtin::layout
