#pragma once
// The job kinds, one file each; table.cpp lists them.

#include "queues/pipelines/pipeline.hpp"

namespace atelier::queues {

extern const Pipeline kAssetAnalysis;  ///< a project's new photos: analyse, moderate
extern const Pipeline kAdaptation;     ///< a project's photos into formats: rank, adapt, moderate
extern const Pipeline kManualEdit;     ///< one picture again, with a person's edits: adapt, moderate
extern const Pipeline kDesignExport;   ///< a design's revision as a file: render, moderate
extern const Pipeline kBrandProposal;  ///< a brand kit from a logo
extern const Pipeline kBrief;          ///< a prompt read into a brief
extern const Pipeline
    kDesignGeneration;              ///< designs from a prompt: brief, compose, make images, finish, moderate
extern const Pipeline kDesignEdit;  ///< a design changed as an instruction says
extern const Pipeline kDesignPictures;  ///< the smart images of a design
extern const Pipeline kSmartImages;     ///< pictures on their own: made, edited, outpainted
extern const Pipeline kProviderProbe;   ///< whether a provider of AI works

}  // namespace atelier::queues
