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
    Technique{
        "paper_cut", paint_paper_cut,
        "paper cut|papercut|paper art|layered paper|layered waves|paper waves|cut paper|paper layers",
        "summer|ocean|sea|beach|travel|playful|friendly|family|environment|lunar new year|mid-autumn|kids"},
    Technique{"rays", paint_rays,
              "light rays|sun rays|sunrays|sunbeams|god "
              "rays|rays|sunburst|starburst|burst|radial|spotlight|spotlights|beams",
              "sale|mega sale|offer|discount|deal|announcement|launch|grand opening|winner|independence "
              "day|lunar new year|heroic"},
    Technique{"studio", paint_studio,
              "studio backdrop|studio|backdrop|plain background|plain|solid background|solid color|solid "
              "colour|seamless paper|podium|stage|pedestal|product stage|empty room|vignette",
              "product|ecommerce|minimalist|photography|photographer|portrait|shop|corporate|professional|"
              "business|furniture"},
};

}  // namespace

std::span<const Technique> techniques() {
    return kTechniques;
}

}  // namespace atelier::ai::builtin::art
