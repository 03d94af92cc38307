#pragma once
// Colours moved as little as needed: apart from each other, and readable on what is behind them.

#include "workers/ai/builtin/color/oklab.hpp"

namespace atelier::ai::builtin::layout {

/// How far two colours are apart, by OKLab's Euclidean distance: 0.02 is just seen, black and white are 1.
double distance(design::Color a, design::Color b);

/// The colour with this lightness, and at most this chroma; its hue stays.
design::Color with(design::Color color, double lightness, double most_chroma);
/// Turned around the circle of hues, in degrees.
design::Color turned(design::Color color, double degrees);

/// The colour moved in lightness, keeping hue, until it reaches the contrast (WCAG 2.1) on `ground`; towards
/// the end that has more room. Black or white where nothing else is enough.
design::Color readable_on(design::Color color, design::Color ground, double contrast);

}  // namespace atelier::ai::builtin::layout
