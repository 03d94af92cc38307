// Universal Sentence Encoder lite (Cer et al. 2018): a two-layer transformer over SentencePiece pieces, in
// plain loops. The file's layout is told in ops/models/convert/use_lite_to_flat.py.
#include "workers/ai/builtin/embedding/embedding.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <unordered_map>
#include <utility>

namespace atelier::ai::builtin {
namespace {

constexpr std::string_view kFile = "/sentence_encoder_lite.bin";
constexpr std::string_view kMagic = "USEL";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kPieces = 8000, kRows = 8002;  // the table holds two rows that no piece has
constexpr std::size_t kWidth = 256, kWide = 512, kInner = 1536, kHeads = 4, kMostPieces = 128;
constexpr std::size_t kControlPieces = 6;            // of no text
constexpr std::string_view kSpace = "\xe2\x96\x81";  // what SentencePiece writes for a space

// IEEE 754 half to single precision.
float from_half(std::uint16_t half) {
    const std::uint32_t sign = (half & 0x8000u) << 16, exponent = (half >> 10) & 31, fraction = half & 1023;
    if (exponent == 0) {
        const float value = std::ldexp(static_cast<float>(fraction), -24);
        return sign ? -value : value;
    }
    const std::uint32_t bits =
        sign | (exponent == 31 ? 0x7f800000u : (exponent + 112) << 23) | fraction << 13;
    float value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

struct Linear {
    const float *weights = nullptr, *bias = nullptr;
};
struct Norm {
    const float *scale = nullptr, *bias = nullptr;
};
struct Layer {
    Norm before_attention, before_feed;
    Linear queries_keys_values, attended, inner, outer;
};

// One row a piece.
struct Rows {
    std::size_t count = 0, width = 0;
    std::vector<float> values;
    Rows(std::size_t rows, std::size_t columns) : count(rows), width(columns), values(rows * columns) {}
    float* row(std::size_t i) { return &values[i * width]; }
    const float* row(std::size_t i) const { return &values[i * width]; }
};

// Weights are read once for all rows: they are larger than any cache.
Rows multiply(const Rows& in, const Linear& linear, std::size_t width) {
    Rows out(in.count, width);
    for (std::size_t t = 0; t < in.count; ++t)
        std::copy(linear.bias, linear.bias + width, out.row(t));
    for (std::size_t i = 0; i < in.width; ++i) {
        const float* weights = linear.weights + i * width;
        for (std::size_t t = 0; t < in.count; ++t) {
            const float value = in.row(t)[i];
            if (value == 0) continue;
            float* to = out.row(t);
            for (std::size_t j = 0; j < width; ++j)
                to[j] += value * weights[j];
        }
    }
    return out;
}

Rows normalise(const Rows& in, const Norm& norm) {
    Rows out(in.count, in.width);
    const auto n = static_cast<double>(in.width);
    for (std::size_t t = 0; t < in.count; ++t) {
        const float* from = in.row(t);
        double mean = 0, variance = 0;
        for (std::size_t j = 0; j < in.width; ++j)
            mean += from[j];
        mean /= n;
        for (std::size_t j = 0; j < in.width; ++j)
            variance += (from[j] - mean) * (from[j] - mean);
        const auto factor = static_cast<float>(1 / std::sqrt(variance / n + 1e-6));
        for (std::size_t j = 0; j < in.width; ++j)
            out.row(t)[j] = (from[j] - static_cast<float>(mean)) * factor * norm.scale[j] + norm.bias[j];
    }
    return out;
}

// Every piece looks at every piece, in four heads.
Rows attend(const Rows& all, std::size_t width) {
    const std::size_t part = width / kHeads;
    const float scale = 1 / std::sqrt(static_cast<float>(part));
    Rows out(all.count, width);
    std::vector<float> weights(all.count);
    for (std::size_t head = 0; head < kHeads; ++head) {
        for (std::size_t i = 0; i < all.count; ++i) {
            const float* query = all.row(i) + head * part;
            float most = -1e30f, sum = 0;
            for (std::size_t j = 0; j < all.count; ++j) {
                const float* key = all.row(j) + width + head * part;
                float product = 0;
                for (std::size_t c = 0; c < part; ++c)
                    product += query[c] * scale * key[c];
                weights[j] = product;
                most = std::max(most, product);
            }
            for (float& weight : weights)
                sum += weight = std::exp(weight - most);
            float* to = out.row(i) + head * part;
            for (std::size_t j = 0; j < all.count; ++j) {
                const float* value = all.row(j) + 2 * width + head * part;
                for (std::size_t c = 0; c < part; ++c)
                    to[c] += weights[j] / sum * value[c];
            }
        }
    }
    return out;
}

void add(Rows& to, const Rows& more) {
    for (std::size_t i = 0; i < to.values.size(); ++i)
        to.values[i] += more.values[i];
}

template <class T>
bool read(std::istream& in, T& value) {
    return static_cast<bool>(in.read(reinterpret_cast<char*>(&value), sizeof value));
}

}  // namespace

struct Embedding::Model {
    struct Piece {
        std::size_t id;
        float score;
    };
    std::unordered_map<std::string, Piece> pieces;
    std::size_t longest = 0;
    std::vector<float> weights;
    const float *embeddings = nullptr, *timing = nullptr;
    Linear widen, last;
    std::array<Layer, 2> layers;

    bool read_pieces(std::istream& in);
    bool read_weights(std::istream& in);
    std::vector<std::size_t> pieces_of(std::string_view text) const;
    Rows run(const std::vector<std::size_t>& ids) const;
};

bool Embedding::Model::read_pieces(std::istream& in) {
    for (std::size_t id = 0; id < kPieces; ++id) {
        std::uint16_t size = 0;
        if (!read(in, size)) return false;
        std::string text(size, '\0');
        float score = 0;
        if (!in.read(text.data(), size) || !read(in, score)) return false;
        if (id < kControlPieces) continue;
        longest = std::max(longest, text.size());
        pieces[std::move(text)] = {id, score};
    }
    return true;
}

bool Embedding::Model::read_weights(std::istream& in) {
    std::vector<std::pair<const float**, std::size_t>> parts{{&embeddings, kRows * kWidth},
                                                             {&timing, kWidth / 2}};
    const auto linear = [&](Linear& to, std::size_t from, std::size_t width) {
        parts.emplace_back(&to.weights, from * width);
        parts.emplace_back(&to.bias, width);
    };
    const auto norm = [&](Norm& to, std::size_t width) {
        parts.emplace_back(&to.scale, width);
        parts.emplace_back(&to.bias, width);
    };
    linear(widen, kWidth, kWide);
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const std::size_t width = i == 0 ? kWidth : kWide;
        norm(layers[i].before_attention, width);
        linear(layers[i].queries_keys_values, width, 3 * width);
        linear(layers[i].attended, width, kWide);
        norm(layers[i].before_feed, kWide);
        linear(layers[i].inner, kWide, kInner);
        linear(layers[i].outer, kInner, kWide);
    }
    linear(last, kWide, kWide);
    std::size_t total = 0;
    for (const auto& [to, size] : parts)
        total += size;
    std::vector<std::uint16_t> halves(total);
    if (!in.read(reinterpret_cast<char*>(halves.data()), static_cast<std::streamsize>(total * 2)))
        return false;
    weights.resize(total);
    std::transform(halves.begin(), halves.end(), weights.begin(), from_half);
    const float* at = weights.data();
    for (const auto& [to, size] : parts) {
        *to = at;
        at += size;
    }
    return true;
}

// SentencePiece's unigram model: the division of the text whose pieces score highest (Viterbi).
std::vector<std::size_t> Embedding::Model::pieces_of(std::string_view text) const {
    std::string joined(kSpace);
    for (const char c : text)
        c == ' ' || c == '\n' ? joined.append(kSpace) : joined.append(1, c);
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < joined.size(); ++i)
        if ((joined[i] & 0xc0) != 0x80) starts.push_back(i);
    starts.push_back(joined.size());
    const std::size_t n = starts.size() - 1;
    std::vector<float> best(n + 1, 0);
    std::vector<std::size_t> piece(n + 1, 0), length(n + 1, 1);
    for (std::size_t end = 1; end <= n; ++end) {
        for (std::size_t begin = end; begin-- > 0 && starts[end] - starts[begin] <= longest;) {
            const auto found = pieces.find(joined.substr(starts[begin], starts[end] - starts[begin]));
            if (found == pieces.end()) continue;
            const float score = found->second.score + best[begin];
            if (best[end] != 0 && score < best[end]) continue;
            best[end] = score;
            piece[end] = found->second.id;
            length[end] = end - begin;
        }
    }
    std::vector<std::size_t> out;
    bool was_unknown = false;
    for (std::size_t at = n; at > 0; at -= length[at]) {
        if (!was_unknown || piece[at] != 0) out.push_back(piece[at]);
        was_unknown = piece[at] == 0;
    }
    std::reverse(out.begin(), out.end());
    if (out.size() > kMostPieces) out.resize(kMostPieces);
    return out;
}

Rows Embedding::Model::run(const std::vector<std::size_t>& ids) const {
    Rows x(ids.size(), kWidth);
    for (std::size_t t = 0; t < ids.size(); ++t) {
        for (std::size_t j = 0; j < kWidth / 2; ++j) {
            const float* own = embeddings + ids[t] * kWidth;
            const float angle = static_cast<float>(t) * timing[j];
            // The trained graph adds a piece twice, then its position.
            x.row(t)[j] = 2 * own[j] + std::sin(angle);
            x.row(t)[kWidth / 2 + j] = 2 * own[kWidth / 2 + j] + std::cos(angle);
        }
    }
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Layer& layer = layers[i];
        const std::size_t width = x.width;
        const Rows looked = multiply(
            attend(multiply(normalise(x, layer.before_attention), layer.queries_keys_values, 3 * width),
                   width),
            layer.attended, kWide);
        if (i == 0) x = multiply(x, widen, kWide);
        add(x, looked);
        Rows inner = multiply(normalise(x, layer.before_feed), layer.inner, kInner);
        for (float& value : inner.values)
            value = std::max(value, 0.0f);
        add(x, multiply(inner, layer.outer, kWide));
    }
    return x;
}

Embedding::Embedding(std::unique_ptr<Model> model) : model_(std::move(model)) {}
Embedding::Embedding(Embedding&&) noexcept = default;
Embedding& Embedding::operator=(Embedding&&) noexcept = default;
Embedding::~Embedding() = default;

Result<Embedding> Embedding::load(const std::string& models_dir) {
    std::ifstream in(models_dir + std::string(kFile), std::ios::binary);
    if (!in) return not_found("sentence encoder among the models");
    std::string magic(kMagic.size(), '\0');
    std::uint32_t version = 0, count = 0;
    if (!in.read(magic.data(), static_cast<std::streamsize>(magic.size())) || !read(in, version) ||
        !read(in, count) || magic != kMagic || version != kVersion || count != kPieces)
        return internal("the sentence encoder's file is of another kind");
    auto model = std::make_unique<Model>();
    if (!model->read_pieces(in) || !model->read_weights(in))
        return internal("the sentence encoder's file is cut off");
    return Embedding(std::move(model));
}

std::vector<float> Embedding::embed(std::string_view text) const {
    const std::vector<std::size_t> ids = model_->pieces_of(text);
    const Rows x = model_->run(ids);
    Rows mean(1, kWide);
    for (std::size_t t = 0; t < x.count; ++t)
        for (std::size_t j = 0; j < kWide; ++j)
            mean.values[j] += x.row(t)[j] / static_cast<float>(x.count);
    std::vector<float> out = multiply(mean, model_->last, kWide).values;
    double length = 0;
    for (float& value : out) {
        value = std::tanh(value);
        length += static_cast<double>(value) * value;
    }
    const auto factor = static_cast<float>(1 / std::sqrt(std::max(length, 1e-12)));
    for (float& value : out)
        value *= factor;
    return out;
}

double similarity(const std::vector<float>& a, const std::vector<float>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        sum += static_cast<double>(a[i]) * b[i];
    return sum;
}

}  // namespace atelier::ai::builtin
