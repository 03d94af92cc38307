// Every vendor, asked for everything that it can do, by a peer that does everything that peers do.
#include <doctest/doctest.h>

#include <atomic>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>

#include "common/crypto/encoding.hpp"
#include "common/design/syntax/lenient.hpp"
#include "common/json/schema.hpp"
#include "common/media/media.hpp"
#include "tests/support/vendors/example.hpp"
#include "tests/support/vendors/fake_vendor.hpp"
#include "workers/imaging/start.hpp"

using namespace atelier;
using namespace atelier::tests;
using namespace std::chrono_literals;
using ai::Capability;
using ai::FailureKind;

namespace {

const json::Value& brief_schema() {
    static const json::Value schema = [] {
        std::ostringstream text;
        text << std::ifstream(ATELIER_SOURCE_DIR "/schemas/ai/brief.json").rdbuf();
        return json::parse(text.str()).value();
    }();
    return schema;
}

constexpr const char* kPrompt = "Mega sale on headphones, the secret-prompt-words";

/// What came of a call, whatever was asked for: a failure, or what an answer of that capability holds.
struct Outcome {
    std::optional<ai::Failure> failure;
    ai::TextAnswer text;
    ai::ImageAnswer image;
    ai::EmbeddingAnswer embedding;
    ai::SafetyAnswer safety;
};

template <class Answer, class Member>
Outcome outcome_of(boost::system::result<Answer, ai::Failure> answer, Member Outcome::*member) {
    Outcome outcome;
    if (answer)
        outcome.*member = std::move(*answer);
    else
        outcome.failure = answer.error();
    return outcome;
}

Outcome ask(ai::Provider& provider, Capability capability, const ai::Call& call) {
    switch (capability) {
        case Capability::text: {
            ai::TextRequest request;
            request.instructions = "You write briefs.";
            request.prompt = kPrompt;
            request.schema_name = "brief";
            request.schema = brief_schema();
            request.seed = 7;
            return outcome_of(provider.text()->complete(request, call), &Outcome::text);
        }
        case Capability::vision: {
            ai::VisionRequest request{
                {{example_png(64, 48, "seen"), "image/png"}}, "You look.", kPrompt, "brief", brief_schema()};
            return outcome_of(provider.vision()->look(request, call), &Outcome::text);
        }
        case Capability::image: {
            ai::ImageRequest request;
            request.prompt = kPrompt;
            request.width = 1600;
            request.height = 900;
            request.count = 2;
            request.seed = 7;
            return outcome_of(provider.image()->make(request, call), &Outcome::image);
        }
        case Capability::embedding:
            return outcome_of(provider.embedding()->embed({"red shoes", "blue shoes", "tax law"}, call),
                              &Outcome::embedding);
        case Capability::safety:
            return outcome_of(provider.safety()->check("a violent thing", call), &Outcome::safety);
    }
    return {};
}

/// What must come of an act; nothing: an answer.
std::optional<FailureKind> expected(Act act, std::string_view vendor) {
    switch (act) {
        case Act::ok:
        case Act::slow:
        case Act::fenced_json:
            return std::nullopt;
        case Act::rate_limited:
            return FailureKind::rate_limited;
        case Act::out_of_quota:
            return vendor == "gemini" ? FailureKind::rate_limited : FailureKind::permanent;
        case Act::wrong_key:
        case Act::unknown_model:
        case Act::too_long:
            return FailureKind::permanent;
        case Act::refusal:
            return FailureKind::unsafe_prompt;
        case Act::server_error:
        case Act::overloaded:
        case Act::hang:
        case Act::drip:
        case Act::broken_off:
        case Act::html_error:
            return FailureKind::transient;
        case Act::truncated_json:
        case Act::prose:
        case Act::cut_off:
        case Act::html:
        case Act::huge:
        case Act::wrong_shape:
        case Act::no_picture:
            return FailureKind::malformed_output;
    }
    return std::nullopt;
}

void check_answer(const Outcome& outcome, Capability capability, Act act) {
    if (capability == Capability::text || capability == Capability::vision) {
        json::Value value = outcome.text.value;
        CHECK(value.is_null() == (act == Act::fenced_json));
        if (act == Act::fenced_json) {
            auto lenient = design::parse_lenient(outcome.text.text);
            REQUIRE(lenient.has_value());
            value = lenient->value;
        }
        static const json::Schema schema = json::Schema::compile(brief_schema()).value();
        const auto wrong = schema.validate(value);
        CHECK_MESSAGE(wrong.empty(), (wrong.empty() ? "" : wrong[0].pointer + " " + wrong[0].message));
        CHECK(outcome.text.usage.input_tokens == 120);
        CHECK(outcome.text.usage.output_tokens == 80);
    } else if (capability == Capability::image) {
        REQUIRE(outcome.image.images.size() == 2);
        CHECK(outcome.image.usage.images == 2);
        CHECK(outcome.image.images[0].bytes != outcome.image.images[1].bytes);
        for (const auto& image : outcome.image.images) {
            const auto info = media::inspect(crypto::bytes_of(image.bytes));
            REQUIRE(info.has_value());
            CHECK(info->content_type == image.media_type);
            CHECK(info->width >= info->height);
        }
    } else if (capability == Capability::embedding) {
        REQUIRE(outcome.embedding.vectors.size() == 3);
        const auto dot = [&](std::size_t a, std::size_t b) {
            double sum = 0;
            for (std::size_t i = 0; i < outcome.embedding.vectors[a].size(); ++i)
                sum += double{outcome.embedding.vectors[a][i]} * outcome.embedding.vectors[b][i];
            return sum;
        };
        CHECK(dot(0, 0) == doctest::Approx(1));
        CHECK(dot(0, 1) > dot(0, 2) + 0.2);
    } else {
        CHECK(outcome.safety.is_flagged);
        CHECK(outcome.safety.categories == std::vector<std::string>{"violence"});
    }
}

struct Fixture {
    explicit Fixture(std::string_view vendor)
        : fake(vendor), provider(ai::make_vendor(fake.settings("mine"), client).value()) {}

    ai::Call call(Capability capability, std::chrono::milliseconds timeout = 60s) const {
        ai::Call call;
        call.model = fake.model(capability);
        call.timeout = timeout;
        call.idempotency_key = "order-1";
        return call;
    }

    FakeVendor fake;
    http_client::Client client;
    std::unique_ptr<ai::Provider> provider;
};

}  // namespace

TEST_CASE("every vendor, asked for everything, judges everything that a peer can do") {
    REQUIRE(imaging::init().has_value());
    for (const auto& row : ai::vendors()) {
        Fixture fixture(row.name);
        for (const Capability capability : row.capabilities)
            for (const Act act : all_acts()) {
                if (!applies(act, row.name, capability)) continue;
                CAPTURE(row.name);
                CAPTURE(ai::to_string(capability));
                CAPTURE(to_string(act));
                const bool never_ends = act == Act::hang || act == Act::drip;
                // Pictures are made in several requests where a vendor makes them singly.
                fixture.fake.push({.act = act, .retry_after_s = 7}, 1);
                const Outcome outcome = ask(*fixture.provider, capability,
                                            fixture.call(capability, never_ends ? 200ms : 60'000ms));
                const auto kind = expected(act, row.name);
                REQUIRE_MESSAGE(outcome.failure.has_value() == kind.has_value(),
                                (outcome.failure ? outcome.failure->message : "answered"));
                if (!kind) {
                    check_answer(outcome, capability, act);
                    continue;
                }
                CHECK(ai::to_string(outcome.failure->kind) == ai::to_string(*kind));
                CHECK(outcome.failure->message.find("mine") != std::string::npos);
                CHECK(outcome.failure->message.find(FakeVendor::key()) == std::string::npos);
                CHECK(outcome.failure->message.find("secret-prompt-words") == std::string::npos);
                if (act == Act::rate_limited) CHECK(outcome.failure->retry_after == 7s);
            }
        const auto counts = fixture.fake.counts();
        CAPTURE(row.name);
        CHECK(counts.refused == 0);
        CHECK(counts.huge_bytes < 400'000'000);
    }
}

TEST_CASE("a stopped call ends, whatever its vendor does") {
    for (const auto& row : ai::vendors()) {
        Fixture fixture(row.name);
        const Capability capability = row.capabilities.front();
        for (const Act act : {Act::hang, Act::drip}) {
            CAPTURE(row.name);
            async::StopSource source;
            ai::Call call = fixture.call(capability);
            call.stop = source.get_token();
            fixture.fake.push({.act = act});
            const int before = fixture.fake.counts().calls;
            std::jthread stopper([&] {
                while (fixture.fake.counts().calls == before)
                    std::this_thread::sleep_for(2ms);
                source.request_stop();
            });
            const auto began = std::chrono::steady_clock::now();
            const Outcome outcome = ask(*fixture.provider, capability, call);
            REQUIRE(outcome.failure.has_value());
            CHECK(ai::to_string(outcome.failure->kind) == "cancelled");
            CHECK(std::chrono::steady_clock::now() - began < 20s);
        }
        ai::Call late = fixture.call(capability);
        async::StopSource stopped;
        stopped.request_stop();
        late.stop = stopped.get_token();
        const int before = fixture.fake.counts().requests;
        CHECK(ai::to_string(ask(*fixture.provider, capability, late).failure->kind) == "cancelled");
        CHECK(fixture.fake.counts().requests == before);
    }
}

TEST_CASE(
    "answers that are wrong in any place end as an answer or a failure, and no number of theirs is "
    "believed") {
    constexpr std::uint64_t kSeeds = 60;
    for (const auto& row : ai::vendors()) {
        Fixture fixture(row.name);
        for (const Capability capability : row.capabilities)
            for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
                CAPTURE(row.name);
                CAPTURE(ai::to_string(capability));
                CAPTURE(seed);
                fixture.fake.push({.mangle = seed});
                // A prediction whose state is nonsense is polled until the time is up.
                const Outcome outcome = ask(*fixture.provider, capability, fixture.call(capability, 1s));
                for (const auto& usage : {outcome.text.usage, outcome.image.usage, outcome.embedding.usage}) {
                    CHECK(usage.input_tokens.value_or(0) >= 0);
                    CHECK(usage.output_tokens.value_or(0) >= 0);
                    CHECK(usage.output_tokens.value_or(0) < 3'000'000'000);
                }
                for (const auto& vector : outcome.embedding.vectors) {
                    double sum = 0;
                    for (const float x : vector)
                        sum += double{x} * x;
                    CHECK(sum == doctest::Approx(1));
                }
                for (const auto& image : outcome.image.images)
                    CHECK(media::inspect(crypto::bytes_of(image.bytes)).has_value());
                if (outcome.failure) CHECK(outcome.failure->message.size() < 200);
            }
    }
}

TEST_CASE("many threads share a provider, and each gets its own answer") {
    constexpr Act kMix[] = {Act::ok,           Act::server_error, Act::html,
                            Act::rate_limited, Act::ok,           Act::broken_off};
    for (const auto& row : ai::vendors()) {
        Fixture fixture(row.name);
        const Capability capability = row.capabilities.front();
        fixture.fake.script([&](const SeenCall& call) {
            return Behaviour{.act = kMix[static_cast<std::size_t>(call.number) % std::size(kMix)]};
        });
        std::atomic<int> answered = 0, failed = 0;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 8; ++t)
                threads.emplace_back([&] {
                    for (int i = 0; i < 12; ++i) {
                        const auto outcome = ask(*fixture.provider, capability, fixture.call(capability));
                        ++(outcome.failure ? failed : answered);
                    }
                });
        }
        CAPTURE(row.name);
        auto by_act = fixture.fake.counts().by_act;
        CHECK(answered + failed == 96);
        CHECK(failed == 96 - by_act["ok"] - (row.name == "comfyui" ? by_act["rate_limited"] : 0));
    }
}

TEST_CASE("a vendor of an unknown kind, a wrong address, a missing key and wrong options are refused") {
    http_client::Client client;
    const auto pointer_of = [&](ai::VendorSettings settings) {
        const auto made = ai::make_vendor(settings, client);
        return made ? std::string("made") : made.error().details.at(0).pointer;
    };
    CHECK(pointer_of({"a", "nobody", "", "k", {}}) == "/vendor");
    CHECK(pointer_of({"a", "openai", "ftp://x", "k", {}}) == "/base_url");
    CHECK(pointer_of({"a", "openai", "", "", {}}) == "/key");
    CHECK(pointer_of({"a", "openai", "", "k\r\nX: y", {}}) == "/key");
    CHECK(pointer_of({"a", "openai", "http://127.0.0.1:1/v1", "", {}}) == "made");
    CHECK(pointer_of({"a", "comfyui", "", "", {}}) == "made");
    for (const auto& row : ai::vendors()) {
        CAPTURE(row.name);
        CHECK(pointer_of({"a", std::string(row.name), "", "k", json::Object{{"no_such", 1}}}) ==
              "/options/no_such");
        CHECK(pointer_of({"a", std::string(row.name), "", "k", json::Array{}}) == "/options");
        const auto provider = ai::make_vendor({"a", std::string(row.name), "", "k", {}}, client).value();
        std::vector<Capability> has;
        if (provider->text()) has.push_back(Capability::text);
        if (provider->vision()) has.push_back(Capability::vision);
        if (provider->image()) has.push_back(Capability::image);
        if (provider->embedding()) has.push_back(Capability::embedding);
        if (provider->safety()) has.push_back(Capability::safety);
        CHECK(has == row.capabilities);
    }
}
