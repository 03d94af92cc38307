#include "workers/ai/builtin/embedding/embedding.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

using namespace atelier;
using namespace atelier::ai::builtin;

namespace {

const std::string kModels = std::string(ATELIER_SOURCE_DIR) + "/ops/models/weights";

const Embedding& encoder() {
    static const Embedding loaded = Embedding::load(kModels).value();
    return loaded;
}

struct Triple {
    std::string text, near, far;
};

}  // namespace

TEST_CASE("a sentence is nearer to one of like meaning than to another, without a word in common") {
    for (const Triple& t : {Triple{"baby shower invitation", "cute newborn party card with storks",
                                   "corporate quarterly revenue report"},
                            Triple{"gym motivation post", "bold fitness workout strength quote",
                                   "soft watercolor floral wedding"},
                            Triple{"our kitchen needs another cook", "job vacancy, join our team",
                                   "holiday wishes to all customers"},
                            Triple{"everything must go, prices slashed", "discount sale in the shop",
                                   "lecture about black holes"},
                            Triple{"flowers for the bride", "wedding invitation", "used car dealership"}}) {
        CAPTURE(t.text);
        const std::vector<float> own = encoder().embed(t.text);
        CHECK(similarity(own, encoder().embed(t.near)) > similarity(own, encoder().embed(t.far)) + 0.05);
    }
}

TEST_CASE("vectors have 512 numbers and length 1, also of odd texts") {
    std::string hostile(2000, '\xff');
    for (const std::string& text : {std::string(), std::string("a"), std::string(1, '\0'), hostile,
                                    std::string("नमस्ते 你好"), std::string(5000, 'x')}) {
        const std::vector<float> vector = encoder().embed(text);
        REQUIRE(vector.size() == 512);
        CHECK(similarity(vector, vector) == doctest::Approx(1).epsilon(1e-5));
    }
}

TEST_CASE("equal texts have equal vectors, and other texts others") {
    CHECK(encoder().embed("grand opening") == encoder().embed("grand opening"));
    CHECK(encoder().embed("grand opening") != encoder().embed("grand closing"));
}

TEST_CASE("a folder without the model, or with a damaged one, gives an error") {
    const std::filesystem::path dir = std::filesystem::temp_directory_path() / "atelier_embedding_test";
    std::filesystem::remove_all(dir);
    std::filesystem::create_directories(dir);
    CHECK(Embedding::load(dir.string()).error().code == ErrorCode::not_found);

    std::ifstream whole(kModels + "/sentence_encoder_lite.bin", std::ios::binary);
    std::string start(200'000, '\0');
    whole.read(start.data(), static_cast<std::streamsize>(start.size()));
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{3}, std::size_t{12}, std::size_t{1000}, start.size()}) {
        std::ofstream(dir / "sentence_encoder_lite.bin", std::ios::binary) << start.substr(0, size);
        CHECK(Embedding::load(dir.string()).error().code == ErrorCode::internal);
    }
    start[0] = 'X';
    std::ofstream(dir / "sentence_encoder_lite.bin", std::ios::binary) << start;
    CHECK(Embedding::load(dir.string()).error().code == ErrorCode::internal);
    std::filesystem::remove_all(dir);
}
