#include "workers/imaging/resample.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <vector>

#include "workers/imaging/convolve.hpp"
#include "workers/imaging/rgb_buffer.hpp"

namespace atelier::imaging {
namespace {

double lanczos3(double x) {
    if (x < 1e-9) return 1;
    if (x >= 3) return 0;
    const double t = std::numbers::pi * x;
    return 3 * std::sin(t) * std::sin(t / 3) / (t * t);
}

double catmull_rom(double x) {
    if (x >= 2) return 0;
    return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2;
}

/// A symmetric kernel as a table, since its sines would cost more than the sums they weigh.
class Kernel {
  public:
    Kernel(double (*weight)(double), int reach) : reach_(reach) {
        for (int i = 0; i <= reach * kSteps + 1; ++i)
            table_.push_back(weight(double(i) / kSteps));
    }
    /// In samples of the coarser side.
    int reach() const { return reach_; }
    double at(double distance) const {
        const double place = std::abs(distance) * kSteps;
        const auto before = static_cast<std::size_t>(place);
        if (before >= std::size_t(reach_) * kSteps) return 0;
        return table_[before] + (table_[before + 1] - table_[before]) * (place - double(before));
    }

  private:
    static constexpr int kSteps = 512;
    int reach_;
    std::vector<double> table_;
};

const Kernel& kernel_for(double step) {
    static const Kernel kDown(lanczos3, 3), kUp(catmull_rom, 2);
    return step < 1 ? kUp : kDown;
}

/// For every output the samples that it is made of. The first ones rise with the outputs; they may lie
/// outside the channel.
struct Weights {
    int count = 0;
    std::vector<int> first;
    std::vector<std::int16_t> values;  ///< `count` an output

    int begin() const { return first.front(); }
    int end() const { return first.back() + count; }
};

/// Rounded to integers that sum to kWholeWeight: what rounding lost goes to the greatest.
void round_into(std::int16_t* values, const std::vector<double>& shares) {
    double sum = 0;
    for (const double share : shares)
        sum += share;
    const double scale = kWholeWeight / sum;
    constexpr double kOffset = 65'536.5;  // cutting a positive number off rounds it without a call
    int rest = kWholeWeight;
    std::size_t greatest = 0;
    for (std::size_t k = 0; k < shares.size(); ++k) {
        values[k] = static_cast<std::int16_t>(static_cast<int>(shares[k] * scale + kOffset) - int(kOffset));
        rest -= values[k];
        if (shares[k] > shares[greatest]) greatest = k;
    }
    values[greatest] = static_cast<std::int16_t>(values[greatest] + rest);
}

Weights weights_for(double from, double length, int outputs, int multiple) {
    const double step = length / outputs, spread = std::max(1.0, step);
    const Kernel& kernel = kernel_for(step);
    const double reach = kernel.reach() * spread;
    const int needed = static_cast<int>(std::ceil(2 * reach));
    Weights weights{(needed + multiple - 1) / multiple * multiple, {}, {}};
    weights.first.reserve(outputs);
    weights.values.resize(std::size_t(outputs) * weights.count);
    std::vector<double> shares(needed);
    for (int i = 0; i < outputs; ++i) {
        const double center = from + (i + 0.5) * step;
        const int first = static_cast<int>(std::ceil(center - reach - 0.5));
        for (int k = 0; k < needed; ++k)
            shares[k] = kernel.at((first + k + 0.5 - center) / spread);
        weights.first.push_back(first);
        round_into(&weights.values[std::size_t(i) * weights.count], shares);
    }
    return weights;
}

/// A row of the source between begin and end, its outermost samples repeated where the channel has none.
class Line {
  public:
    Line(int begin, int end, int width)
        : begin_(begin), from_(std::clamp(begin, 0, width - 1)), to_(std::clamp(end, from_ + 1, width)) {
        values_.resize(std::size_t(end - begin) + Channel::kSlack);
        lead_ = from_ - begin_;
    }
    int from() const { return from_; }
    int width() const { return to_ - from_; }
    /// Where `from` is.
    std::uint8_t* own() { return values_.data() + lead_; }
    const std::uint8_t* padded(int end) {
        std::memset(values_.data(), own()[0], lead_);
        std::memset(own() + width(), own()[width() - 1], end - begin_ - lead_ - width());
        return values_.data();
    }

  private:
    int begin_, from_, to_, lead_ = 0;
    std::vector<std::uint8_t> values_;
};

bool is_plain_cut(const Region& r, Size size) {
    return r.width == size.width && r.height == size.height && r.x == std::floor(r.x) &&
           r.y == std::floor(r.y);
}

Channel cut(const Channel& channel, int x, int y, Size size) {
    Channel out(size.width, size.height);
    for (int row = 0; row < size.height; ++row)
        std::memcpy(out.row(row), channel.row(y + row) + x, size.width);
    return out;
}

/// The whole samples that the kernel sees around a region.
Rect reach_of(const Region& r, Size size, Size image) {
    const auto margin = [](double step) { return static_cast<int>(std::ceil(3 * std::max(1.0, step))) + 1; };
    const int across = margin(r.width / size.width), down = margin(r.height / size.height);
    const int left = std::clamp(int(std::floor(r.x)) - across, 0, image.width - 1);
    const int top = std::clamp(int(std::floor(r.y)) - down, 0, image.height - 1);
    return {left, top, std::clamp(int(std::ceil(r.x + r.width)) + across, left + 1, image.width) - left,
            std::clamp(int(std::ceil(r.y + r.height)) + down, top + 1, image.height) - top};
}

Channel band_of(const std::uint8_t* rgb, int width, const Rect& part) {
    Channel band(part.width, part.height);
    for (int y = 0; y < part.height; ++y) {
        const std::uint8_t* from = rgb + (std::size_t(part.y + y) * width + part.x) * 3;
        std::uint8_t* to = band.row(y);
        for (int x = 0; x < part.width; ++x)
            to[x] = from[x * 3];
    }
    return band;
}

}  // namespace

Channel resample(const Channel& channel, const Region& region, Size size) {
    if (is_plain_cut(region, size) && region.x >= 0 && region.y >= 0 &&
        region.x + size.width <= channel.width() && region.y + size.height <= channel.height())
        return cut(channel, int(region.x), int(region.y), size);
    const Weights down = weights_for(region.y, region.height, size.height, 2);
    Weights across = weights_for(region.x, region.width, size.width, kBlock);
    const int begin = across.begin(), end = across.end();
    for (int& first : across.first)
        first -= begin;

    const Convolutions& convolve = convolutions();
    Line line(begin, end, channel.width());
    std::vector<const std::uint8_t*> rows(down.count);
    Channel out(size.width, size.height);
    for (int y = 0; y < size.height; ++y) {
        for (int k = 0; k < down.count; ++k)
            rows[k] = channel.row(std::clamp(down.first[y] + k, 0, channel.height() - 1)) + line.from();
        convolve.down(rows.data(), &down.values[std::size_t(y) * down.count], down.count, line.own(),
                      line.width());
        convolve.across(line.padded(end), across.first.data(), across.values.data(), across.count, out.row(y),
                        size.width);
    }
    return out;
}

vips::VImage resample_rgb(const vips::VImage& image, const Region& region, Size size) {
    const vips::VImage pixels = image.copy_memory();
    const auto* from = static_cast<const std::uint8_t*>(pixels.data());
    const Rect part = reach_of(region, size, {pixels.width(), pixels.height()});
    const int width = pixels.width();
    RgbBuffer out(size);
    for (int band = 0; band < 3; ++band) {
        const Channel scaled =
            resample(band_of(from + band, width, part),
                     {region.x - part.x, region.y - part.y, region.width, region.height}, size);
        for (int y = 0; y < size.height; ++y) {
            const std::uint8_t* values = scaled.row(y);
            std::uint8_t* to = out.row(y) + band;
            for (int x = 0; x < size.width; ++x)
                to[x * 3] = values[x];
        }
    }
    return out.take();
}

}  // namespace atelier::imaging
