#include <array>

#include "queues/pipelines/kinds.hpp"

namespace atelier::queues {

std::span<const Pipeline* const> pipelines() {
    static constexpr std::array kAll{&kAssetAnalysis,  &kAdaptation, &kManualEdit,       &kDesignExport,  &kProviderProbe,
                                     &kBrandProposal,  &kBrief,      &kDesignGeneration, &kDesignEdit,
                                     &kDesignPictures, &kSmartImages};
    return kAll;
}

}  // namespace atelier::queues
