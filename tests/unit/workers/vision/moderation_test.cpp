#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/workers/vision/photos.hpp"

namespace atelier::vision::tests {
namespace {

namespace fs = std::filesystem;

/// A copy of the weights (by links) that a test may damage; removed at the end.
class Weights {
  public:
    Weights() : folder_(fs::temp_directory_path() / ("atelier-weights-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
        for (const auto& file : fs::directory_iterator(weights_folder())) {
            fs::create_symlink(file.path(), folder_ / file.path().filename());
        }
    }
    ~Weights() { fs::remove_all(folder_); }
    void remove(const std::string& file) { fs::remove(folder_ / file); }
    void replace(const std::string& file, const std::string& content) {
        remove(file);
        std::ofstream(folder_ / file, std::ios::binary) << content;
    }
    const fs::path& folder() const { return folder_; }

  private:
    fs::path folder_;
};

}  // namespace

TEST_CASE("harmless photos score as harmless") {
    for (const char* name :
         {"people.jpg", "portrait.jpg", "product.jpg", "cup.jpg", "landscape.jpg", "sign.jpg"}) {
        CAPTURE(name);
        auto scores = models().classify_nsfw(photo(name).pixels);
        REQUIRE(scores.has_value());
        CHECK(scores->porn + scores->hentai < 0.1);
        CHECK(scores->neutral > 0.5);
        CHECK(scores->drawing + scores->hentai + scores->neutral + scores->porn + scores->sexy ==
              doctest::Approx(1));
    }
}

TEST_CASE("strips of a harmless photo score as harmless") {
    const imaging::Pixels whole = photo("people.jpg").pixels;
    for (const auto& [top, height] : {std::pair{600, 260}, std::pair{560, 330}, std::pair{640, 140}}) {
        CAPTURE(height);
        const auto row = static_cast<std::ptrdiff_t>(whole.width) * 3;
        const imaging::Pixels strip{
            whole.width, height, {whole.rgb.begin() + top * row, whole.rgb.begin() + (top + height) * row}};
        auto scores = models().classify_nsfw(strip);
        REQUIRE(scores.has_value());
        CHECK(scores->porn + scores->hentai < 0.2);
    }
}

TEST_CASE("no verdict without a sound picture") {
    CHECK(models().classify_nsfw(imaging::Pixels{}).has_error());
    CHECK(models().classify_nsfw(imaging::Pixels{-4, 5, {1, 2, 3}}).has_error());
    imaging::Pixels truncated = plain(64, 64, 9, 9, 9);
    truncated.rgb.resize(truncated.rgb.size() / 2);
    CHECK(models().classify_nsfw(truncated).has_error());
}

TEST_CASE("a set that was not loaded answers with an error, not with a verdict") {
    auto analysis = Models::load(weights_folder(), ModelSet::analysis);
    auto moderation = Models::load(weights_folder(), ModelSet::moderation);
    REQUIRE(analysis.has_value());
    REQUIRE(moderation.has_value());
    const auto picture = plain(32, 32, 0, 0, 0);
    CHECK((*analysis)->classify_nsfw(picture).has_error());
    CHECK((*moderation)->analyze(picture).has_error());
    CHECK((*moderation)->find_faces(picture).has_error());
    CHECK((*moderation)->classify_nsfw(picture).has_value());
}

TEST_CASE("a missing model file is named") {
    for (const std::string file :
         {"face_full_range.onnx", "selfie_segmentation.onnx", "text_detection_736.onnx",
          "text_recognition_320.onnx", "text_recognition_keys.txt", "nsfw_mobilenet_v2.onnx"}) {
        CAPTURE(file);
        Weights weights;
        weights.remove(file);
        auto loaded = Models::load(weights.folder(), ModelSet::all);
        REQUIRE(loaded.has_error());
        CHECK(loaded.error().message.find((weights.folder() / file).string()) != std::string::npos);
        CHECK(loaded.error().message.find("missing") != std::string::npos);
    }
}

TEST_CASE("moderation starts without the files of analysis") {
    Weights weights;
    weights.remove("face_full_range.onnx");
    CHECK(Models::load(weights.folder(), ModelSet::moderation).has_value());
}

TEST_CASE("a damaged model file is an error that names it") {
    Weights weights;
    weights.replace("nsfw_mobilenet_v2.onnx", "this is not a network");
    auto loaded = Models::load(weights.folder(), ModelSet::moderation);
    REQUIRE(loaded.has_error());
    CHECK(loaded.error().message.find("nsfw_mobilenet_v2.onnx") != std::string::npos);
}

TEST_CASE("keys of another model are noticed") {
    Weights weights;
    weights.replace("text_recognition_keys.txt", "a\nb\nc\n");
    auto loaded = Models::load(weights.folder(), ModelSet::analysis);
    REQUIRE(loaded.has_value());
    CHECK((*loaded)->find_text(photo("sign.jpg").pixels).has_error());
}

}  // namespace atelier::vision::tests
