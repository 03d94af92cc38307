#include "workers/vision/nsfw_classifier.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "workers/vision/network.hpp"

namespace atelier::vision {
namespace {

constexpr int kSide = 224;

struct Tap {
    int before = 0, after = 0;
    float weight = 0;  // of `after`
};

/// Where output pixel `i` lies among `length` input pixels when the outermost pixel centres coincide.
Tap tap(int i, int length) {
    const float position = static_cast<float>(i) * (static_cast<float>(length - 1) / (kSide - 1));
    const int before = static_cast<int>(position);
    return {before, std::min(length - 1, static_cast<int>(std::ceil(position))),
            position - static_cast<float>(before)};
}

/// TensorFlow's resizeBilinear with alignCorners, of RGB / 255, without a float copy of the whole picture.
cv::Mat resize_align_corners(const cv::Mat& rgb) {
    cv::Mat out(kSide, kSide, CV_32FC3);
    for (int y = 0; y < kSide; ++y) {
        const Tap v = tap(y, rgb.rows);
        for (int x = 0; x < kSide; ++x) {
            const Tap h = tap(x, rgb.cols);
            const auto along = [&](int row, int channel) {
                const float a = rgb.at<cv::Vec3b>(row, h.before)[channel] / 255.f;
                const float b = rgb.at<cv::Vec3b>(row, h.after)[channel] / 255.f;
                return a + (b - a) * h.weight;
            };
            for (int c = 0; c < 3; ++c) {
                const float top = along(v.before, c), bottom = along(v.after, c);
                out.at<cv::Vec3f>(y, x)[c] = top + (bottom - top) * v.weight;
            }
        }
    }
    return out;
}

/// Squeezed into a square, a banner's people are no people any more and the scores are noise: a group photo's
/// strip of 728 × 90 scored 0.67 porn. Mirroring it out keeps the proportions and adds nothing that is not
/// there (the same strip: 0.00).
cv::Mat mirrored_out(const cv::Mat& rgb) {
    constexpr double kElongated = 2.0, kAspect = 1.5;
    constexpr int kLongest = 2048;  // bounds the canvas, whose area grows with the square of the longer side
    const int longer = std::max(rgb.rows, rgb.cols), shorter = std::min(rgb.rows, rgb.cols);
    if (longer <= shorter * kElongated) return rgb;
    cv::Mat strip = rgb, canvas;
    if (longer > kLongest) {
        const double scale = static_cast<double>(kLongest) / longer;
        const cv::Size size(std::max(1, cvRound(rgb.cols * scale)), std::max(1, cvRound(rgb.rows * scale)));
        cv::resize(rgb, strip, size, 0, 0, cv::INTER_AREA);
    }
    const int missing_rows = std::max(0, cvRound(strip.cols / kAspect) - strip.rows);
    const int missing_cols = std::max(0, cvRound(strip.rows / kAspect) - strip.cols);
    cv::copyMakeBorder(strip, canvas, missing_rows / 2, missing_rows - missing_rows / 2, missing_cols / 2,
                       missing_cols - missing_cols / 2, cv::BORDER_REFLECT);
    return canvas;
}

Result<NsfwScores> to_scores(const cv::Mat& output) {
    if (output.total() != 5) return internal("the NSFW model does not answer with five scores");
    const float* p = output.ptr<float>();
    const NsfwScores scores{p[0], p[1], p[2], p[3], p[4]};
    const double sum = scores.drawing + scores.hentai + scores.neutral + scores.porn + scores.sexy;
    if (!(std::abs(sum - 1) < 1e-3)) return internal("the NSFW model's scores are not probabilities");
    return scores;
}

}  // namespace

struct NsfwClassifier::State {
    mutable Network net;
};

NsfwClassifier::NsfwClassifier(std::unique_ptr<State> state) : state_(std::move(state)) {}
NsfwClassifier::~NsfwClassifier() = default;

Result<std::unique_ptr<NsfwClassifier>> NsfwClassifier::load(const std::filesystem::path& folder) {
    auto net = Network::load(folder, "nsfw_mobilenet_v2.onnx");
    if (!net) return net.error();
    return std::unique_ptr<NsfwClassifier>(
        new NsfwClassifier(std::make_unique<State>(State{std::move(*net)})));
}

Result<NsfwScores> NsfwClassifier::classify(const imaging::Pixels& picture) const {
    return guarded("the NSFW classifier failed", [&]() -> Result<NsfwScores> {
        auto rgb = rgb_view(picture);
        if (!rgb) return rgb.error();
        return to_scores(state_->net.run(cv::dnn::blobFromImage(resize_align_corners(mirrored_out(*rgb)))));
    });
}

}  // namespace atelier::vision
