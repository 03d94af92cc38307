#include "workers/vision/network.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace atelier::vision {

Result<std::filesystem::path> find_model(const std::filesystem::path& folder, std::string_view file) {
    auto path = folder / file;
    std::error_code failure;
    if (std::filesystem::is_regular_file(path, failure)) return path;
    return internal("the model file " + path.string() + " is missing");
}

Result<Network> Network::load(const std::filesystem::path& folder, std::string_view file) {
    auto path = find_model(folder, file);
    if (!path) return path.error();
    return guarded("cannot load the model file " + path->string(), [&]() -> Result<Network> {
        cv::setNumThreads(1);
        return Network(cv::dnn::readNetFromONNX(path->string()));
    });
}

std::vector<cv::Mat> Network::run(const cv::Mat& blob, const std::vector<std::string>& outputs) {
    std::vector<cv::Mat> results;
    std::lock_guard lock(mutex_);
    net_.setInput(blob);
    net_.forward(results, outputs);
    // The network overwrites its outputs in the next run, which may be another thread's.
    for (auto& result : results)
        result = result.clone();
    return results;
}

cv::Mat Network::run(const cv::Mat& blob) {
    std::lock_guard lock(mutex_);
    net_.setInput(blob);
    return net_.forward().clone();
}

Result<cv::Mat> rgb_view(const imaging::Pixels& picture) {
    const auto width = static_cast<std::size_t>(std::max(picture.width, 0));
    const auto height = static_cast<std::size_t>(std::max(picture.height, 0));
    if (width == 0 || height == 0 || picture.rgb.size() != width * height * 3) {
        return internal("a picture of " + std::to_string(picture.width) + " x " +
                        std::to_string(picture.height) + " pixels cannot have " +
                        std::to_string(picture.rgb.size()) + " bytes");
    }
    // OpenCV has no read-only view; nobody here writes to it.
    return cv::Mat(picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.rgb.data()));
}

cv::Mat fit(const cv::Mat& rgb, int side) {
    const double scale = static_cast<double>(side) / std::max(rgb.cols, rgb.rows);
    if (scale >= 1) return rgb;
    const int width = std::max(1, static_cast<int>(std::lround(rgb.cols * scale)));
    const int height = std::max(1, static_cast<int>(std::lround(rgb.rows * scale)));
    cv::Mat small;
    cv::resize(rgb, small, {width, height}, 0, 0, cv::INTER_AREA);
    return small;
}

}  // namespace atelier::vision
