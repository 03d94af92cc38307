#pragma once
// What AI is asked for and what it answers, whoever does it: a remote vendor or the builtin engine.
//
// One small interface a capability. Implementations block, may be called from any thread, and come back soon
// after `Call::stop` is requested. They judge their own failures (FailureKind) and nothing else: trying
// again, trying another, counting and paying is the router's.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/async/stop_token.hpp"
#include "common/design/model/design.hpp"
#include "common/json/value.hpp"

namespace atelier::ai {

enum class Capability { text, vision, image, embedding, safety };
std::string_view to_string(Capability capability);
std::optional<Capability> parse_capability(std::string_view name);

enum class FailureKind {
    transient,         ///< may pass: 5xx, broken connections, timeouts
    rate_limited,      ///< too much at once; `retry_after` where the vendor says when
    permanent,         ///< will not pass: wrong key, unknown model, a request that the vendor cannot serve
    unsafe_prompt,     ///< the vendor refuses what was asked; another one is not asked
    malformed_output,  ///< an answer that is not what was asked for: no JSON, the wrong shape, no picture
    cancelled,         ///< `Call::stop`
};
std::string_view to_string(FailureKind kind);

struct Failure {
    FailureKind kind = FailureKind::transient;
    std::string message;  ///< one sentence for a person; never holds a key, a prompt or a picture
    std::optional<std::chrono::milliseconds> retry_after = {};
    int status = 0;  ///< of HTTP; 0 where there was none
    bool operator==(const Failure&) const = default;
};

/// What was used, as far as the vendor says it.
struct Usage {
    std::optional<std::int64_t> input_tokens, output_tokens;
    int images = 0;
};

/// One call of one model.
struct Call {
    std::string model;            ///< as the vendor calls it
    std::string idempotency_key;  ///< equal for repetitions of one call; vendors that take one get it
    std::chrono::milliseconds timeout{60'000};
    async::StopToken stop;
};

// ---- text

/// What the answer is for: the builtin engine does these and no others.
enum class TextTask {
    write_brief,   ///< input {prompt, brand?, language?, seed, variants}; answer: a brief
                   ///< (schemas/ai/brief.json)
    write_design,  ///< input {brief, brand?, width, height, variant, variants, seed}; answer: Design JSON
    edit_design,   ///< input {design, instruction, brand?}; answer {patch, summary, not_understood}
    translate,     ///< input {language, texts}; answer {texts}
};

struct TextRequest {
    TextTask task = TextTask::write_brief;
    json::Value input;         ///< all that the task needs to know, for engines that do the task themselves
    std::string instructions;  ///< for language models: who they are and what to heed (system)
    std::string prompt;        ///< for language models: what is wanted (user)
    std::string schema_name;   ///< letters, digits and `_`
    json::Value schema;        ///< JSON Schema of the answer; closed objects, all members required
    int max_output_tokens = 8192;
    double temperature = 0.7;
    std::optional<std::int64_t> seed = {};
};
struct TextAnswer {
    std::string text;   ///< as it came, for lenient parsing; empty when only `value` is given
    json::Value value;  ///< parsed; null where the text is no strict JSON
    Usage usage;
};
class TextModel {
  public:
    virtual ~TextModel() = default;
    virtual boost::system::result<TextAnswer, Failure> complete(const TextRequest& request,
                                                                const Call& call) = 0;
};

// ---- pictures

struct EncodedImage {
    std::string bytes;
    std::string media_type;  ///< image/png, image/jpeg or image/webp
};

struct VisionRequest {
    std::vector<EncodedImage> images;  ///< at least one
    std::string instructions, prompt, schema_name;
    json::Value schema;
    int max_output_tokens = 4096;
};
class VisionModel {
  public:
    virtual ~VisionModel() = default;
    virtual boost::system::result<TextAnswer, Failure> look(const VisionRequest& request,
                                                            const Call& call) = 0;
};

enum class ImageTask { generate, edit, outpaint };
enum class ImageQuality { low, medium, high };
std::string_view to_string(ImageQuality quality);

struct ImageRequest {
    ImageTask task = ImageTask::generate;
    std::string prompt;           ///< with all context told in words
    std::string negative_prompt;  ///< may be empty
    std::string subject;  ///< the prompt without its context, for engines that read the context itself
    design::HolisticContext context;
    int width = 1024, height = 1024;  ///< pixels wanted; vendors give the nearest they have
    int count = 1;                    ///< 1…8
    ImageQuality quality = ImageQuality::medium;
    bool transparent = false;  ///< cut out, where the model can
    std::optional<std::int64_t> seed = {};
    std::vector<EncodedImage> references = {};  ///< edit and outpaint: the first is the picture itself
    std::optional<EncodedImage> mask = {};      ///< edit: white where it may change
};
struct ImageAnswer {
    std::vector<EncodedImage> images;
    Usage usage;
};
class ImageModel {
  public:
    virtual ~ImageModel() = default;
    virtual boost::system::result<ImageAnswer, Failure> make(const ImageRequest& request,
                                                             const Call& call) = 0;
};

// ---- vectors and safety

struct EmbeddingAnswer {
    std::vector<std::vector<float>> vectors;  ///< one a text, of length 1
    Usage usage;
};
class EmbeddingModel {
  public:
    virtual ~EmbeddingModel() = default;
    virtual boost::system::result<EmbeddingAnswer, Failure> embed(const std::vector<std::string>& texts,
                                                                  const Call& call) = 0;
};

struct SafetyAnswer {
    bool is_flagged = false;
    std::vector<std::string> categories;  ///< those that were flagged, as the vendor calls them
    Usage usage;
};
class SafetyModel {
  public:
    virtual ~SafetyModel() = default;
    virtual boost::system::result<SafetyAnswer, Failure> check(const std::string& text, const Call& call) = 0;
};

// ---- who can do it

/// A vendor's models, or those of the builtin engine. Null: the vendor lacks that capability.
class Provider {
  public:
    virtual ~Provider() = default;
    virtual TextModel* text() { return nullptr; }
    virtual VisionModel* vision() { return nullptr; }
    virtual ImageModel* image() { return nullptr; }
    virtual EmbeddingModel* embedding() { return nullptr; }
    virtual SafetyModel* safety() { return nullptr; }
};

}  // namespace atelier::ai
