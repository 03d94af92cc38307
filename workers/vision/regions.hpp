#pragma once
// Private to this folder: the main connected region of a mask.

#include <opencv2/core.hpp>

namespace atelier::vision {

struct Region {
    cv::Rect box;       ///< empty when the mask is
    cv::Mat mask;       ///< 8 bits, 255 inside
    double filled = 0;  ///< share of the whole mask's pixels that belong to the region
};

/// The largest connected part and those of at least a quarter of its size.
Region main_region(const cv::Mat& mask);

}  // namespace atelier::vision
