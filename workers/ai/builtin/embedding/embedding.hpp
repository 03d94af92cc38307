#pragma once
// Sentence embeddings in the process: how alike two texts are in meaning (English).

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"

namespace atelier::ai::builtin {

/// Immutable once loaded; any thread may call.
class Embedding {
  public:
    /// Reads the model from the folder of the pretrained models. Error: not_found, internal for a damaged
    /// file.
    static Result<Embedding> load(const std::string& models_dir);
    Embedding(Embedding&&) noexcept;
    Embedding& operator=(Embedding&&) noexcept;
    ~Embedding();

    /// 512 numbers, of length 1. Only the first 128 pieces of a longer text count.
    std::vector<float> embed(std::string_view text) const;

  private:
    struct Model;
    explicit Embedding(std::unique_ptr<Model> model);
    std::unique_ptr<Model> model_;
};

/// −1…1 of two vectors of length 1.
double similarity(const std::vector<float>& a, const std::vector<float>& b);

}  // namespace atelier::ai::builtin
