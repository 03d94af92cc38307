#include "workers/adaptation/design/svg/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace atelier::adaptation::design_render {
namespace {

constexpr double kDegree = 3.14159265358979323846 / 180;

std::string hex(design::Color color) {
    return fmt::format("#{:02x}{:02x}{:02x}", color.r, color.g, color.b);
}

std::string stops_of(const std::vector<design::Stop>& stops) {
    std::string out;
    for (const design::Stop& stop : stops) {
        out += "<stop" + attribute("offset", stop.offset) + attribute("stop-color", hex(stop.color));
        if (stop.color.a != 255) out += attribute("stop-opacity", stop.color.a / 255.0);
        out += "/>";
    }
    return out;
}

}  // namespace

std::string number(double value) {
    std::string out = fmt::format("{:.3f}", value);
    out.erase(out.find_last_not_of('0') + 1);
    if (out.back() == '.') out.pop_back();
    return out == "-0" ? "0" : out;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out;
}

std::string attribute(std::string_view name, std::string_view value) {
    return fmt::format(" {}=\"{}\"", name, escaped(value));
}
std::string attribute(std::string_view name, double value) {
    return fmt::format(" {}=\"{}\"", name, number(value));
}

std::string color_attributes(std::string_view property, design::Color color) {
    std::string out = attribute(property, hex(color));
    if (color.a != 255) out += attribute(std::string(property) + "-opacity", color.a / 255.0);
    return out;
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t at) {
            return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0u;
        };
        const unsigned three = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        for (int digit = 0; digit < 4; ++digit)
            out += i + std::size_t(digit) > bytes.size() ? '=' : kDigits[three >> (18 - 6 * digit) & 63];
    }
    return out;
}

std::string Definitions::fill_attributes(const design::Paint& paint, double width, double height) {
    if (const auto* solid = std::get_if<design::SolidPaint>(&paint))
        return solid->color.a == 0 ? " fill=\"none\"" : color_attributes("fill", solid->color);
    const std::string id = next_id('g');
    if (const auto* linear = std::get_if<design::LinearPaint>(&paint)) {
        const double cos = std::cos(linear->angle * kDegree), sin = std::sin(linear->angle * kDegree);
        const double half = (std::abs(width * cos) + std::abs(height * sin)) / 2;
        text_ += "<linearGradient" + attribute("id", id) + " gradientUnits=\"userSpaceOnUse\"" +
                 attribute("x1", width / 2 - cos * half) + attribute("y1", height / 2 - sin * half) +
                 attribute("x2", width / 2 + cos * half) + attribute("y2", height / 2 + sin * half) + ">" +
                 stops_of(linear->stops) + "</linearGradient>";
    } else {
        const auto& radial = std::get<design::RadialPaint>(paint);
        text_ += "<radialGradient" + attribute("id", id) + " gradientUnits=\"userSpaceOnUse\"" +
                 attribute("cx", radial.center.x * width) + attribute("cy", radial.center.y * height) +
                 attribute("r", radial.radius * std::max(width, height)) + ">" + stops_of(radial.stops) +
                 "</radialGradient>";
    }
    return " fill=\"url(#" + id + ")\"";
}

std::string Definitions::clip_attribute(const std::string& path_data) {
    const std::string id = next_id('c');
    text_ += "<clipPath" + attribute("id", id) + "><path clip-rule=\"evenodd\"" + attribute("d", path_data) +
             "/></clipPath>";
    return " clip-path=\"url(#" + id + ")\"";
}

std::string Definitions::shadow_attribute(const design::Shadow& shadow, design::Point offset,
                                          const design::Box& region) {
    const std::string id = next_id('s');
    // The parts of feDropShadow, which not every program knows. A deviation of 0 would switch the blur's
    // input off.
    const std::string blurred = shadow.blur > 0 ? "<feGaussianBlur in=\"SourceAlpha\"" +
                                                      attribute("stdDeviation", shadow.blur / 2) + "/>"
                                                : std::string();
    text_ += "<filter" + attribute("id", id) + " filterUnits=\"userSpaceOnUse\"" + attribute("x", region.x) +
             attribute("y", region.y) + attribute("width", region.width) +
             attribute("height", region.height) + " color-interpolation-filters=\"sRGB\">" + blurred +
             "<feOffset" + (blurred.empty() ? " in=\"SourceAlpha\"" : "") + attribute("dx", offset.x) +
             attribute("dy", offset.y) + " result=\"cast\"/><feFlood" +
             color_attributes("flood-color", {shadow.color.r, shadow.color.g, shadow.color.b, 255}) +
             attribute("flood-opacity", shadow.color.a / 255.0) +
             "/><feComposite in2=\"cast\" operator=\"in\"/><feMerge><feMergeNode/><feMergeNode "
             "in=\"SourceGraphic\"/>"
             "</feMerge></filter>";
    return " filter=\"url(#" + id + ")\"";
}

}  // namespace atelier::adaptation::design_render
