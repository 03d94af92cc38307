#include "workers/vision/person_segmenter.hpp"

#include <opencv2/imgproc.hpp>

#include "workers/vision/network.hpp"
#include "workers/vision/regions.hpp"

namespace atelier::vision {

struct PersonSegmenter::State {
    mutable Network net;
};

PersonSegmenter::PersonSegmenter(std::unique_ptr<State> state) : state_(std::move(state)) {}
PersonSegmenter::~PersonSegmenter() = default;

Result<std::unique_ptr<PersonSegmenter>> PersonSegmenter::load(const std::filesystem::path& folder) {
    auto net = Network::load(folder, "selfie_segmentation.onnx");
    if (!net) return net.error();
    return std::unique_ptr<PersonSegmenter>(
        new PersonSegmenter(std::make_unique<State>(State{std::move(*net)})));
}

Result<PersonMask> PersonSegmenter::segment(const imaging::Pixels& picture) const {
    return guarded("the person segmentation failed", [&]() -> Result<PersonMask> {
        auto rgb = rgb_view(picture);
        if (!rgb) return rgb.error();
        cv::Mat square;
        cv::resize(*rgb, square, {PersonMask::kSide, PersonMask::kSide}, 0, 0, cv::INTER_AREA);
        const cv::Mat output = state_->net.run(cv::dnn::blobFromImage(square, 1 / 255.0));
        return PersonMask{{output.ptr<float>(), output.ptr<float>() + PersonMask::kSide * PersonMask::kSide}};
    });
}

Result<std::optional<elements::Element>> person_box(const PersonMask& mask, int width, int height) {
    return guarded("the person box failed", [&]() -> Result<std::optional<elements::Element>> {
        constexpr int kSide = PersonMask::kSide;
        const cv::Mat probability(kSide, kSide, CV_32F, const_cast<float*>(mask.probability.data()));
        const Region region = main_region(probability > 0.5f);
        if (cv::countNonZero(region.mask) < 0.02 * kSide * kSide) return std::optional<elements::Element>{};
        const double sx = width / double(kSide), sy = height / double(kSide);
        const elements::Box box{region.box.x * sx, region.box.y * sy, region.box.width * sx,
                                region.box.height * sy};
        const double confidence = cv::mean(probability, region.mask)[0];
        return std::optional(elements::Element{elements::Kind::person, box, confidence, ""});
    });
}

}  // namespace atelier::vision
