#include "workers/adaptation/design/relayout/art.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::adaptation::design_render {
namespace {

using design::Box;
using design::Layer;
using design::Point;

/// From a place in one box to the same place in another.
Point moved(Point p, const Box& from, const Box& to) {
    return {to.x + (p.x - from.x) / from.width * to.width, to.y + (p.y - from.y) / from.height * to.height};
}

/// Things that touch each other and may not be stretched.
struct Piece {
    std::vector<Part> parts;
    Box bounds;
    Edges edges;
};

void add(Piece& piece, const Piece& other) {
    piece.parts.insert(piece.parts.end(), other.parts.begin(), other.parts.end());
    piece.bounds = joined(piece.bounds, other.bounds);
    piece.edges = {piece.edges.left || other.edges.left, piece.edges.top || other.edges.top,
                   piece.edges.right || other.edges.right, piece.edges.bottom || other.edges.bottom};
}

/// Panels, photographs and bands that reach two edges are as large as their place asks, and lines along them
/// as long.
bool is_stretched(const Part& part, const Art& art) {
    if (!part.is_elastic || part.edges.count() >= 2) return part.is_elastic;
    const Box& line = part.bounds;
    if (std::min(line.width, line.height) > 0.02 * std::max(line.width, line.height)) return false;
    return std::any_of(art.parts.begin(), art.parts.end(), [&](const Part& panel) {
        const Box& b = panel.bounds;
        const bool is_along = line.width > 0.75 * b.width || line.height > 0.75 * b.height;
        return panel.is_elastic && panel.edges.count() >= 3 && do_touch(line, b) && is_along;
    });
}

/// What stands on a line touches it.
Box nearly(const Box& b) {
    return {b.x - 3, b.y - 3, b.width + 6, b.height + 6};
}

std::vector<Piece> pieces_of(const Art& art) {
    std::vector<Piece> pieces;
    for (const Part& part : art.parts) {
        if (is_stretched(part, art)) continue;
        Piece piece{{part}, clipped(part.bounds, art.bounds), part.edges};
        if (piece.bounds.width <= 0 || piece.bounds.height <= 0) piece.bounds = part.bounds;
        for (std::size_t i = pieces.size(); i-- > 0;)
            if (do_touch(nearly(pieces[i].bounds), piece.bounds)) {
                add(piece, pieces[i]);
                pieces.erase(pieces.begin() + long(i));
            }
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

/// Its middle where it was in the picture; flush where it reached an edge that the region has too.
Box place_of(const Piece& piece, const Art& art, const Box& region, const Box& sheet, double factor) {
    const double width = piece.bounds.width * factor, height = piece.bounds.height * factor;
    const Point middle = moved(piece.bounds.middle(), art.bounds, region);
    Box box{middle.x - width / 2, middle.y - height / 2, width, height};
    const Edges& e = piece.edges;
    box.x = std::clamp(box.x, region.x, std::max(region.x, region.right() - width));
    box.y = std::clamp(box.y, region.y, std::max(region.y, region.bottom() - height));
    if (e.left && !e.right && region.x <= sheet.x + 1) box.x = region.x;
    if (e.right && !e.left && region.right() >= sheet.right() - 1) box.x = region.right() - width;
    if (e.top && !e.bottom && region.y <= sheet.y + 1) box.y = region.y;
    if (e.bottom && !e.top && region.bottom() >= sheet.bottom() - 1) box.y = region.bottom() - height;
    return box;
}

void stretch_part(Layer& layer, const Part& part, const Art& art, const Box& region, double factor) {
    const Box old = layer.box;
    scale(layer, factor);
    const Point from = moved({old.x, old.y}, art.bounds, region);
    const Point to = moved({old.right(), old.bottom()}, art.bounds, region);
    Box box{from.x, from.y, to.x - from.x, to.y - from.y};
    const auto is_near = [](double a, double b) { return std::abs(a - b) < 2; };
    const bool is_left = part.edges.left || is_near(old.x, art.bounds.x);
    const bool is_top = part.edges.top || is_near(old.y, art.bounds.y);
    const double right = part.edges.right || is_near(old.right(), art.bounds.right()) ? region.right() : to.x;
    const double bottom =
        part.edges.bottom || is_near(old.bottom(), art.bounds.bottom()) ? region.bottom() : to.y;
    if (is_left) box.x = region.x;
    if (is_top) box.y = region.y;
    layer.box = rounded({box.x, box.y, right - box.x, bottom - box.y});
}

void map_pinned(Layer& layer, const Part& part, const Art& art, const Box& region, double factor,
                double least) {
    const double most = std::min(region.width / part.bounds.width, region.height / part.bounds.height) * 0.9;
    double wanted = factor;
    if (part.letters.least > 0) wanted = std::max(wanted, least / part.letters.least);
    if (wanted > most && part.letters.least > 0 && part.letters.least * most < least * 0.99) {
        layer.visible = false;
        return;
    }
    wanted = std::min(wanted, most);
    scale(layer, wanted);
    const Point middle = moved(part.bounds.middle(), art.bounds, region);
    const double w = part.bounds.width * wanted / 2, h = part.bounds.height * wanted / 2, air = w * 0.12;
    move_middle(
        layer,
        {std::clamp(middle.x, region.x + w + air, std::max(region.x + w + air, region.right() - w - air)),
         std::clamp(middle.y, region.y + h + air, std::max(region.y + h + air, region.bottom() - h - air))});
}

}  // namespace

Art art_of(const std::vector<Part>& parts, const Box& sheet) {
    Art art;
    for (const Part& part : parts) {
        if (part.kind == Kind::pinned) art.pinned.push_back(part);
        if (part.kind != Kind::art) continue;
        art.parts.push_back(part);
        art.bounds = joined(art.bounds, clipped(part.bounds, sheet));
        art.edges = {art.edges.left || part.edges.left, art.edges.top || part.edges.top,
                     art.edges.right || part.edges.right, art.edges.bottom || part.edges.bottom};
    }
    return art;
}

double map_art(design::Design& design, const Art& art, const Box& region, const Box& sheet, double least) {
    const bool bleeds = art.edges.count() > 0;
    const double factor =
        std::min(region.width / art.bounds.width, region.height / art.bounds.height) * (bleeds ? 1 : 0.86);
    for (const Part& part : art.parts)
        if (is_stretched(part, art)) stretch_part(design.layers[part.index], part, art, region, factor);
    for (const Piece& piece : pieces_of(art)) {
        const Box place = place_of(piece, art, region, sheet, factor);
        for (const Part& part : piece.parts) {
            Layer& layer = design.layers[part.index];
            const Point middle = layer.box.middle();
            scale(layer, factor);
            move_middle(layer, {place.x + (middle.x - piece.bounds.x) * factor,
                                place.y + (middle.y - piece.bounds.y) * factor});
        }
    }
    for (const Part& part : art.pinned)
        map_pinned(design.layers[part.index], part, art, region, factor, least);
    return factor;
}

}  // namespace atelier::adaptation::design_render
