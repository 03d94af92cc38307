#include "workers/vision/text_detector.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "workers/vision/network.hpp"

namespace atelier::vision {
namespace {

constexpr int kSide = 736;
constexpr float kPixelThreshold = 0.3f;  // of the probability map
constexpr double kLineThreshold = 0.6;   // mean probability inside a region
constexpr double kGrowth = 1.6;  // the map shows shrunken text: area * growth / perimeter is added all round
constexpr double kSmallest = 3;  // px of the network's input

/// The picture in the upper left of a black square, normalised as PaddleOCR trained: BGR, ImageNet mean and
/// deviation.
cv::Mat to_blob(const cv::Mat& fitted) {
    cv::Mat square(kSide, kSide, CV_8UC3, cv::Scalar::all(0)), input;
    fitted.copyTo(square(cv::Rect({}, fitted.size())));
    cv::cvtColor(square, square, cv::COLOR_RGB2BGR);
    square.convertTo(input, CV_32FC3, 1 / 255.0);
    cv::subtract(input, cv::Scalar(0.485, 0.456, 0.406), input);
    cv::divide(input, cv::Scalar(0.229, 0.224, 0.225), input);
    return cv::dnn::blobFromImage(input);
}

double mean_inside(const cv::Mat& probability, const std::vector<cv::Point>& contour) {
    const cv::Rect around = cv::boundingRect(contour);
    cv::Mat mask = cv::Mat::zeros(around.size(), CV_8U);
    cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{contour}, cv::Scalar(255), cv::LINE_8, 0,
                 -around.tl());
    return cv::mean(probability(around), mask)[0];
}

std::optional<TextLine> to_line(const cv::Mat& probability, const std::vector<cv::Point>& contour) {
    if (contour.size() < 3) return std::nullopt;
    const cv::RotatedRect box = cv::minAreaRect(contour);
    double width = box.size.width, height = box.size.height, angle = box.angle;
    if (std::min(width, height) < kSmallest) return std::nullopt;
    const double confidence = mean_inside(probability, contour);
    if (confidence < kLineThreshold) return std::nullopt;
    const double grown = width * height * kGrowth / (width + height);
    width += grown;
    height += grown;
    if (width < height) {
        std::swap(width, height);
        angle += 90;
    }
    while (angle > 45)
        angle -= 180;
    while (angle <= -135)
        angle += 180;
    return TextLine{box.center.x, box.center.y, width, height, angle, confidence};
}

/// `other` in the frame of `line`: along and across its reading direction, from its centre.
struct Offset {
    double along = 0, across = 0;
};
Offset offset(const TextLine& line, const TextLine& other) {
    const double a = line.angle * CV_PI / 180, dx = other.centre_x - line.centre_x,
                 dy = other.centre_y - line.centre_y;
    return {dx * std::cos(a) + dy * std::sin(a), -dx * std::sin(a) + dy * std::cos(a)};
}

/// Words of one line: same direction, similar height, a small gap.
bool continues(const TextLine& line, const TextLine& word) {
    const double low = std::min(line.height, word.height), high = std::max(line.height, word.height);
    const Offset o = offset(line, word);
    const double gap = std::abs(o.along) - (line.width + word.width) / 2;
    return std::abs(line.angle - word.angle) <= 6 && low >= 0.55 * high &&
           std::abs(o.across) <= 0.35 * high && gap <= 0.5 * high;
}

TextLine join(const TextLine& line, const TextLine& word) {
    const Offset o = offset(line, word);
    const double left = std::min(-line.width / 2, o.along - word.width / 2);
    const double right = std::max(line.width / 2, o.along + word.width / 2);
    const double top = std::min(-line.height / 2, o.across - word.height / 2);
    const double bottom = std::max(line.height / 2, o.across + word.height / 2);
    const double a = line.angle * CV_PI / 180, x = (left + right) / 2, y = (top + bottom) / 2;
    return {line.centre_x + x * std::cos(a) - y * std::sin(a),
            line.centre_y + x * std::sin(a) + y * std::cos(a),
            right - left,
            bottom - top,
            line.angle,
            std::min(line.confidence, word.confidence)};
}

/// Repeats until nothing joins; the longer partner gives the direction.
std::vector<TextLine> merge_words(std::vector<TextLine> lines) {
    const auto longer = [](const TextLine& a, const TextLine& b) { return a.width > b.width; };
    for (bool again = true; again;) {
        again = false;
        std::stable_sort(lines.begin(), lines.end(), longer);
        for (std::size_t i = 0; i < lines.size() && !again; ++i) {
            for (std::size_t j = i + 1; j < lines.size() && !again; ++j) {
                if (!continues(lines[i], lines[j])) continue;
                lines[i] = join(lines[i], lines[j]);
                lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(j));
                again = true;
            }
        }
    }
    return lines;
}

std::vector<TextLine> find_lines(const cv::Mat& probability, const cv::Size& fitted) {
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(probability(cv::Rect({}, fitted)) > kPixelThreshold, contours, cv::RETR_LIST,
                     cv::CHAIN_APPROX_SIMPLE);
    std::vector<TextLine> words;
    for (const auto& contour : contours) {
        if (auto line = to_line(probability, contour)) words.push_back(*line);
    }
    return merge_words(std::move(words));
}

}  // namespace

elements::Box bounding_box(const TextLine& line, double picture_width, double picture_height) {
    const double a = line.angle * CV_PI / 180, c = std::abs(std::cos(a)), s = std::abs(std::sin(a));
    const double w = line.width * c + line.height * s, h = line.width * s + line.height * c;
    return elements::intersection({line.centre_x - w / 2, line.centre_y - h / 2, w, h},
                                  {0, 0, picture_width, picture_height});
}

struct TextDetector::State {
    mutable Network net;
};

TextDetector::TextDetector(std::unique_ptr<State> state) : state_(std::move(state)) {}
TextDetector::~TextDetector() = default;

Result<std::unique_ptr<TextDetector>> TextDetector::load(const std::filesystem::path& folder) {
    auto net = Network::load(folder, "text_detection_736.onnx");
    if (!net) return net.error();
    return std::unique_ptr<TextDetector>(new TextDetector(std::make_unique<State>(State{std::move(*net)})));
}

Result<std::vector<TextLine>> TextDetector::find(const imaging::Pixels& picture) const {
    return guarded("the text detector failed", [&]() -> Result<std::vector<TextLine>> {
        auto rgb = rgb_view(picture);
        if (!rgb) return rgb.error();
        const cv::Mat fitted = fit(*rgb, kSide);
        const cv::Mat output = state_->net.run(to_blob(fitted));
        const cv::Mat probability(kSide, kSide, CV_32F, const_cast<float*>(output.ptr<float>()));
        auto lines = find_lines(probability, fitted.size());
        const double scale = rgb->cols / static_cast<double>(fitted.cols);
        for (TextLine& line : lines) {
            for (double* length : {&line.centre_x, &line.centre_y, &line.width, &line.height})
                *length *= scale;
        }
        std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) {
            return a.width * a.height > b.width * b.height;
        });
        return lines;
    });
}

}  // namespace atelier::vision
