#include "workers/vision/subject_detector.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "workers/vision/network.hpp"
#include "workers/vision/regions.hpp"

namespace atelier::vision {
namespace {

constexpr int kSide = 256;
constexpr int kBorderColors = 5;
constexpr double kPlainGround = 12;  // distance in Lab within which a ground still looks like one colour
constexpr double kLeast = 0.2;       // confidence worth reporting

cv::Mat to_lab(const cv::Mat& rgb) {
    cv::Mat lab;
    rgb.convertTo(lab, CV_32FC3, 1 / 255.0);
    cv::cvtColor(lab, lab, cv::COLOR_RGB2Lab);
    cv::GaussianBlur(lab, lab, {}, 1.5);
    return lab;
}

std::vector<cv::Vec3f> border_pixels(const cv::Mat& lab) {
    const int margin = std::max(2, std::min(lab.cols, lab.rows) / 32);
    std::vector<cv::Vec3f> pixels;
    for (int y = 0; y < lab.rows; ++y) {
        for (int x = 0; x < lab.cols; ++x) {
            const bool inner = x >= margin && y >= margin && x < lab.cols - margin && y < lab.rows - margin;
            if (!inner) pixels.push_back(lab.at<cv::Vec3f>(y, x));
        }
    }
    return pixels;
}

/// Share of the border that looks like its median colour: near 1 for a plain ground.
double plainness(const std::vector<cv::Vec3f>& border) {
    cv::Vec3f median;
    std::vector<float> values(border.size());
    for (int channel = 0; channel < 3; ++channel) {
        std::transform(border.begin(), border.end(), values.begin(),
                       [&](const auto& lab) { return lab[channel]; });
        const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
        std::nth_element(values.begin(), middle, values.end());
        median[channel] = *middle;
    }
    const auto same = std::count_if(border.begin(), border.end(),
                                    [&](const auto& lab) { return cv::norm(lab - median) < kPlainGround; });
    return static_cast<double>(same) / static_cast<double>(border.size());
}

/// Colours that make up at least a twelfth of the picture's border.
std::vector<cv::Vec3f> border_colors(const std::vector<cv::Vec3f>& pixels) {
    const int clusters = std::min(kBorderColors, static_cast<int>(pixels.size()));
    cv::Mat labels, centres;
    cv::theRNG().state = 20;  // equal pictures, equal answers
    cv::kmeans(cv::Mat(pixels).reshape(1), clusters, labels, {cv::TermCriteria::COUNT, 12, 0}, 2,
               cv::KMEANS_PP_CENTERS, centres);
    std::vector<std::size_t> counts(static_cast<std::size_t>(clusters));
    for (int i = 0; i < labels.rows; ++i)
        ++counts[static_cast<std::size_t>(labels.at<int>(i))];
    std::vector<cv::Vec3f> colors;
    for (int i = 0; i < clusters; ++i) {
        if (counts[static_cast<std::size_t>(i)] * 12 >= pixels.size())
            colors.emplace_back(centres.ptr<float>(i));
    }
    return colors;
}

/// Distance to the nearest border colour, fading from the centre outwards.
cv::Mat border_contrast(const cv::Mat& lab, const std::vector<cv::Vec3f>& border) {
    const auto colors = border_colors(border);
    cv::Mat contrast(lab.size(), CV_32F);
    for (int y = 0; y < lab.rows; ++y) {
        for (int x = 0; x < lab.cols; ++x) {
            double nearest = std::numeric_limits<double>::max();
            for (const auto& color : colors)
                nearest = std::min(nearest, cv::norm(lab.at<cv::Vec3f>(y, x) - color));
            const double dx = (x + 0.5) / lab.cols - 0.5, dy = (y + 0.5) / lab.rows - 0.5;
            contrast.at<float>(y, x) = static_cast<float>(nearest * std::exp(-4 * (dx * dx + dy * dy)));
        }
    }
    return contrast;
}

/// Mean of the square of side 2 * radius + 1 around each pixel, cut at the edges.
cv::Vec3d box_mean(const cv::Mat& integral, int x, int y, int radius) {
    const int x0 = std::max(0, x - radius), x1 = std::min(integral.cols - 1, x + radius + 1);
    const int y0 = std::max(0, y - radius), y1 = std::min(integral.rows - 1, y + radius + 1);
    const cv::Vec3d sum = integral.at<cv::Vec3d>(y1, x1) - integral.at<cv::Vec3d>(y0, x1) -
                          integral.at<cv::Vec3d>(y1, x0) + integral.at<cv::Vec3d>(y0, x0);
    return sum * (1.0 / ((x1 - x0) * (y1 - y0)));
}

/// How far each pixel's neighbourhood differs in Lab from rings around it, summed over the scales.
cv::Mat centre_surround(const cv::Mat& lab) {
    cv::Mat integral, contrast = cv::Mat::zeros(lab.size(), CV_32F);
    cv::integral(lab, integral, CV_64F);
    for (const int radius : {12, 24, 48, 96}) {
        for (int y = 0; y < lab.rows; ++y) {
            for (int x = 0; x < lab.cols; ++x) {
                const cv::Vec3d difference = box_mean(integral, x, y, 2) - box_mean(integral, x, y, radius);
                contrast.at<float>(y, x) += static_cast<float>(cv::norm(difference));
            }
        }
    }
    return contrast;
}

cv::Mat normalised(const cv::Mat& map) {
    cv::Mat smooth;
    cv::GaussianBlur(map, smooth, {}, 3);
    cv::normalize(smooth, smooth, 0, 1, cv::NORM_MINMAX);
    return smooth;
}

cv::Mat above_otsu(const cv::Mat& map) {
    cv::Mat scaled, mask;
    cv::normalize(map, scaled, 0, 255, cv::NORM_MINMAX);
    scaled.convertTo(scaled, CV_8U);
    cv::threshold(scaled, mask, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    return mask;
}

/// Lets colours decide where the region ends (Rother et al., "GrabCut", 2004): the region itself is probably
/// subject, a wide band around it may be, the rest is not. The region comes back where that swallows nearly
/// all or nothing.
Region refined(const cv::Mat& rgb, const Region& rough) {
    const cv::Rect all({}, rough.mask.size());
    const cv::Point reach(rough.box.width / 4 + 2, rough.box.height / 4 + 2);
    const cv::Rect band = cv::Rect(rough.box.tl() - reach, rough.box.br() + reach) & all;
    cv::Mat labels(rough.mask.size(), CV_8U, cv::Scalar(cv::GC_BGD)), background, foreground;
    labels(band).setTo(cv::GC_PR_BGD);
    labels.setTo(cv::GC_PR_FGD, rough.mask);
    if (cv::countNonZero(labels == cv::GC_BGD) == 0) labels.row(0).setTo(cv::GC_BGD);
    cv::theRNG().state = 20;
    cv::grabCut(rgb, labels, {}, background, foreground, 2, cv::GC_INIT_WITH_MASK);
    cv::Mat cut = (labels == cv::GC_FGD) | (labels == cv::GC_PR_FGD);
    const cv::Mat disc = cv::getStructuringElement(cv::MORPH_ELLIPSE, {5, 5});
    cv::morphologyEx(cut, cut, cv::MORPH_OPEN, disc);
    const int before = cv::countNonZero(rough.mask), after = cv::countNonZero(cut);
    if (after < before * 0.7 || after > before * 2.0) return rough;
    return main_region(cut);
}

double ramp(double value, double from, double to) {
    return std::clamp((value - from) / (to - from), 0.0, 1.0);
}

/// Share of the picture's border that the region touches.
double border_share(const cv::Mat& mask) {
    const int touched = cv::countNonZero(mask.row(0)) + cv::countNonZero(mask.row(mask.rows - 1)) +
                        cv::countNonZero(mask.col(0)) + cv::countNonZero(mask.col(mask.cols - 1));
    return touched / (2.0 * (mask.cols + mask.rows));
}

/// How much the region stands out, or how plain the ground is that it lies on, whichever says more.
/// Noise on an empty ground has contrast too, once it is normalised: `distances` tells, in Lab.
double confidence_of(const cv::Mat& map, const Region& region, double plain, const cv::Mat& distances) {
    const cv::Mat outside = region.mask == 0;
    const double covered =
        1 - static_cast<double>(cv::countNonZero(outside)) / static_cast<double>(map.total());
    if (covered < 0.01 || covered > 0.95) return 0;
    const double contrast = cv::mean(map, region.mask)[0] - cv::mean(map, outside)[0];
    const double density = cv::countNonZero(region.mask) / static_cast<double>(region.box.area());
    return std::max(ramp(contrast, 0.1, 0.5), ramp(plain, 0.6, 0.95)) *
           ramp(cv::mean(distances, region.mask)[0], 2, 6) * ramp(density, 0.2, 0.6) *
           ramp(region.filled, 0.3, 0.9) * (1 - ramp(border_share(region.mask), 0.1, 0.4));
}

}  // namespace

Result<std::optional<elements::Element>> find_subject(const imaging::Pixels& picture,
                                                      const PersonMask& people) {
    return guarded("the subject detector failed", [&]() -> Result<std::optional<elements::Element>> {
        auto rgb = rgb_view(picture);
        if (!rgb) return rgb.error();
        const cv::Mat small = fit(*rgb, kSide);
        const cv::Mat lab = to_lab(small);
        const auto border = border_pixels(lab);
        const cv::Mat mask(PersonMask::kSide, PersonMask::kSide, CV_32F,
                           const_cast<float*>(people.probability.data()));
        cv::Mat person;
        cv::resize(mask, person, lab.size());
        const cv::Mat distances = border_contrast(lab, border);
        const cv::Mat map = (normalised(distances) + normalised(centre_surround(lab)) + person) / 3;
        const Region rough = main_region(above_otsu(map));
        if (rough.box.empty()) return std::optional<elements::Element>{};
        const double confidence = confidence_of(map, rough, plainness(border), distances);
        if (confidence < kLeast) return std::optional<elements::Element>{};
        const Region region = refined(small, rough);
        const double sx = rgb->cols / static_cast<double>(lab.cols),
                     sy = rgb->rows / static_cast<double>(lab.rows);
        const elements::Box box{region.box.x * sx, region.box.y * sy, region.box.width * sx,
                                region.box.height * sy};
        return std::optional(elements::Element{elements::Kind::product, box, confidence, ""});
    });
}

}  // namespace atelier::vision
