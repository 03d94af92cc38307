#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/instructions/language/color_words.hpp"
#include "workers/ai/builtin/instructions/language/nouns.hpp"
#include "workers/ai/builtin/instructions/language/vocabulary.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using K = Noun::Kind;

bool is_line(const design::Layer& layer) {
    const auto* shape = std::get_if<design::ShapeContent>(&layer.content);
    if (!shape || shape->outline.kind != design::ShapeKind::rectangle) return false;
    const double thin = std::min(layer.box.width, layer.box.height);
    return thin <= 30 && std::max(layer.box.width, layer.box.height) >= 4 * thin;
}

bool is_shape(const design::Layer& layer, design::ShapeKind kind) {
    const auto* shape = std::get_if<design::ShapeContent>(&layer.content);
    return shape && shape->outline.kind == kind;
}

/// 2: the name is just that; 1: it is a part of it; 0: it is not.
int name_match(const design::Layer& layer, const std::vector<std::string>& words) {
    int best = 0;
    for (const std::string& text : {layer.name, layer.id}) {
        const std::vector<std::string> name = name_words(text);
        if (name.empty()) continue;
        if (name == words) return 2;
        if (is_within(words, name) || is_within(singular(words), singular(name))) best = 1;
    }
    return best;
}

bool is_role(const design::Layer& layer, K kind) {
    using design::Role;
    const Role role = layer.role;
    switch (kind) {
        case K::headline:
            return role == Role::headline;
        case K::subtitle:
            return role == Role::subheadline;
        case K::body:
            return role == Role::body;
        case K::caption:
            return role == Role::caption;
        case K::button:
            return role == Role::cta;
        case K::badge:
            return role == Role::badge;
        case K::logo:
            return role == Role::logo;
        default:
            return false;
    }
}

bool is_of_kind(design::Layer& layer, const Noun& noun) {
    using design::ShapeKind;
    const bool is_picture = image_of(layer) != nullptr;
    switch (noun.kind) {
        case K::texts:
            return text_of(layer) != nullptr;
        case K::quoted:
            return text_of(layer) != nullptr;
        case K::pictures:
            return is_picture && layer.role != design::Role::logo;
        case K::shapes:
            return std::holds_alternative<design::ShapeContent>(layer.content);
        case K::circles:
            return is_shape(layer, ShapeKind::ellipse);
        case K::rectangles:
            return is_shape(layer, ShapeKind::rectangle) && !is_line(layer);
        case K::polygons:
            return is_shape(layer, ShapeKind::polygon);
        case K::lines:
            return is_line(layer);
        case K::groups:
            return std::holds_alternative<design::GroupContent>(layer.content);
        case K::everything:
        case K::elements:
            return true;
        default:
            return is_role(layer, noun.kind);
    }
}

bool stands_at(Desk& desk, const std::string& id, const Spot& spot) {
    const design::Point middle = desk.bounds(id).middle();
    const auto fits = [](std::optional<int> side, double share) {
        return !side || (*side < 0 ? share < 0.45 : *side > 0 ? share > 0.55 : std::abs(share - 0.5) < 0.2);
    };
    return fits(spot.x, middle.x / desk.width()) && fits(spot.y, middle.y / desk.height());
}

std::string squeezed(std::string_view text) {
    std::string out;
    for (const char c : folded(text))
        out += c == '\n' ? ' ' : c;
    return out;
}

Ids outermost(Desk& desk, const Ids& ids) {
    Ids out;
    for (const std::string& id : ids) {
        const Seat seat = *desk.seat(id);
        const bool is_inside = std::any_of(seat.around.begin(), seat.around.end(), [&](const auto* group) {
            return std::find(ids.begin(), ids.end(), group->id) != ids.end();
        });
        if (!is_inside) out.push_back(id);
    }
    return out;
}

double prominence(Desk& desk, const std::string& id) {
    const design::Layer& layer = desk.layer(id);
    if (const auto* text = text_of(layer)) return text->style.font_size * 1e4 + layer.box.area() / 1e4;
    return layer.box.area();
}

/// In reading order: by rows of about a twentieth of the canvas, then from left to right.
Ids in_reading_order(Desk& desk, Ids ids) {
    const double row = desk.height() / 20;
    std::stable_sort(ids.begin(), ids.end(), [&](const std::string& a, const std::string& b) {
        const design::Box p = desk.bounds(a), q = desk.bounds(b);
        const double pr = std::floor(p.y / row), qr = std::floor(q.y / row);
        return pr != qr ? pr < qr : p.x < q.x;
    });
    return ids;
}

Ids named(Desk& desk, const Ids& among, const std::vector<std::string>& words) {
    for (const int wanted : {2, 1}) {
        Ids out;
        for (const std::string& id : among)
            if (name_match(desk.layer(id), words) == wanted) out.push_back(id);
        if (!out.empty()) return out;
    }
    return {};
}

Ids find_noun(Desk& desk, const Noun& noun);

Ids candidates(Desk& desk, const Noun& noun) {
    Ids among = desk.ids();
    if (noun.within) {
        Ids inner;
        for (const std::string& owner : find_noun(desk, *noun.within))
            for_each_in(desk.layer(owner), [&](design::Layer& part) { inner.push_back(part.id); });
        among = inner;
    }
    if (noun.kind == K::named) return named(desk, among, noun.words);
    Ids out;
    for (const std::string& id : among)
        if (is_of_kind(desk.layer(id), noun)) out.push_back(id);
    if (!noun.words.empty()) {
        const Ids those = named(desk, out, noun.words);
        if (!those.empty()) out = those;
    }
    if (out.empty() && noun.kind == K::pictures) return {};
    // "the badge" where no layer has the role: one that is called so.
    if (out.empty()) {
        const auto row = std::find_if(std::begin(kNouns), std::end(kNouns),
                                      [&](const NounName& n) { return n.kind == noun.kind; });
        if (row != std::end(kNouns)) out = named(desk, among, {std::string(row->word)});
    }
    // A design without a layer of the role: the text that plays it.
    if (out.empty() && noun.kind == K::headline) {
        for (const std::string& id : among)
            if (text_of(desk.layer(id)) && (out.empty() || prominence(desk, id) > prominence(desk, out[0])))
                out = {id};
    }
    return out;
}

Ids filtered(Desk& desk, const Noun& noun, Ids ids) {
    const auto keep = [&](auto&& wanted) {
        Ids out;
        for (const std::string& id : ids)
            if (wanted(id)) out.push_back(id);
        ids = out;
    };
    if (!noun.says.empty()) {
        const std::string said = squeezed(noun.says);
        keep([&](const std::string& id) {
            bool says = false;
            for_each_in(desk.layer(id), [&](design::Layer& part) {
                if (const auto* text = text_of(part))
                    says |= squeezed(words_of(*text)).find(said) != said.npos;
            });
            return says;
        });
    }
    if (noun.color)
        keep([&](const std::string& id) {
            const auto color = desk.color_of(id);
            return color && is_called_alike(*color, *noun.color);
        });
    if (noun.spot) keep([&](const std::string& id) { return stands_at(desk, id, *noun.spot); });
    return ids;
}

/// One of several: the one that stands out, or the one asked for.
Ids chosen(Desk& desk, const Noun& noun, Ids ids) {
    if (ids.size() < 2) return ids;
    if (noun.ordinal) {
        const Ids row = in_reading_order(desk, ids);
        const int n = *noun.ordinal < 0 ? int(row.size()) : *noun.ordinal;
        return n <= int(row.size()) ? Ids{row[n - 1]} : Ids{};
    }
    if (noun.is_plural) return ids;
    const auto prefer = [&](auto&& wanted) {
        Ids some;
        for (const std::string& id : ids)
            if (wanted(desk.layer(id))) some.push_back(id);
        if (!some.empty()) ids = some;
    };
    // "the picture" is rather the one that is looked at; of several subtitles the one that is called so.
    if (noun.kind == K::pictures)
        prefer([](const design::Layer& l) { return l.role != design::Role::background; });
    const auto* own = std::find_if(std::begin(kNouns), std::end(kNouns),
                                   [&](const NounName& n) { return n.kind == noun.kind; });
    if (own != std::end(kNouns))
        prefer([&](const design::Layer& l) { return name_match(l, {std::string(own->word)}) == 2; });
    if (noun.kind == K::texts && !noun.within && noun.says.empty()) {
        // "the text at the bottom" is no button's label while there is another.
        Ids own;
        for (const std::string& id : ids)
            if (desk.is_top(id)) own.push_back(id);
        if (!own.empty()) ids = own;
    }
    if (noun.kind == K::quoted || noun.kind == K::everything) return ids;
    if (noun.kind == K::named && noun.size == 0) return ids;
    if (noun.spot && noun.size == 0) {
        // The one farthest towards that side.
        const auto reach = [&](const std::string& id) {
            const design::Point p = desk.bounds(id).middle();
            return noun.spot->x.value_or(0) * p.x / desk.width() +
                   noun.spot->y.value_or(0) * p.y / desk.height();
        };
        return {*std::max_element(ids.begin(), ids.end(),
                                  [&](const auto& a, const auto& b) { return reach(a) < reach(b); })};
    }
    const int way = noun.size < 0 ? -1 : 1;
    return {*std::max_element(ids.begin(), ids.end(), [&](const auto& a, const auto& b) {
        return way * prominence(desk, a) < way * prominence(desk, b);
    })};
}

Ids find_noun(Desk& desk, const Noun& noun) {
    if (noun.kind == K::pronoun) {
        Ids there;
        for (const std::string& id : desk.last)
            if (desk.has(id)) there.push_back(id);
        return there;
    }
    if (noun.kind == K::canvas) {
        Ids out;
        for (const std::string& id : desk.ids())
            if (desk.layer(id).role == design::Role::background) out.push_back(id);
        return out;
    }
    Ids ids = filtered(desk, noun, candidates(desk, noun));
    // The button is the group, not the group and its label; "all texts" is every text.
    ids = outermost(desk, ids);
    if (noun.ordinal && *noun.ordinal > 1 && ids.size() == 1) return {};
    return chosen(desk, noun, ids);
}

}  // namespace

Ids find_layers(Desk& desk, const Referent& referent) {
    Ids wanted, spared;
    for (const Noun& noun : referent.nouns)
        for (const std::string& id : find_noun(desk, noun))
            wanted.push_back(id);
    for (const Noun& noun : referent.except)
        for (const std::string& id : find_noun(desk, noun))
            spared.push_back(id);
    Ids out;
    for (const std::string& id : desk.ids()) {
        const auto holds = [&](const Ids& list) {
            return std::find(list.begin(), list.end(), id) != list.end();
        };
        if (holds(wanted) && !holds(spared)) out.push_back(id);
    }
    return outermost(desk, out);
}

}  // namespace atelier::ai::builtin::instructions
