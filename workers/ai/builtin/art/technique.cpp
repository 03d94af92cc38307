#include "workers/ai/builtin/art/technique.hpp"

#include <array>

namespace atelier::ai::builtin::art {
namespace {

constexpr std::array kTechniques{
    Technique{"gradient_mesh", paint_gradient_mesh,
              "gradient mesh|mesh gradient|gradient|gradients|aurora|color wash|colour wash|soft "
              "blur|blurred colors|blurred colours|ombre|holographic",
              "modern|tech|technology|startup|saas|app|software|minimal|fresh|clean|wellness|finance|"
              "futuristic|digital"},
    Technique{"flow", paint_flow,
              "noise field|flow "
              "field|flowing|flow|fluid|liquid|topographic|contour|contours|smoke|abstract|organic "
              "shapes|organic curves|swirls",
              "creative|art|artistic|dreamy|jazz|music|coffee|organic|calm|meditation|spa"},
    Technique{"bokeh", paint_bokeh,
              "bokeh|bokeh lights|fairy lights|blurred lights|light orbs|glitter|out of focus|festive "
              "lights|string lights|sparkling lights",
              "diwali|deepavali|christmas|luxury|luxurious|romantic|evening|gala|premium|glamour|night|nye|"
              "eid|ramadan|hanukkah|elegant"},
    Technique{"low_poly", paint_low_poly,
              "low poly|lowpoly|polygon|polygonal|faceted|facets|triangles|crystal|origami",
              "gaming|game|esports|sporty|dynamic|engineering|crypto"},
    Technique{
        "paper_cut", paint_paper_cut,
        "paper cut|papercut|paper art|layered paper|layered waves|paper waves|cut paper|paper layers",
        "summer|ocean|sea|beach|travel|playful|friendly|family|environment|lunar new year|mid autumn|kids"},
    Technique{"isometric", paint_isometric,
              "isometric|isometry|3d blocks|blocks|cubes|building blocks|iso shapes",
              "coding|code|developer|developers|data|blockchain|construction|logistics|cloud "
              "computing|camp|robotics|education"},
    Technique{"halftone", paint_halftone,
              "halftone|half tone|pop art|comic dots|comic|dot pattern|dots|risograph|screen print",
              "sneakers|streetwear|urban|bold|energetic|retro|punk|youth|black friday|hip hop|edgy"},
    Technique{"botanical", paint_botanical,
              "botanical "
              "pattern|botanical|botanicals|floral|florals|flowers|flower|leaves|leaf|foliage|greenery|"
              "tropical leaves|eucalyptus|blossoms|blossom|petals|garden",
              "wedding|spring|mother's day|mothers day|bridal|natural|vegan|skincare|beauty|women's "
              "day|easter|eco|bloom|baby shower|valentine|brunch|herbal|sustainable"},
    Technique{
        "geometric", paint_geometric,
        "geometric pattern|geometric shapes|geometric|bauhaus|memphis|terrazzo|truchet|mosaic|tiles|tile "
        "pattern|shapes|mid century|art deco|swiss grid|grid pattern|circles",
        "swiss|design|architecture|conference|workshop|museum|exhibition|hiring|recruitment|jobs|school|kids|"
        "quote|typographic"},
    Technique{"rays", paint_rays,
              "light rays|sun rays|sunrays|sunbeams|god "
              "rays|rays|sunburst|starburst|burst|radial|spotlight|spotlights|beams",
              "sale|mega sale|offer|discount|deal|announcement|launch|grand opening|winner|independence "
              "day|lunar new year|heroic"},
    Technique{
        "celebration", paint_celebration,
        "confetti|fireworks|firework|streamers|party popper|celebration|sparklers",
        "birthday|party|anniversary|new year|graduation|congratulations|festival|carnival|holi|celebrate"},
    Technique{"silk", paint_silk,
              "silk|satin|ribbon|ribbons|drapery|fabric|fabric waves|wavy lines|line "
              "waves|waves|wave|curves|folds|velvet",
              "fashion|perfume|cosmetics|jewellery|jewelry|sophisticated|salon|black tie|premium sale"},
    Technique{"studio", paint_studio,
              "studio backdrop|studio|plain background|solid background|solid color|solid colour|seamless "
              "paper|podium|stage|pedestal|product stage|empty room|vignette",
              "product|ecommerce|minimalist|photography|photographer|portrait|shop|corporate|professional|"
              "business|furniture"},
    Technique{
        "marble", paint_marble,
        "marble|gold foil|foil|foil texture|stone texture|stone|veins|alcohol ink|ink|watercolor|watercolour",
        "spa treatment|interior|real estate|hotel|champagne|law|bank"},
    Technique{"sky", paint_sky,
              "starfield|starry sky|stars|starry|night sky|galaxy|space|cosmos|milky "
              "way|snow|snowfall|snowflakes|falling snow|constellation",
              "winter|cosmic|astronomy|dream|sleep|christmas eve|science|science fiction|silent night"},
    Technique{"landscape", paint_landscape,
              "landscape|hills|rolling hills|mountains|mountain "
              "range|mountain|sunset|sunrise|dunes|desert|forest|horizon|valley|meadow",
              "outdoor|outdoors|hiking|nature|adventure|autumn|fall|thanksgiving|yoga|retreat|mindfulness|"
              "camping|harvest|farm"},
    Technique{"skyline", paint_skyline,
              "city skyline|skyline|cityscape|city|buildings|skyscrapers|downtown|rooftops|metropolis",
              "nightlife|rooftop|club|urban living|commute|apartment|realtor|delivery"},
};

}  // namespace

std::span<const Technique> techniques() {
    return kTechniques;
}

}  // namespace atelier::ai::builtin::art
