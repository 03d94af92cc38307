#include "workers/vision/palette.hpp"

#include <algorithm>
#include <cstdio>
#include <opencv2/imgproc.hpp>

#include "workers/vision/network.hpp"

namespace atelier::vision {
namespace {

constexpr int kSampleSide = 96;
constexpr double kSameColor = 9;  // distance in Lab under which two clusters look like one colour

struct Cluster {
    cv::Vec3f lab;
    int pixels = 0;
};

std::vector<Cluster> find_clusters(cv::Mat rgb, int count) {
    cv::Mat lab, labels, centres;
    rgb.convertTo(lab, CV_32FC3, 1 / 255.0);
    cv::cvtColor(lab, lab, cv::COLOR_RGB2Lab);
    const cv::Mat samples = lab.reshape(1, static_cast<int>(lab.total()));
    count = std::min(count, samples.rows);
    cv::theRNG().state = 20;  // k-means++ draws its seeds from this thread's generator
    cv::kmeans(samples, count, labels, {cv::TermCriteria::COUNT + cv::TermCriteria::EPS, 30, 0.1}, 3,
               cv::KMEANS_PP_CENTERS, centres);
    std::vector<Cluster> clusters(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        clusters[static_cast<std::size_t>(i)].lab = cv::Vec3f(centres.ptr<float>(i));
    for (int i = 0; i < labels.rows; ++i)
        ++clusters[static_cast<std::size_t>(labels.at<int>(i))].pixels;
    return clusters;
}

/// Folds a cluster into a larger one that looks the same.
std::vector<Cluster> merge_similar(std::vector<Cluster> clusters) {
    std::stable_sort(clusters.begin(), clusters.end(),
                     [](const auto& a, const auto& b) { return a.pixels > b.pixels; });
    std::vector<Cluster> kept;
    for (const Cluster& cluster : clusters) {
        const auto same = std::find_if(kept.begin(), kept.end(), [&](const Cluster& other) {
            return cv::norm(other.lab - cluster.lab) < kSameColor;
        });
        if (same == kept.end()) {
            if (cluster.pixels > 0) kept.push_back(cluster);
            continue;
        }
        const float weight =
            static_cast<float>(cluster.pixels) / static_cast<float>(same->pixels + cluster.pixels);
        same->lab += (cluster.lab - same->lab) * weight;
        same->pixels += cluster.pixels;
    }
    std::stable_sort(kept.begin(), kept.end(),
                     [](const auto& a, const auto& b) { return a.pixels > b.pixels; });
    return kept;
}

std::string to_hex(const cv::Vec3f& lab) {
    cv::Mat pixel(1, 1, CV_32FC3, cv::Scalar(lab[0], lab[1], lab[2]));
    cv::cvtColor(pixel, pixel, cv::COLOR_Lab2RGB);
    pixel.convertTo(pixel, CV_8UC3, 255);
    const auto rgb = pixel.at<cv::Vec3b>(0, 0);
    char text[8];
    std::snprintf(text, sizeof text, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
    return text;
}

}  // namespace

Result<std::vector<Swatch>> find_palette(const imaging::Pixels& picture, int count) {
    return guarded("the palette failed", [&]() -> Result<std::vector<Swatch>> {
        auto rgb = rgb_view(picture);
        if (!rgb) return rgb.error();
        const cv::Mat sample = fit(*rgb, kSampleSide);
        std::vector<Swatch> palette;
        for (const Cluster& cluster : merge_similar(find_clusters(sample, std::clamp(count, 1, 12)))) {
            palette.push_back({to_hex(cluster.lab), cluster.pixels / static_cast<double>(sample.total())});
        }
        return palette;
    });
}

}  // namespace atelier::vision
