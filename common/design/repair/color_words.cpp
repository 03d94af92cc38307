#include "common/design/repair/color_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "common/design/repair/color_names.hpp"

namespace atelier::design {
namespace {

using json::Value;

std::uint8_t to_byte(double value) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

std::string squeezed(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (static_cast<unsigned char>(c) > 0x20 && c != '-' && c != '_')
            out += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    return out;
}

std::optional<Color> from_name(std::string_view name) {
    if (name == "transparent" || name == "none") return Color{0, 0, 0, 0};
    const auto found =
        std::lower_bound(kNamedColors.begin(), kNamedColors.end(), name,
                         [](const NamedColor& row, std::string_view wanted) { return row.name < wanted; });
    if (found == kNamedColors.end() || found->name != name) return std::nullopt;
    return Color{static_cast<std::uint8_t>(found->rgb >> 16),
                 static_cast<std::uint8_t>(found->rgb >> 8 & 255),
                 static_cast<std::uint8_t>(found->rgb & 255)};
}

std::optional<Color> from_hex(std::string_view digits) {
    const bool is_short = digits.size() == 3 || digits.size() == 4;
    if (!is_short && digits.size() != 6 && digits.size() != 8) return std::nullopt;
    std::string full;
    for (const char c : digits)
        full.append(is_short ? 2 : 1, c);
    if (full.size() == 6) full += "ff";
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(full.data(), full.data() + full.size(), value, 16);
    if (error != std::errc{} || end != full.data() + full.size()) return std::nullopt;
    return Color{static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16 & 255),
                 static_cast<std::uint8_t>(value >> 8 & 255), static_cast<std::uint8_t>(value & 255)};
}

struct Part {
    double value = 0;
    bool is_percent = false;
};

/// The numbers of `rgb(1, 2 3 / 50%)`; units other than percent play no part.
std::vector<Part> numbers_in(std::string_view text) {
    std::vector<Part> parts;
    for (std::size_t i = 0; i < text.size() && parts.size() < 5;) {
        double value = 0;
        const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), value);
        if (error != std::errc{} || !std::isfinite(value)) {
            ++i;
            continue;
        }
        i = static_cast<std::size_t>(end - text.data());
        parts.push_back({value, i < text.size() && text[i] == '%'});
    }
    return parts;
}

std::uint8_t alpha_of(const std::vector<Part>& parts) {
    if (parts.size() < 4) return 255;
    return to_byte(parts[3].value * (parts[3].is_percent ? 2.55 : parts[3].value > 1 ? 1 : 255));
}

Color from_hsl(double hue, double saturation, double lightness, std::uint8_t alpha) {
    const double s = std::clamp(saturation, 0.0, 1.0), l = std::clamp(lightness, 0.0, 1.0);
    const auto channel = [&](double n) {
        const double k = std::fmod(n + std::fmod(std::fmod(hue, 360) + 360, 360) / 30, 12);
        return to_byte(255 * (l - s * std::min(l, 1 - l) * std::max(-1.0, std::min({k - 3, 9 - k, 1.0}))));
    };
    return {channel(0), channel(8), channel(4), alpha};
}

std::optional<Color> from_function(std::string_view text) {
    const bool is_hsl = text.starts_with("hsl");
    if (!is_hsl && !text.starts_with("rgb")) return std::nullopt;
    const std::size_t open = text.find('(');
    if (open == text.npos) return std::nullopt;
    const std::vector<Part> parts = numbers_in(text.substr(open + 1));
    if (parts.size() < 3) return std::nullopt;
    const auto share = [&](int i) {
        return parts[i].is_percent || parts[i].value > 1 ? parts[i].value / 100 : parts[i].value;
    };
    if (is_hsl) return from_hsl(parts[0].value, share(1), share(2), alpha_of(parts));
    const auto byte = [&](int i) { return to_byte(parts[i].value * (parts[i].is_percent ? 2.55 : 1)); };
    return Color{byte(0), byte(1), byte(2), alpha_of(parts)};
}

/// Whole numbers are 0…255; where a fraction shows and none exceeds 1, they are shares.
std::optional<Color> from_channels(const std::array<const Value*, 4>& channels) {
    bool is_share = false;
    for (int i = 0; i < 3; ++i) {
        if (!channels[i]->is_number()) return std::nullopt;
        is_share |= !channels[i]->is_int();
    }
    for (int i = 0; i < 3; ++i)
        is_share &= channels[i]->as_double() <= 1;
    const auto byte = [&](int i) { return to_byte(channels[i]->as_double() * (is_share ? 255 : 1)); };
    const double alpha = channels[3]->as_double(1);
    return Color{byte(0), byte(1), byte(2), to_byte(alpha <= 1 ? alpha * 255 : alpha)};
}

}  // namespace

std::optional<Color> read_any_color(std::string_view text) {
    constexpr std::size_t kLongest = 64;
    if (text.empty() || text.size() > kLongest) return std::nullopt;
    std::string lower;
    for (const char c : text)
        lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    if (auto color = from_function(lower)) return color;
    const std::string word = squeezed(text);
    if (auto color = from_name(word)) return color;
    std::string_view digits = word;
    if (digits.starts_with('#')) digits.remove_prefix(1);
    if (digits.starts_with("0x")) digits.remove_prefix(2);
    return from_hex(digits);
}

std::optional<Color> read_any_color(const Value& value) {
    if (value.is_string()) return read_any_color(std::string_view(value.as_string()));
    if (value.is_array() && (value.size() == 3 || value.size() == 4))
        return from_channels({&value.at(0), &value.at(1), &value.at(2), &value.at(3)});
    if (value.has("r") && value.has("g") && value.has("b"))
        return from_channels({&value["r"], &value["g"], &value["b"], &value[value.has("a") ? "a" : "alpha"]});
    for (const char* key : {"hex", "color", "value"})
        if (value[key].is_string()) return read_any_color(std::string_view(value[key].as_string()));
    return std::nullopt;
}

}  // namespace atelier::design
