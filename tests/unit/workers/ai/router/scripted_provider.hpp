#pragma once
// A provider in this process that does what it is told, and remembers how it was called.

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "workers/ai/capabilities/capability.hpp"

namespace atelier::testing {

/// Text and pictures. Any thread.
class ScriptedProvider : public ai::Provider, public ai::TextModel, public ai::ImageModel {
  public:
    /// Asked at each call, which is the `number`th, from 1: how it fails, if it does.
    using Script = std::function<std::optional<ai::Failure>(int number, const ai::Call& call)>;
    explicit ScriptedProvider(Script script = {}) : script_(std::move(script)) {}

    ai::TextModel* text() override { return this; }
    ai::ImageModel* image() override { return this; }

    boost::system::result<ai::TextAnswer, ai::Failure> complete(const ai::TextRequest&,
                                                                const ai::Call& call) override {
        if (auto failure = play(call)) return *failure;
        return ai::TextAnswer{.text = "{}", .value = json::Object{}, .usage = {tokens_in, tokens_out}};
    }
    boost::system::result<ai::ImageAnswer, ai::Failure> make(const ai::ImageRequest& request,
                                                             const ai::Call& call) override {
        if (auto failure = play(call)) return *failure;
        ai::ImageAnswer answer;
        answer.images.resize(static_cast<std::size_t>(request.count));
        return answer;
    }

    int calls() const {
        const std::scoped_lock lock(mutex_);
        return static_cast<int>(keys_.size());
    }
    std::vector<std::string> keys() const {
        const std::scoped_lock lock(mutex_);
        return keys_;
    }

    std::optional<std::int64_t> tokens_in = 100, tokens_out = 10;

  private:
    std::optional<ai::Failure> play(const ai::Call& call) {
        int number = 0;
        {
            const std::scoped_lock lock(mutex_);
            keys_.push_back(call.idempotency_key);
            number = static_cast<int>(keys_.size());
        }
        return script_ ? script_(number, call) : std::nullopt;
    }

    Script script_;
    mutable std::mutex mutex_;
    std::vector<std::string> keys_;
};

/// Never fails.
inline const ScriptedProvider::Script works;
inline std::optional<ai::Failure> fails(ai::FailureKind kind, int status = 0) {
    return ai::Failure{.kind = kind, .message = "It was told to.", .status = status};
}
inline ScriptedProvider::Script always(ai::FailureKind kind, int status = 0) {
    return [=](int, const ai::Call&) { return fails(kind, status); };
}

}  // namespace atelier::testing
