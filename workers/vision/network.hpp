#pragma once
// Private to this folder: a network behind its mutex, and pictures as matrices.

#include <filesystem>
#include <mutex>
#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "workers/imaging/pixels.hpp"

namespace atelier::vision {

/// One ONNX network with a fixed input size (OpenCV 4.6 may answer garbage after a change of size).
class Network {
  public:
    Network() = default;
    /// Also sets OpenCV to one thread. Error: internal, naming the file.
    static Result<Network> load(const std::filesystem::path& folder, std::string_view file);

    /// The named outputs, copied out of the network. May throw cv::Exception.
    std::vector<cv::Mat> run(const cv::Mat& blob, const std::vector<std::string>& outputs);
    /// The only output.
    cv::Mat run(const cv::Mat& blob);

    Network(Network&& other) noexcept : net_(std::move(other.net_)) {}

  private:
    explicit Network(cv::dnn::Net net) : net_(std::move(net)) {}
    std::mutex mutex_;
    cv::dnn::Net net_;
};

/// The file's path, or internal "the model file … is missing".
Result<std::filesystem::path> find_model(const std::filesystem::path& folder, std::string_view file);

/// The pixels as 8-bit RGB without a copy; they must outlive the matrix. Error: internal when the sizes do
/// not fit.
Result<cv::Mat> rgb_view(const imaging::Pixels& picture);

/// The picture reduced so that its longer side is at most `side`; the same matrix when it is small enough.
cv::Mat fit(const cv::Mat& rgb, int side);

/// Runs `work`, which returns a Result, and turns what it throws into Error internal "<doing>: …".
template <class Work>
auto guarded(std::string_view doing, Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::exception& e) {
        return internal(std::string(doing) + ": " + e.what());
    }
}

}  // namespace atelier::vision
