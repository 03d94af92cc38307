#include "workers/ai/builtin/builtin.hpp"

#include <optional>

#include "common/log/log.hpp"
#include "workers/ai/builtin/engines.hpp"

namespace atelier::ai {
namespace {

using builtin::Embedding;

class EmbeddingEngine final : public EmbeddingModel {
  public:
    explicit EmbeddingEngine(const Embedding& embedding) : embedding_(embedding) {}
    boost::system::result<EmbeddingAnswer, Failure> embed(const std::vector<std::string>& texts,
                                                          const Call&) override {
        EmbeddingAnswer answer;
        for (const std::string& text : texts)
            answer.vectors.push_back(embedding_.embed(text));
        return answer;
    }

  private:
    const Embedding& embedding_;
};

class Builtin final : public Provider {
  public:
    explicit Builtin(std::optional<Embedding> embedding)
        : embedding_(std::move(embedding)), text_(embedding_ ? &*embedding_ : nullptr) {
        if (embedding_) vectors_.emplace(*embedding_);
    }
    TextModel* text() override { return &text_; }
    ImageModel* image() override { return &image_; }
    EmbeddingModel* embedding() override { return vectors_ ? &*vectors_ : nullptr; }

  private:
    std::optional<Embedding> embedding_;
    builtin::TextEngine text_;
    builtin::ImageEngine image_;
    std::optional<EmbeddingEngine> vectors_;
};

}  // namespace

Result<std::unique_ptr<Provider>> make_builtin(const std::string& models_dir) {
    auto embedding = Embedding::load(models_dir);
    if (!embedding && embedding.error().code != ErrorCode::not_found) return embedding.error();
    if (!embedding)
        log::warning("The sentence embedder is not in {}: prompts are read by lexicons alone", models_dir);
    return std::unique_ptr<Provider>(std::make_unique<Builtin>(
        embedding ? std::optional<Embedding>(std::move(*embedding)) : std::nullopt));
}

}  // namespace atelier::ai
