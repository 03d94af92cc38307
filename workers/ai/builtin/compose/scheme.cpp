#include "workers/ai/builtin/compose/scheme.hpp"

#include <array>

#include "workers/ai/builtin/compose/figure.hpp"

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
        Scheme{"big_figure", type, 0.45, 2.6, 0, 320, " sale event education ",
               " bold swiss modern loud urgent ", figure, draw_big_figure},
        Scheme{"swiss_grid", pattern, 0.5, 2.6, 0, 320, " quote event announcement launch education ",
               " swiss minimal minimalist modern clean ", nothing, draw_swiss_grid},
        Scheme{"mosaic", pattern, 0.5, 2.4, 0, 260, " launch education promotion hiring sale ",
               " modern playful bold friendly tech ", nothing, draw_mosaic},
        Scheme{"disc", card, 0.6, 1.6, 0, 200, " greeting sale announcement invitation ",
               " festive friendly retro vintage playful warm ", nothing, draw_disc},
        Scheme{"ticket", object, 0.5, 2.6, 0, 320, " sale event invitation ",
               " retro vintage playful fun festive ", nothing, draw_ticket},
        Scheme{"magazine", full, 0.5, 2.2, 0, 320, " event launch promotion thumbnail menu ",
               " editorial elegant fashion moody cool ", nothing, draw_magazine},
        Scheme{"polaroid", object, 0.5, 2.6, 0, 320, " greeting event promotion menu hiring ",
               " friendly playful warm vintage casual ", nothing, draw_polaroid},
        Scheme{"overlap", split, 0.5, 2.6, 0, 320, " launch promotion event hiring announcement ",
               " modern bold editorial clean ", nothing, draw_overlap},
        Scheme{"rail", split, 0.5, 2.6, 0, 360, " event launch promotion announcement ",
               " modern editorial swiss professional ", nothing, draw_rail},
        Scheme{"minimal", window, 0.5, 2.6, 0, 300, " launch promotion quote invitation greeting ",
               " minimal minimalist calm elegant premium earthy clean ", nothing, draw_minimal},
        Scheme{"ribbon", object, 0.5, 2.4, 0, 260, " greeting announcement ",
               " festive vintage retro traditional warm ", nothing, draw_ribbon},
        Scheme{"columns", card, 0.5, 2.0, 0, 420, " menu invitation greeting event ",
               " floral elegant botanical traditional warm spring ", nothing, draw_columns},
        Scheme{"thumbnail", product, 0.6, 2.4, 0, 180, " thumbnail education sale ",
               " bold loud energetic playful ", subject, draw_thumbnail},
        Scheme{"sunburst", pattern, 0.5, 2.2, 0, 260, " sale announcement greeting education ",
               " retro playful festive bold cheerful fun ", nothing, draw_sunburst},
        Scheme{"corner_sticker", object, 0.5, 2.4, 0, 320, " sale promotion launch hiring ",
               " friendly modern playful fresh ", nothing, draw_corner_sticker},
        Scheme{"color_blocks", pattern, 0.5, 2.6, 0, 300, " hiring education sale announcement event ",
               " bold modern playful swiss friendly ", nothing, draw_color_blocks},
        Scheme{"wave", split, 0.45, 1.4, 0, 320, " event promotion education greeting ",
               " calm playful fresh friendly summer gentle ", nothing, draw_wave},
        Scheme{"spotlight", product, 0.45, 1.3, 0, 240, " launch sale promotion ",
               " premium modern tech elegant ", subject, draw_spotlight},
        Scheme{"strip_split", strip, 2.4, 9, 0, 400, "", "", nothing, draw_strip_split},
        Scheme{"strip_centred", strip, 2.4, 9, 0, 400, "", "", nothing, draw_strip_centred},
        Scheme{"strip_plain", strip, 2.4, 9, 0, 400, "", "", nothing, draw_strip_plain},
        Scheme{"strip_cutout", strip, 2.4, 9, 0, 400, "", "", subject, draw_strip_cutout},
        Scheme{"strip_blocks", strip, 2.4, 9, 0, 400, "", "", nothing, draw_strip_blocks},
        Scheme{"tower_below", strip, 0.1, 0.5, 0, 400, "", "", nothing, draw_tower_below},
        Scheme{"tower_blocks", strip, 0.1, 0.5, 0, 400, "", "", nothing, draw_tower_blocks},
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
        case Scheme::Needs::figure:
            return figure_of(copy).has_value();
    }
    return false;
}

}  // namespace atelier::ai::builtin::layout
