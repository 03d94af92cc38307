#include "workers/ai/builtin/compose/score.hpp"

#include <algorithm>
#include <cmath>

#include "common/design/model/boxes.hpp"

namespace atelier::ai::builtin::layout {
namespace {

using design::Box;

constexpr std::array<double, kRules.size()> kWeights{1.6, 1.0, 0.7, 1.2, 1.2, 0.5, 1.6, 1.0, 1.4, 1.0};

/// 1 within low…high, falling to 0 over `slope` on either side.
double within(double value, double low, double high, double slope) {
    if (value < low) return std::max(0.0, 1 - (low - value) / slope);
    if (value > high) return std::max(0.0, 1 - (value - high) / slope);
    return 1;
}

const PlacedText* headline_of(const Sheet& sheet) {
    for (const PlacedText& text : sheet.texts())
        if (text.role == design::Role::headline) return &text;
    return nullptr;
}

double hierarchy(const Sheet& sheet) {
    const PlacedText* headline = headline_of(sheet);
    if (!headline) return 0;
    double next = 0;
    for (const PlacedText& text : sheet.texts())
        if (&text != headline && text.role != design::Role::badge) next = std::max(next, text.size);
    const bool is_strip = sheet.w > 2.4 * sheet.h;
    const double size = is_strip ? within(headline->size / sheet.h, 0.2, 0.6, 0.16)
                                 : within(headline->size / sheet.unit, 0.075, 0.3, 0.035);
    return next == 0 ? size : 0.5 * size + 0.5 * within(headline->size / next, 1.9, 9, 1.2);
}

double alignment(const Sheet& sheet) {
    std::vector<double> edges;
    const auto edge = [&](const PlacedText& t) {
        if (t.align == design::Align::center) return t.box.middle().x;
        return t.align == design::Align::right ? t.box.right() : t.box.x;
    };
    for (const PlacedText& text : sheet.texts()) {
        if (text.role == design::Role::badge) continue;
        const double at = edge(text);
        if (std::none_of(edges.begin(), edges.end(),
                         [&](double e) { return std::abs(e - at) < sheet.w * 0.008; }))
            edges.push_back(at);
    }
    return edges.size() <= 1   ? 1
           : edges.size() == 2 ? 0.85
                               : std::max(0.0, 1 - 0.25 * double(edges.size() - 1));
}

double balance(const Sheet& sheet) {
    double mass = 0, x = 0, y = 0;
    const auto put = [&](const Box& box, double weight) {
        mass += box.area() * weight;
        x += box.middle().x * box.area() * weight;
        y += box.middle().y * box.area() * weight;
    };
    for (const PlacedText& text : sheet.texts())
        put(text.box, text.role == design::Role::headline ? 1.4 : 1);
    for (const PlacedPicture& picture : sheet.pictures())
        if (picture.kind != PlacedPicture::Kind::background) put(picture.box, 0.7);
    if (mass <= 0) return 0;
    return within(std::hypot((x / mass) / sheet.w - 0.5, (y / mass) / sheet.h - 0.52), 0, 0.14, 0.3);
}

double least_contrast(const Sheet& sheet) {
    double least = 21;
    for (const PlacedText& text : sheet.texts())
        least = std::min(least, text.contrast / (text.size >= 24 ? 3 : 4.5));
    return within(least, 1.3, 99, 0.6);
}

double margins(const Sheet& sheet) {
    const double wanted = std::min(sheet.w, sheet.h) * 0.035;
    double least = wanted;
    for (const PlacedText& text : sheet.texts())
        least = std::min(
            {least, text.box.x, text.box.y, sheet.w - text.box.right(), sheet.h - text.box.bottom()});
    return std::clamp(least / wanted, 0.0, 1.0);
}

double thirds(const Sheet& sheet) {
    const PlacedText* headline = headline_of(sheet);
    if (!headline) return 0;
    const auto near = [](double at) {
        return std::min({std::abs(at - 1.0 / 3), std::abs(at - 0.5), std::abs(at - 2.0 / 3)});
    };
    const double x = near(headline->box.middle().x / sheet.w), y = near(headline->box.middle().y / sheet.h);
    return 1 - std::min(1.0, (x + y) / 0.25);
}

double overlap(const Sheet& sheet) {
    double covered = 0;
    const auto& texts = sheet.texts();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        for (std::size_t j = i + 1; j < texts.size(); ++j)
            covered += 3 * design::clipped(texts[i].box, texts[j].box).area() /
                       std::max(1.0, std::min(texts[i].box.area(), texts[j].box.area()));
        for (const PlacedPicture& picture : sheet.pictures())
            if (picture.kind == PlacedPicture::Kind::cutout && texts[i].role != design::Role::badge)
                covered +=
                    design::clipped(texts[i].box, picture.box).area() / std::max(1.0, texts[i].box.area());
    }
    return std::max(0.0, 1 - covered * 2);
}

/// The share of the canvas that carries something, and no large hole between the words and the edges.
double space(const Sheet& sheet) {
    Box words{};
    double area = 0;
    for (const PlacedText& text : sheet.texts()) {
        words = design::joined(words, text.box);
        area += text.box.area();
    }
    double pictures = 0;
    for (const PlacedPicture& picture : sheet.pictures())
        if (picture.kind != PlacedPicture::Kind::background)
            pictures += design::clipped(picture.box, sheet.whole()).area();
    const double whole = sheet.w * sheet.h;
    return 0.5 * within(area / whole, 0.14, 0.45, 0.14) +
           0.5 * within((area + pictures) / whole, 0.24, 0.8, 0.25);
}

double legibility(const Sheet& sheet) {
    double least = 1;
    for (const PlacedText& text : sheet.texts()) {
        const double wanted = std::max(sheet.unit * 0.0245, 11.0);
        least = std::min(least, within(text.size, wanted, 1e9, wanted * 0.5));
        if (text.role != design::Role::headline && text.lines > 4) least = std::min(least, 0.6);
        if (text.role == design::Role::headline && text.lines > 5) least = std::min(least, 0.7);
    }
    return least;
}

}  // namespace

Score score(const Sheet& sheet) {
    Score out;
    out.by_rule = {hierarchy(sheet),  alignment(sheet),
                   balance(sheet),    least_contrast(sheet),
                   margins(sheet),    thirds(sheet),
                   overlap(sheet),    space(sheet),
                   legibility(sheet), std::max(0.0, 1 - 0.3 * sheet.left_out)};
    double weights = 0;
    for (std::size_t i = 0; i < kRules.size(); ++i) {
        out.total += kWeights[i] * out.by_rule[i];
        weights += kWeights[i];
    }
    out.total /= weights;
    return out;
}

}  // namespace atelier::ai::builtin::layout
