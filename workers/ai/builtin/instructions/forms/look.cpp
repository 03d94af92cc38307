#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/instructions/forms/actions.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using design::Layer;

template <class Change>
Outcome to_layers(Ask& ask, const std::string& what, Change&& change) {
    const Ids all = ask.has(Slot::what) ? ask.layers() : ask.desk.ids();
    if (all.empty()) return no_such(ask);
    const Ids ids = ask.has(Slot::what) ? ask.desk.unlocked(all) : all;
    Ids changed;
    for (const std::string& id : ids)
        if (!ask.desk.is_locked(id) && change(ask.desk.layer(id))) changed.push_back(id);
    if (!ids.empty() && changed.empty()) return ask.desk.called(ids) + " cannot be " + what + ".";
    if (!changed.empty())
        ask.desk.say(ask.desk.called(changed) + (changed.size() == 1 ? " is " : " are ") + what + ".");
    return std::nullopt;
}

/// The shapes and pictures of a layer: what has corners.
bool set_radii(Layer& layer, const std::function<double(const Layer&, double)>& radius) {
    bool is_any = false;
    for_each_in(layer, [&](Layer& part) {
        design::CornerRadii* radii = nullptr;
        if (auto* image = image_of(part)) radii = &image->corner_radii;
        if (auto* shape = std::get_if<design::ShapeContent>(&part.content))
            if (shape->outline.kind == design::ShapeKind::rectangle) radii = &shape->outline.corner_radii;
        if (!radii) return;
        radii->fill(rounded(radius(part, (*radii)[0])));
        is_any = true;
    });
    return is_any;
}

double unit(const Ask& ask) {
    return std::min(ask.desk.width(), ask.desk.height()) / 1000;
}

/// Letters and lines of a layer's own size.
double thickness(const Layer& layer) {
    if (const auto* text = text_of(layer)) return std::clamp(text->style.font_size * 0.04, 0.5, 20.0);
    return std::clamp(std::min(layer.box.width, layer.box.height) * 0.02, 1.0, 20.0);
}

}  // namespace

Outcome set_opacity(Ask& ask) {
    const auto amount = ask.amount();
    const double share = amount && amount->kind == Amount::Kind::percent ? amount->value / 100
                         : amount && amount->kind == Amount::Kind::number
                             ? amount->value / (amount->value > 1 ? 100 : 1)
                             : -1;
    const auto opacity_after = [&](double now) {
        if (ask.argument == "transparent") return share >= 0 ? 1 - share : 0.5;
        if (ask.argument == "opacity") return share >= 0 ? share : 1.0;
        if (ask.argument == "opaque") return 1.0;
        const double by = share >= 0                                         ? share
                          : amount && amount->kind == Amount::Kind::much     ? 0.45
                          : amount && amount->kind == Amount::Kind::slightly ? 0.12
                                                                             : 0.25;
        return now + (ask.argument == "fainter" ? -by : by);
    };
    const Ids all = ask.layers();
    if (all.empty()) return no_such(ask);
    for (const std::string& id : ask.desk.unlocked(all)) {
        Layer& layer = ask.desk.layer(id);
        layer.opacity = std::clamp(std::round(opacity_after(layer.opacity) * 100) / 100, 0.0, 1.0);
        ask.desk.say(ask.desk.called(id) + " has an opacity of " +
                     std::to_string(int(std::lround(layer.opacity * 100))) + " %.");
    }
    return std::nullopt;
}

Outcome rotate(Ask& ask) {
    const auto amount = ask.amount();
    double by = 10;
    if (amount && (amount->kind == Amount::Kind::degrees || amount->kind == Amount::Kind::number))
        by = amount->value;
    if (amount && amount->kind == Amount::Kind::slightly) by = 5;
    if (amount && amount->kind == Amount::Kind::much) by = 25;
    if (ask.argument == "left") by = -by;
    if (ask.argument == "over") by = 180;
    return to_layers(ask, ask.argument == "straight" ? "straight" : "rotated", [&](Layer& layer) {
        double turn = ask.argument == "straight" ? 0 : std::fmod(layer.rotation + by, 360);
        if (turn < 0) turn += 360;
        turn = rounded(turn);
        layer.rotation = turn >= 360 ? 0 : turn;
        return true;
    });
}

Outcome flip(Ask& ask) {
    using design::Flip;
    const bool is_vertical = ask.argument == "vertical";
    return to_layers(ask, "flipped", [&](Layer& layer) {
        if (auto* image = image_of(layer)) {
            bool x = image->flip == Flip::horizontal || image->flip == Flip::both;
            bool y = image->flip == Flip::vertical || image->flip == Flip::both;
            (is_vertical ? y : x) = !(is_vertical ? y : x);
            image->flip = x && y ? Flip::both : x ? Flip::horizontal : y ? Flip::vertical : Flip::none;
            return true;
        }
        auto* shape = std::get_if<design::ShapeContent>(&layer.content);
        if (!shape) return false;
        for (design::Point& point : shape->outline.points)
            (is_vertical ? point.y : point.x) = 1 - (is_vertical ? point.y : point.x);
        design::CornerRadii& r = shape->outline.corner_radii;
        r = is_vertical ? design::CornerRadii{r[3], r[2], r[1], r[0]}
                        : design::CornerRadii{r[1], r[0], r[3], r[2]};
        return true;
    });
}

Outcome round_corners(Ask& ask) {
    const auto amount = ask.amount();
    return to_layers(ask, ask.argument == "square" ? "square at the corners" : "rounded", [&](Layer& layer) {
        return set_radii(layer, [&](const Layer& part, double now) {
            const double side = std::min(part.box.width, part.box.height);
            if (ask.argument == "square") return 0.0;
            if (ask.argument == "pill") return side / 2;
            if (amount && (amount->kind == Amount::Kind::pixels || amount->kind == Amount::Kind::number))
                return std::clamp(amount->value, 0.0, 8192.0);
            if (amount && amount->kind == Amount::Kind::percent) return side * amount->value / 100;
            if (amount && amount->kind == Amount::Kind::slightly) return std::max(now * 1.4, side * 0.06);
            if (amount && amount->kind == Amount::Kind::much) return side / 2;
            return std::min(side / 2, std::max(now * 2, side * 0.16));
        });
    });
}

Outcome set_shadow(Ask& ask) {
    if (ask.argument == "none")
        return to_layers(ask, "without a shadow", [](Layer& layer) {
            bool has = false;
            for_each_in(layer, [&](Layer& part) {
                has |= part.shadow.has_value();
                part.shadow.reset();
            });
            return has;
        });
    const double u = unit(ask);
    return to_layers(ask, "given a shadow", [&](Layer& layer) {
        const auto* text = text_of(layer);
        const double size = text ? std::clamp(text->style.font_size * 0.12, 3.0, 30.0) : 24 * u;
        const bool is_strong = ask.argument == "strong", is_soft = ask.argument == "soft";
        layer.shadow = design::Shadow{{0, 0, 0,
                                       std::uint8_t(is_strong ? 140
                                                    : is_soft ? 64
                                                              : 92)},
                                      0,
                                      rounded(size * 0.4),
                                      rounded(size * (is_soft ? 1.6 : 1))};
        const Tint tint = ask.tint();
        if (!tint.empty()) {
            layer.shadow->color = tint[0];
            layer.shadow->color.a = 150;
        }
        return true;
    });
}

Outcome set_outline(Ask& ask) {
    const bool removes = ask.argument == "none";
    const Tint tint = ask.tint();
    const auto amount = ask.amount();
    return to_layers(ask, removes ? "without an outline" : "outlined", [&](Layer& layer) {
        bool is_any = false;
        for_each_in(layer, [&](Layer& part) {
            std::optional<design::Stroke>* stroke = nullptr;
            if (auto* image = image_of(part)) stroke = &image->stroke;
            if (auto* shape = std::get_if<design::ShapeContent>(&part.content)) stroke = &shape->stroke;
            if (auto* text = text_of(part); text && &part == &layer) stroke = &text->stroke;
            if (!stroke) return;
            if (removes) {
                is_any |= stroke->has_value();
                stroke->reset();
                return;
            }
            design::Stroke out =
                stroke->value_or(design::Stroke{ask.desk.design.brand.text, thickness(part), 0});
            if (!tint.empty()) out.color = tint[0];
            if (amount && (amount->kind == Amount::Kind::pixels || amount->kind == Amount::Kind::number))
                out.width = amount->value;
            if (ask.argument == "thicker") out.width *= 1.6;
            if (ask.argument == "thinner") out.width /= 1.6;
            out.width = std::clamp(rounded(out.width), 0.1, 500.0);
            *stroke = out;
            is_any = true;
        });
        return is_any;
    });
}

}  // namespace atelier::ai::builtin::instructions
