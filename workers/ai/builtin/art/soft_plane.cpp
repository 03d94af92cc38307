#include "workers/ai/builtin/art/soft_plane.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::ai::builtin::art {
namespace {

std::vector<float> gaussian(float deviation) {
    const int radius = std::max(1, int(std::ceil(deviation * 3)));
    std::vector<float> weights(std::size_t(radius) + 1);
    float total = 0;
    for (int i = 0; i <= radius; ++i) {
        weights[std::size_t(i)] = std::exp(-0.5F * float(i * i) / (deviation * deviation));
        total += weights[std::size_t(i)] * (i == 0 ? 1 : 2);
    }
    for (float& weight : weights)
        weight /= total;
    return weights;
}

/// Blurs `count` values that are `step` apart, by way of `line`.
void blur_line(float* values, int count, std::size_t step, const std::vector<float>& weights,
               std::vector<float>& line) {
    const int radius = int(weights.size()) - 1;
    line.resize(std::size_t(count + 2 * radius));
    for (int i = -radius; i < count + radius; ++i)
        line[std::size_t(i + radius)] = values[std::size_t(std::clamp(i, 0, count - 1)) * step];
    for (int i = 0; i < count; ++i) {
        const float* middle = line.data() + i + radius;
        float sum = middle[0] * weights[0];
        for (int k = 1; k <= radius; ++k)
            sum += (middle[-k] + middle[k]) * weights[std::size_t(k)];
        values[std::size_t(i) * step] = sum;
    }
}

}  // namespace

SoftPlane::SoftPlane(const std::uint32_t* values, int width, int height, std::size_t stride, int shift,
                     float deviation)
    : factor_(std::clamp(int(deviation / 3), 1, 64)),
      columns_((width + factor_ - 1) / factor_),
      rows_((height + factor_ - 1) / factor_),
      values_(std::size_t(columns_) * std::size_t(rows_)) {
    reduce(values, width, height, stride, shift);
    blur(std::max(deviation, 0.5F) / float(factor_));
}

void SoftPlane::reduce(const std::uint32_t* values, int width, int height, std::size_t stride, int shift) {
    for (int row = 0; row < rows_; ++row)
        for (int column = 0; column < columns_; ++column) {
            const int right = std::min(width, (column + 1) * factor_);
            const int bottom = std::min(height, (row + 1) * factor_);
            std::uint32_t sum = 0;
            for (int y = row * factor_; y < bottom; ++y)
                for (int x = column * factor_; x < right; ++x)
                    sum += values[std::size_t(y) * stride + std::size_t(x)] >> shift & 0xffU;
            const int count = (right - column * factor_) * (bottom - row * factor_);
            values_[std::size_t(row) * std::size_t(columns_) + std::size_t(column)] =
                float(sum) / (255.0F * float(count));
        }
}

void SoftPlane::blur(float deviation) {
    const std::vector<float> weights = gaussian(deviation);
    std::vector<float> line;
    for (int row = 0; row < rows_; ++row)
        blur_line(values_.data() + std::size_t(row) * std::size_t(columns_), columns_, 1, weights, line);
    for (int column = 0; column < columns_; ++column)
        blur_line(values_.data() + column, rows_, std::size_t(columns_), weights, line);
}

std::vector<float> SoftPlane::row(float y) const {
    const float v = std::clamp(y / float(factor_) - 0.5F, 0.0F, float(rows_ - 1));
    const int top = int(v), bottom = std::min(top + 1, rows_ - 1);
    const float t = v - float(top);
    const float* upper = values_.data() + std::size_t(top) * std::size_t(columns_);
    const float* lower = values_.data() + std::size_t(bottom) * std::size_t(columns_);
    std::vector<float> out(static_cast<std::size_t>(columns_));
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = upper[i] + (lower[i] - upper[i]) * t;
    return out;
}

float SoftPlane::in_row(const std::vector<float>& row, float x) const {
    const float u = std::clamp(x / float(factor_) - 0.5F, 0.0F, float(columns_ - 1));
    const auto left = std::size_t(u), right = std::min(left + 1, std::size_t(columns_ - 1));
    return row[left] + (row[right] - row[left]) * (u - float(left));
}

}  // namespace atelier::ai::builtin::art
