#pragma once
// Private to builtin/: the tasks of a text model.

#include "workers/ai/builtin/embedding/embedding.hpp"
#include "workers/ai/capabilities/capability.hpp"

namespace atelier::ai::builtin {

class TextEngine final : public TextModel {
  public:
    /// `embedding` may be null; it must outlive the engine.
    explicit TextEngine(const Embedding* embedding) : embedding_(embedding) {}
    boost::system::result<TextAnswer, Failure> complete(const TextRequest& request,
                                                        const Call& call) override;

  private:
    const Embedding* embedding_;
};

class ImageEngine final : public ImageModel {
  public:
    boost::system::result<ImageAnswer, Failure> make(const ImageRequest& request, const Call& call) override;
};

/// What a refusal of the engine means to the router.
Failure failure_of(const Error& error);

}  // namespace atelier::ai::builtin
