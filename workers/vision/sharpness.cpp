#include "workers/vision/sharpness.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "workers/vision/network.hpp"

namespace atelier::vision {
namespace {

constexpr int kSide = 1024;
constexpr int kFields = 4;
constexpr double kHalfway = 300;  // variance that counts as 0.5

double variance(const cv::Mat& values) {
    cv::Scalar mean, deviation;
    cv::meanStdDev(values, mean, deviation);
    return deviation[0] * deviation[0];
}

}  // namespace

Result<double> measure_sharpness(const imaging::Pixels& picture) {
    return guarded("the sharpness measure failed", [&]() -> Result<double> {
        auto rgb = rgb_view(picture);
        if (!rgb) return rgb.error();
        cv::Mat luma, edges;
        cv::cvtColor(fit(*rgb, kSide), luma, cv::COLOR_RGB2GRAY);
        cv::Laplacian(luma, edges, CV_32F);
        double best = 0;
        for (int row = 0; row < kFields; ++row) {
            for (int column = 0; column < kFields; ++column) {
                const cv::Point from(edges.cols * column / kFields, edges.rows * row / kFields);
                const cv::Point to(edges.cols * (column + 1) / kFields, edges.rows * (row + 1) / kFields);
                if (to.x > from.x && to.y > from.y)
                    best = std::max(best, variance(edges(cv::Rect(from, to))));
            }
        }
        return best / (best + kHalfway);
    });
}

}  // namespace atelier::vision
