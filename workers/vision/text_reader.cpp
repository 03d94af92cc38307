#include "workers/vision/text_reader.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <opencv2/imgproc.hpp>

#include "workers/vision/network.hpp"

namespace atelier::vision {
namespace {

constexpr int kHeight = 48;
constexpr int kWidth = 320;
constexpr const char* kKeysFile = "text_recognition_keys.txt";

/// One character a line; class 0 of the network is CTC's blank, the last one the space.
Result<std::vector<std::string>> load_keys(const std::filesystem::path& folder) {
    auto path = find_model(folder, kKeysFile);
    if (!path) return path.error();
    std::ifstream file(*path, std::ios::binary);
    std::vector<std::string> keys{""};
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        keys.push_back(std::move(line));
    }
    if (file.bad() || keys.size() < 2)
        return internal("the model file " + path->string() + " cannot be read");
    keys.emplace_back(" ");
    return keys;
}

/// The line turned upright and cut out at its own size: shrinking comes after, so that nothing aliases.
cv::Mat cut_out(const cv::Mat& rgb, const TextLine& line) {
    const double a = line.angle * CV_PI / 180;
    const auto corner = [&](double x, double y) {
        return cv::Point2f(static_cast<float>(line.centre_x + x * std::cos(a) - y * std::sin(a)),
                           static_cast<float>(line.centre_y + x * std::sin(a) + y * std::cos(a)));
    };
    const double w = line.width, h = line.height;
    const cv::Point2f from[] = {corner(-w / 2, -h / 2), corner(w / 2, -h / 2), corner(-w / 2, h / 2)};
    const cv::Point2f to[] = {{0, 0}, {static_cast<float>(w), 0}, {0, static_cast<float>(h)}};
    const cv::Size size(std::max(1, static_cast<int>(w)), std::max(1, static_cast<int>(h)));
    cv::Mat cut;
    cv::warpAffine(rgb, cut, cv::getAffineTransform(from, to), size, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    return cut;
}

/// At 48 px height, squeezed where it is longer than the network is wide, grey (0) to the right; BGR, -1…1.
cv::Mat to_blob(const cv::Mat& cut) {
    const int natural = static_cast<int>(std::lround(static_cast<double>(kHeight) * cut.cols / cut.rows));
    const int width = std::clamp(natural, 8, kWidth);
    cv::Mat line, values, input = cv::Mat::zeros(kHeight, kWidth, CV_32FC3);
    cv::resize(cut, line, {width, kHeight}, 0, 0, cut.rows > kHeight ? cv::INTER_AREA : cv::INTER_LINEAR);
    cv::cvtColor(line, line, cv::COLOR_RGB2BGR);
    line.convertTo(values, CV_32FC3, 1 / 127.5, -1);
    values.copyTo(input(cv::Rect(0, 0, width, kHeight)));
    return cv::dnn::blobFromImage(input);
}

/// Best path: the likeliest class of each step, repeats collapsed, blanks dropped. `output` is 1 x steps x
/// classes.
Reading decode(const cv::Mat& output, const std::vector<std::string>& keys) {
    const int steps = output.size[1], classes = output.size[2];
    Reading reading;
    int previous = 0, characters = 0;
    double sum = 0;
    for (int step = 0; step < steps; ++step) {
        const float* row = output.ptr<float>() + static_cast<std::ptrdiff_t>(step) * classes;
        const int best = static_cast<int>(std::max_element(row, row + classes) - row);
        if (best != 0 && best != previous) {
            reading.text += keys[static_cast<std::size_t>(best)];
            sum += row[best];
            ++characters;
        }
        previous = best;
    }
    if (characters > 0) reading.confidence = sum / characters;
    return reading;
}

}  // namespace

struct TextReader::State {
    mutable Network net;
    std::vector<std::string> keys;
};

TextReader::TextReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
TextReader::~TextReader() = default;

Result<std::unique_ptr<TextReader>> TextReader::load(const std::filesystem::path& folder) {
    auto keys = load_keys(folder);
    if (!keys) return keys.error();
    auto net = Network::load(folder, "text_recognition_320.onnx");
    if (!net) return net.error();
    auto state = std::make_unique<State>(State{std::move(*net), std::move(*keys)});
    return std::unique_ptr<TextReader>(new TextReader(std::move(state)));
}

Result<Reading> TextReader::read(const imaging::Pixels& picture, const TextLine& line) const {
    return guarded("the text reader failed", [&]() -> Result<Reading> {
        auto rgb = rgb_view(picture);
        if (!rgb) return rgb.error();
        if (!(line.width >= 1 && line.height >= 1)) return Reading{};
        const cv::Mat output = state_->net.run(to_blob(cut_out(*rgb, line)));
        if (output.dims != 3 || output.size[2] != static_cast<int>(state_->keys.size())) {
            return internal("the text model and its key file do not belong together");
        }
        return decode(output, state_->keys);
    });
}

}  // namespace atelier::vision
