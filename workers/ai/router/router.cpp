#include "workers/ai/router/router.hpp"

#include "common/async/periodic_task.hpp"
#include "common/http_client/client.hpp"
#include "common/media/media.hpp"
#include "workers/ai/router/attempts.hpp"
#include "workers/ai/router/line_up.hpp"

namespace atelier::ai {
namespace {

constexpr std::chrono::milliseconds kTidying{30'000};

PixelSize size_of(const EncodedImage& image) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(image.bytes.data());
    const auto info = media::inspect({bytes, image.bytes.size()});
    return info ? PixelSize{info->width, info->height} : PixelSize{};
}

Taken taken_by(const Usage& usage) {
    return {usage.input_tokens, usage.output_tokens};
}

/// A model's answer or failure as an Outcome. `sizes` reads what pictures came of it.
template <class Answer, class Sizes>
Outcome outcome_of(boost::system::result<Answer, Failure> result, const Sizes& sizes) {
    if (!result) return {.failure = result.error()};
    Outcome outcome{.taken = taken_by(result->usage)};
    sizes(*result, outcome.taken);
    outcome.answer = std::make_shared<Answer>(std::move(*result));
    return outcome;
}
template <class Answer>
Outcome outcome_of(boost::system::result<Answer, Failure> result) {
    return outcome_of(std::move(result), [](const Answer&, Taken&) {});
}

template <class Answer>
std::function<Result<>(void*)> erased(const Acceptance<Answer>& accept) {
    if (!accept) return {};
    return [&accept](void* answer) { return accept(*static_cast<Answer*>(answer)); };
}

}  // namespace

struct Router::State {
    State(const ProvidersFile& from, store::Database& db, const RouterOptions& with)
        : file(from), options(with), gate(db) {}

    ProvidersFile file;
    RouterOptions options;
    http_client::Client client;
    LineUp line_up;
    Gate gate;
    std::vector<store::KnownProvider> known;
    std::unique_ptr<async::PeriodicTask> tidying;  // the last: it uses the others

    template <class Answer>
    Result<Routed<Answer>> route(const Work& work, const Order& order) {
        const auto line = line_up.of(work.capability, order);
        if (!line) return line.error();
        Persistence persistence{file.retries, file.retry_pause};
        if (const auto hedging = file.hedging.find(work.capability); hedging != file.hedging.end())
            persistence.hedge_after = hedging->second;
        Attempts attempts(gate, options.metrics, persistence, work, order);
        auto finished = attempts.run(*line);
        if (!finished) return finished.error();
        return Routed<Answer>{std::move(*std::static_pointer_cast<Answer>(finished->answer)), finished->by};
    }
};

Router::Router(std::unique_ptr<State> state) : state_(std::move(state)) {}
Router::~Router() {
    state_->tidying.reset();
    state_->gate.flush();
}

Result<std::unique_ptr<Router>> Router::open(const ProvidersFile& file, store::Database& db,
                                             Provider* builtin, const RouterOptions& options) {
    auto state = std::make_unique<State>(file, db, options);
    auto made = LineUp::make(state->file, builtin, state->client, options.make);
    if (!made) return made.error();
    state->line_up = std::move(*made);
    state->known = state->line_up.known();
    State* all = state.get();
    all->gate.tidy(all->known);
    state->tidying = std::make_unique<async::PeriodicTask>(
        async::PeriodicTask::Options{.name = "ai-router", .interval = kTidying, .run_at_start = false},
        [all] { all->gate.tidy(all->known); });
    return std::unique_ptr<Router>(new Router(std::move(state)));
}

bool Router::offers(Capability capability) const {
    return state_->line_up.offers(capability);
}

Result<Routed<TextAnswer>> Router::complete(const TextRequest& request, const Order& order,
                                            const Acceptance<TextAnswer>& accept) {
    const Work work{Capability::text, limits_of(request),
                    [&](Provider& provider, const Call& call) {
                        return outcome_of(provider.text()->complete(request, call));
                    },
                    erased(accept)};
    return state_->route<TextAnswer>(work, order);
}

Result<Routed<TextAnswer>> Router::look(const VisionRequest& request, const Order& order,
                                        const Acceptance<TextAnswer>& accept) {
    const Work work{Capability::vision, limits_of(request),
                    [&](Provider& provider, const Call& call) {
                        return outcome_of(provider.vision()->look(request, call));
                    },
                    erased(accept)};
    return state_->route<TextAnswer>(work, order);
}

Result<Routed<ImageAnswer>> Router::make(const ImageRequest& request, const Order& order,
                                         const Acceptance<ImageAnswer>& accept) {
    const auto sizes = [&](const ImageAnswer& answer, Taken& taken) {
        taken.quality = request.quality;
        for (const EncodedImage& image : answer.images)
            taken.images.push_back(size_of(image));
    };
    const Work work{Capability::image, limits_of(request),
                    [&](Provider& provider, const Call& call) {
                        return outcome_of(provider.image()->make(request, call), sizes);
                    },
                    erased(accept)};
    return state_->route<ImageAnswer>(work, order);
}

Result<Routed<EmbeddingAnswer>> Router::embed(const std::vector<std::string>& texts, const Order& order) {
    const Work work{Capability::embedding, limits_of(texts), [&](Provider& provider, const Call& call) {
                        return outcome_of(provider.embedding()->embed(texts, call));
                    }};
    return state_->route<EmbeddingAnswer>(work, order);
}

Result<Routed<SafetyAnswer>> Router::check(const std::string& text, const Order& order) {
    const Work work{Capability::safety, limits_of(std::vector<std::string>{text}),
                    [&](Provider& provider, const Call& call) {
                        return outcome_of(provider.safety()->check(text, call));
                    }};
    return state_->route<SafetyAnswer>(work, order);
}

}  // namespace atelier::ai
