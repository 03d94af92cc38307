#include "workers/vision/regions.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace atelier::vision {

Region main_region(const cv::Mat& mask) {
    cv::Mat labels, stats, centres;
    const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres);
    const auto area = [&](int i) { return stats.at<int>(i, cv::CC_STAT_AREA); };
    int largest = 0, all = 0, taken = 0;
    for (int i = 1; i < count; ++i) {
        largest = std::max(largest, area(i));
        all += area(i);
    }
    Region region{{}, cv::Mat::zeros(mask.size(), CV_8U), 0};
    for (int i = 1; i < count; ++i) {
        if (area(i) * 4 < largest) continue;
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        region.box |= box;
        region.mask.setTo(255, labels == i);
        taken += area(i);
    }
    if (all > 0) region.filled = static_cast<double>(taken) / all;
    return region;
}

}  // namespace atelier::vision
