#include "workers/vision/face_detector.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "workers/vision/network.hpp"

namespace atelier::vision {
namespace {

constexpr int kWindow = 192;              // the network's input side
constexpr int kCells = 48;                // anchors a side
constexpr double kThreshold = 0.5;        // for the whole picture
constexpr double kWindowThreshold = 0.7;  // windows show textures larger than life: ask for more,
constexpr double kCrowdThreshold = 0.6;   // but less where there are people anyway
constexpr int kStride = 128;  // leaves an overlap of 64 px, the largest face that a finer level has to see
constexpr int kCrowd = 3;     // so many faces, or
constexpr double kSmallFace = 48;  // one so small (px of the level), send the search one level deeper

struct Face {
    cv::Rect2d box;
    double score = 0;
};

double sigmoid(double v) {
    return 1 / (1 + std::exp(-v));
}

/// Faces of one 192 px window, in its pixels.
std::vector<Face> scan_window(Network& net, const cv::Mat& window, double threshold) {
    const cv::Mat blob = cv::dnn::blobFromImage(window, 1 / 127.5, {}, cv::Scalar::all(127.5));
    const auto outputs = net.run(blob, {"reshaped_classifier_face_4", "reshaped_regressor_face_4"});
    const float* scores = outputs[0].ptr<float>();
    const float* boxes = outputs[1].ptr<float>();
    std::vector<Face> faces;
    for (int cell = 0; cell < kCells * kCells; ++cell) {
        const double score = sigmoid(scores[cell]);
        if (!(score >= threshold)) continue;
        const double anchor_x = (cell % kCells + 0.5) * kWindow / kCells,
                     anchor_y = (cell / kCells + 0.5) * kWindow / kCells;
        const float* b = boxes + cell * 16;  // centre offset and size; the rest are landmarks
        faces.push_back({{anchor_x + b[0] - b[2] / 2, anchor_y + b[1] - b[3] / 2, b[2], b[3]}, score});
    }
    return faces;
}

/// Start positions of windows that cover `length` evenly.
std::vector<int> window_starts(int length) {
    if (length <= kWindow) return {0};
    const int gaps = (length - kWindow + kStride - 1) / kStride;
    std::vector<int> starts;
    for (int i = 0; i <= gaps; ++i)
        starts.push_back(static_cast<int>(std::lround((length - kWindow) * i / double(gaps))));
    return starts;
}

/// True where an edge of the window that is not an edge of the picture cuts the face.
bool is_cut(const cv::Rect2d& face, const cv::Rect& window, const cv::Size& level) {
    constexpr double kMargin = 2;
    return (window.x > 0 && face.x < window.x + kMargin) || (window.y > 0 && face.y < window.y + kMargin) ||
           (window.br().x < level.width && face.br().x > window.br().x - kMargin) ||
           (window.br().y < level.height && face.br().y > window.br().y - kMargin);
}

std::vector<Face> scan_level(Network& net, const cv::Mat& level, double threshold) {
    std::vector<Face> found;
    for (int y : window_starts(level.rows)) {
        for (int x : window_starts(level.cols)) {
            const cv::Rect window = cv::Rect(x, y, kWindow, kWindow) & cv::Rect({}, level.size());
            cv::Mat input(kWindow, kWindow, CV_8UC3, cv::Scalar::all(0));
            const cv::Point offset((kWindow - window.width) / 2, (kWindow - window.height) / 2);
            level(window).copyTo(input(cv::Rect(offset, window.size())));
            for (Face face : scan_window(net, input, threshold)) {
                face.box += cv::Point2d(window.tl() - offset);
                if (!is_cut(face.box, window, level.size())) found.push_back(face);
            }
        }
    }
    return found;
}

double area_of_both(const cv::Rect2d& a, const cv::Rect2d& b) {
    return (a & b).area();
}

/// Keeps the most confident of faces that lie on or in each other.
std::vector<Face> merge(std::vector<Face> faces) {
    std::stable_sort(faces.begin(), faces.end(),
                     [](const Face& a, const Face& b) { return a.score > b.score; });
    std::vector<Face> kept;
    for (const Face& face : faces) {
        const bool is_new = std::none_of(kept.begin(), kept.end(), [&](const Face& other) {
            const double common = area_of_both(face.box, other.box);
            return common > 0.3 * (face.box.area() + other.box.area() - common) ||
                   common > 0.6 * std::min(face.box.area(), other.box.area());
        });
        if (is_new) kept.push_back(face);
    }
    return kept;
}

bool suggests_crowd(const std::vector<Face>& faces) {
    return faces.size() >= kCrowd ||
           std::any_of(faces.begin(), faces.end(), [](const Face& f) { return f.box.width < kSmallFace; });
}

/// Drops the doubtful faces of a level of windows unless enough certain ones make it a crowd.
std::vector<Face> believable(std::vector<Face> faces) {
    const auto certain = [](const Face& face) { return face.score >= kWindowThreshold; };
    if (std::count_if(faces.begin(), faces.end(), certain) < kCrowd) {
        std::erase_if(faces, [&](const Face& face) { return !certain(face); });
    }
    return faces;
}

std::vector<elements::Element> to_elements(const std::vector<Face>& faces, const cv::Size& size) {
    std::vector<elements::Element> found;
    for (const Face& face : faces) {
        const cv::Rect2d box = face.box & cv::Rect2d(0, 0, size.width, size.height);
        if (box.empty()) continue;
        found.push_back({elements::Kind::face, {box.x, box.y, box.width, box.height}, face.score, ""});
    }
    return found;
}

}  // namespace

struct FaceDetector::State {
    mutable Network net;
};

FaceDetector::FaceDetector(std::unique_ptr<State> state) : state_(std::move(state)) {}
FaceDetector::~FaceDetector() = default;

Result<std::unique_ptr<FaceDetector>> FaceDetector::load(const std::filesystem::path& folder) {
    auto net = Network::load(folder, "face_full_range.onnx");
    if (!net) return net.error();
    return std::unique_ptr<FaceDetector>(new FaceDetector(std::make_unique<State>(State{std::move(*net)})));
}

Result<std::vector<elements::Element>> FaceDetector::find(const imaging::Pixels& picture) const {
    return guarded("the face detector failed", [&]() -> Result<std::vector<elements::Element>> {
        auto rgb = rgb_view(picture);
        if (!rgb) return rgb.error();
        std::vector<Face> all;
        for (int side = kWindow; side <= 4 * kWindow; side *= 2) {
            const bool is_whole = side == kWindow;
            if (!is_whole && side > std::max(rgb->cols, rgb->rows)) break;
            const cv::Mat level = fit(*rgb, side);
            auto faces = merge(scan_level(state_->net, level, is_whole ? kThreshold : kCrowdThreshold));
            if (!is_whole) faces = believable(std::move(faces));
            const bool go_on = is_whole || suggests_crowd(faces);
            const double scale = rgb->cols / static_cast<double>(level.cols);
            for (Face& face : faces)
                all.push_back({{face.box.tl() * scale, face.box.br() * scale}, face.score});
            if (!go_on) break;
        }
        return to_elements(merge(std::move(all)), rgb->size());
    });
}

}  // namespace atelier::vision
