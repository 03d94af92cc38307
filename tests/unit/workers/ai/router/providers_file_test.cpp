#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/in_transaction.hpp"
#include "tests/unit/workers/ai/router/scripted_provider.hpp"
#include "workers/ai/router/providers_file.hpp"
#include "workers/ai/router/router.hpp"
#include "workers/ai/vendors/vendor.hpp"

using namespace atelier;
using namespace atelier::testing;
using ai::Capability;

namespace {

const std::string kExample = std::string(ATELIER_SOURCE_DIR) + "/ops/providers.example.json";

std::string problems(const std::string& text) {
    return fields(ai::parse_providers(text));
}

}  // namespace

TEST_CASE("the example file lists every vendor, and all are made of it") {
    const auto file = ai::read_providers(kExample);
    REQUIRE_MESSAGE(file.has_value(), file.error());
    for (const ai::VendorRow& vendor : ai::vendors()) {
        CAPTURE(vendor.name);
        CHECK(std::any_of(file->providers.begin(), file->providers.end(),
                          [&](const ai::ProviderRow& row) { return row.vendor == vendor.name; }));
    }
    http_client::Client client;
    for (const ai::ProviderRow& row : file->providers) {
        if (row.vendor == ai::kBuiltin) continue;
        CAPTURE(row.id);
        const auto made = ai::make_vendor({.id = row.id,
                                           .vendor = row.vendor,
                                           .base_url = row.base_url,
                                           .key = "k",
                                           .options = row.options},
                                          client);
        REQUIRE_MESSAGE(made.has_value(), made.error());
        for (const auto& [capability, model] : row.models) {
            CAPTURE(to_string(capability));
            CHECK(((capability == Capability::text && (*made)->text()) ||
                   (capability == Capability::vision && (*made)->vision()) ||
                   (capability == Capability::image && (*made)->image()) ||
                   (capability == Capability::embedding && (*made)->embedding()) ||
                   (capability == Capability::safety && (*made)->safety())));
        }
    }
    CHECK(file->hedging.empty());
}

TEST_CASE("providers without their keys are left out, and the engine stays") {
    const auto file = ai::read_providers(kExample);
    REQUIRE(file.has_value());
    const auto database = TestDatabase::sqlite();
    ScriptedProvider engine;
    const auto router = ai::Router::open(*file, **database, &engine);
    REQUIRE_MESSAGE(router.has_value(), router.error());
    CHECK((*router)->offers(Capability::text));
}

TEST_CASE("everything that is wrong in a file of providers is named by its place") {
    CHECK(problems("[") == "BAD_REQUEST");
    CHECK(problems("{}") == "VALIDATION_FAILED /providers");
    CHECK(
        problems(
            R"({"providers":[{"id":"a","vendor":"openai","key":"sk-1","models":{"text":{"model":"m"}}}]})") ==
        "VALIDATION_FAILED /providers/0/key");
    CHECK(
        problems(
            R"({"providers":[{"id":"a","vendor":"openai"},{"id":"a","vendor":"builtin","key_env":"A"}]})") ==
        "VALIDATION_FAILED /providers/0/models /providers/1/key_env /providers/1/id");
    CHECK(
        problems(
            R"({"providers":[{"id":"a","vendor":"openai","key_env":"sk-1234","models":{"text":{"model":"m"}}}]})") ==
        "VALIDATION_FAILED /providers/0/key_env");
    CHECK(
        problems(R"({"providers":[{"id":"a","vendor":"x","models":{"image":{"model":"m","price":{"per_image":[
                      {"size":"big","usd":1}]}}}}],"order":{"image":["a","b"],"text":["a"]}})") ==
        "VALIDATION_FAILED /providers/0/models/image/price/per_image/0/size /order/text/0 /order/image/1");
    CHECK(
        problems(
            R"({"providers":[{"id":"a","vendor":"x","models":{"text":{"model":"m","price":{"per_tokn":1}}}}]})") ==
        "VALIDATION_FAILED /providers/0/models/text/price/per_tokn");
}

TEST_CASE("an unknown vendor, a bad option and a model for what a vendor lacks are named by their place") {
    const auto database = TestDatabase::sqlite();
    const auto open = [&](const std::string& row) {
        const auto file = ai::parse_providers(R"({"providers":[{"id":"z","vendor":"builtin"},)" + row + "]}");
        REQUIRE_MESSAGE(file.has_value(), file.error());
        return fields(ai::Router::open(*file, **database, nullptr));
    };
    CHECK(open(R"({"id":"a","vendor":"nobody","models":{"text":{"model":"m"}}})") ==
          "VALIDATION_FAILED /providers/1/vendor");
    CHECK(
        open(
            R"({"id":"a","vendor":"automatic1111","base_url":"http://127.0.0.1:1","models":{"text":{"model":"m"}}})") ==
        "VALIDATION_FAILED /providers/1/models/text");
}

TEST_CASE("prices are read as they are written, and what is not written is unknown") {
    const auto file = ai::parse_providers(R"({"providers":[{"id":"a","vendor":"x","models":{
        "text":{"model":"m","timeout_ms":5000,"price":{"input_per_million":0.15,"output_per_million":0.6}},
        "vision":{"model":"m","price":null},
        "embedding":{"model":"m"},
        "image":{"model":"m","price":{"per_image":[{"size":"1024x1536","quality":"high","usd":0.25}]}}}}]})");
    REQUIRE_MESSAGE(file.has_value(), file.error());
    const auto& models = file->providers[0].models;
    CHECK(models.at(Capability::text).timeout == std::chrono::milliseconds{5000});
    CHECK(models.at(Capability::text).price == ai::Price{.input_nano_usd = 150, .output_nano_usd = 600});
    CHECK_FALSE(models.at(Capability::vision).price.has_value());
    CHECK_FALSE(models.at(Capability::embedding).price.has_value());
    const ai::Price::PerImage row{ai::PixelSize{1024, 1536}, ai::ImageQuality::high, 250'000};
    CHECK(models.at(Capability::image).price == ai::Price{.images = {row}});
}

TEST_CASE("a file of providers that is not there stops the start") {
    CHECK(failure(ai::read_providers("/nonexistent/providers.json")) == "NOT_FOUND");
}
