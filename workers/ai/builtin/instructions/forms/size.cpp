#include <algorithm>
#include <cmath>
#include <map>

#include "common/design/model/boxes.hpp"

#include "workers/ai/builtin/instructions/desk/room.hpp"
#include "workers/ai/builtin/instructions/desk/scaling.hpp"
#include "workers/ai/builtin/instructions/desk/settle.hpp"
#include "workers/ai/builtin/instructions/forms/actions.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using design::Box;

/// How much larger, as a factor over 1; of smaller it is the inverse or the rest.
double factor_of(const Ask& ask) {
    if (ask.argument == "double") return 2;
    if (ask.argument == "triple") return 3;
    if (ask.argument == "halve") return 0.5;
    const bool grows = ask.argument == "bigger";
    const auto amount = ask.amount();
    double by = 1.25;
    if (amount) switch (amount->kind) {
            case Amount::Kind::slightly:
                by = 1.12;
                break;
            case Amount::Kind::much:
                by = 1.6;
                break;
            case Amount::Kind::times:
                by = std::max(1.0, amount->value);
                break;
            case Amount::Kind::percent:
                if (amount->is_target) return std::clamp(amount->value / 100, 0.05, 10.0);
                return std::clamp(grows ? 1 + amount->value / 100 : 1 - amount->value / 100, 0.05, 10.0);
            case Amount::Kind::number:
                by = amount->value > 0 && amount->value <= 5 ? amount->value : 1.25;
                break;
            default:
                break;
        }
    by = std::clamp(by, 0.1, 10.0);
    return grows ? by : 1 / std::max(by, 1.0);
}

/// In pixels, of a text's letters.
std::optional<double> pixels_of(const Ask& ask) {
    const auto amount = ask.amount();
    if (!amount || amount->kind != Amount::Kind::pixels) return std::nullopt;
    return amount->value;
}

/// Back onto the canvas, when it was on it before.
void keep_inside(Desk& desk, const std::string& id, const Box& before) {
    const auto way_in = [](double start, double length, double room, double was, double was_length) {
        const bool was_inside = was >= -1 && was + was_length <= room + 1;
        if (!was_inside || length > room) return 0.0;
        return std::clamp(start, 0.0, room - length) - start;
    };
    const Box now = desk.bounds(id);
    desk.shift(id, way_in(now.x, now.width, desk.width(), before.x, before.width),
               way_in(now.y, now.height, desk.height(), before.y, before.height));
}

/// Which side of a layer is in line with other layers of the message: −1 the left one, 1 the right one.
int side_in_line(Desk& desk, const std::string& id) {
    const Box box = desk.frame(id);
    const double near = desk.width() * 0.008;
    int left = 0, right = 0;
    for (const std::string& other : obstacles(desk, with_plates(desk, {id}))) {
        const Box frame = desk.bounds(other);
        left += std::abs(frame.x - box.x) <= near;
        right += std::abs(frame.right() - box.right()) <= near;
    }
    return left == right ? 0 : left > right ? -1 : 1;
}

/// How many layers of the message lie over or under it.
int covered_by(Desk& desk, const std::string& id) {
    const Box box = desk.bounds(id);
    int count = 0;
    for (const std::string& other : obstacles(desk, {id}))
        count += is_critical(desk.layer(other).role) && design::clipped(desk.bounds(other), box).area() > 0;
    return count;
}

/// A group, a shape or a picture: as much larger as the canvas and its neighbours let it be.
double grow_whole(Desk& desk, const std::string& id, double factor) {
    const design::Design before = desk.design;
    const Box was = desk.bounds(id);
    const bool is_message = is_critical(desk.layer(id).role);
    const int line = desk.is_top(id) && desk.layer(id).rotation == 0 ? side_in_line(desk, id) : 0;
    const Box edge = desk.frame(id);
    const int covered = covered_by(desk, id);
    const Box old = desk.bounds(with_plates(desk, {id}));
    const bool was_cut =
        old.x < -1 || old.y < -1 || old.right() > desk.width() + 1 || old.bottom() > desk.height() + 1;
    constexpr int kSteps = 12;
    for (int step = 0; step < kSteps; ++step) {
        const double tried = 1 + (factor - 1) * (kSteps - step) / kSteps;
        desk.design = before;
        const std::string plate = plate_of(desk, id);
        if (!plate.empty()) scale_whole(desk.layer(plate), tried);
        scale_whole(desk.layer(id), tried);
        const Box frame = desk.frame(id);
        const double to_side = line == 0 ? 0 : line < 0 ? edge.x - frame.x : edge.right() - frame.right();
        for (const std::string& part : plate.empty() ? Ids{id} : Ids{id, plate})
            desk.shift(part, to_side, 0);
        keep_inside(desk, id, was);
        const Box now = desk.bounds(id);
        if (factor > 1 && (now.width > desk.width() * 1.5 || now.height > desk.height() * 1.5)) continue;
        const Box whole = desk.bounds(with_plates(desk, {id}));
        const bool is_cut = whole.x < -1 || whole.y < -1 || whole.right() > desk.width() + 1 ||
                            whole.bottom() > desk.height() + 1;
        if (factor > 1 && is_message && desk.is_top(id) && is_cut && !was_cut) continue;
        if (factor > 1 && image_of(desk.layer(id)) && desk.is_top(id) && covered_by(desk, id) > covered)
            continue;
        if (factor <= 1 || !is_message || !desk.is_top(id)) return tried;
        if (clear_around(desk, with_plates(desk, {id}))) return tried;
    }
    desk.design = before;
    return 1;
}

/// What came of it: "“Headline” and “Terms” are 25 % bigger."
class Account {
  public:
    void add(const std::string& id, double wanted, double got) {
        const int percent = int(std::lround((got - 1) * 100));
        const bool is_short = std::abs(got - wanted) > 0.02;
        rows_[{percent, is_short}].push_back(id);
    }
    void tell(Desk& desk) const {
        for (const auto& [result, ids] : rows_) {
            const auto [percent, is_short] = result;
            const std::string names = desk.called(ids) + (ids.size() == 1 ? " " : " ");
            if (percent == 0) {
                desk.say(names + (ids.size() == 1 ? "has" : "have") + " no room to grow.");
                continue;
            }
            desk.say(names + (ids.size() == 1 ? "is " : "are ") + std::to_string(std::abs(percent)) + " % " +
                     (percent > 0 ? "bigger" : "smaller") +
                     (is_short ? ": there is no room for more." : "."));
        }
    }

  private:
    std::map<std::pair<int, bool>, Ids> rows_;
};

double resize_one(Desk& desk, const std::string& id, double factor) {
    const design::Design before = desk.design;
    const auto grow = [&](double tried) {
        desk.design = before;
        const bool is_plain_text = text_of(desk.layer(id)) && plate_of(desk, id).empty();
        return is_plain_text ? grow_text(desk, id, tried) : grow_whole(desk, id, tried);
    };
    // What validation would refuse is tried less large.
    for (const double share : {1.0, 0.75, 0.5, 0.25}) {
        const double got = grow(1 + (factor - 1) * share);
        Desk judged = desk;
        if (!settle(judged, before)) return got;
    }
    return grow(factor);
}

constexpr std::size_t kMany = 4;

}  // namespace

Outcome resize(Ask& ask) {
    const Ids all = message_of(ask);
    if (all.empty()) return no_such(ask);
    Desk& desk = ask.desk;
    const Ids ids = desk.unlocked(all);
    Account account;
    if (ids.size() >= kMany) {
        const double factor = factor_of(ask), got = scale_together(desk, ids, factor, ask.is_everything());
        for (const std::string& id : ids)
            account.add(id, factor, got);
        account.tell(desk);
        return std::nullopt;
    }
    for (const std::string& id : ids) {
        double factor = factor_of(ask);
        if (const auto pixels = pixels_of(ask)) {
            const auto* text = text_of(desk.layer(id));
            const double size = text ? text->style.font_size : desk.layer(id).box.width;
            const double wanted = ask.amount()->is_target     ? *pixels
                                  : ask.argument == "smaller" ? size - *pixels
                                                              : size + *pixels;
            factor = std::clamp(wanted / size, 0.05, 10.0);
        }
        account.add(id, factor, resize_one(desk, id, factor));
    }
    account.tell(desk);
    return std::nullopt;
}

Outcome stretch(Ask& ask) {
    const Ids all = ask.layers();
    if (all.empty()) return no_such(ask);
    const bool grows = ask.argument == "wider" || ask.argument == "taller";
    const bool is_width = ask.argument == "wider" || ask.argument == "narrower";
    const auto amount = ask.amount();
    for (const std::string& id : ask.desk.unlocked(all)) {
        design::Layer& layer = ask.desk.layer(id);
        const Box before = ask.desk.bounds(id);
        double& length = is_width ? layer.box.width : layer.box.height;
        double& start = is_width ? layer.box.x : layer.box.y;
        const double room = is_width ? ask.desk.width() : ask.desk.height();
        double by = length * 0.2;
        if (amount && amount->kind == Amount::Kind::percent) by = length * amount->value / 100;
        if (amount && amount->kind == Amount::Kind::pixels) by = amount->value;
        if (amount && amount->kind == Amount::Kind::slightly) by = length * 0.1;
        if (amount && amount->kind == Amount::Kind::much) by = length * 0.5;
        const double wanted = std::clamp(length + (grows ? by : -by), 4.0, std::max(room, length));
        start = rounded(start - (text_of(layer) && text_of(layer)->align == design::Align::left
                                     ? 0
                                     : (wanted - length) / 2));
        length = rounded(wanted);
        keep_inside(ask.desk, id, before);
        ask.desk.say(ask.desk.called(id) + " is " + std::string(ask.argument) + ".");
    }
    return std::nullopt;
}

Outcome set_font_size(Ask& ask) {
    const Ids all = texts_in(ask.desk, ask.layers());
    if (all.empty()) return no_such(ask);
    const double wanted = ask.number();
    if (wanted < 4 || wanted > 2000) return "Letters are 4 to 2,000 pixels high.";
    Account account;
    for (const std::string& id : ask.desk.unlocked(all)) {
        const double factor = wanted / text_of(ask.desk.layer(id))->style.font_size;
        account.add(id, factor, resize_one(ask.desk, id, factor));
    }
    account.tell(ask.desk);
    return std::nullopt;
}

Outcome no_such(const Ask& ask, Slot slot) {
    const std::string words = ask.text(slot);
    return "Nothing in this design is " + (words.empty() ? std::string("meant by that") : "“" + words + "”") +
           ".";
}

Ids message_of(Ask& ask) {
    Ids all = ask.layers();
    if (!ask.is_everything()) return all;
    Desk& desk = ask.desk;
    std::erase_if(all, [&](const std::string& id) {
        design::Layer& layer = desk.layer(id);
        const bool fills = layer.box.area() > 0.5 * desk.width() * desk.height();
        return !is_critical(layer.role) && (fills || !image_of(layer));
    });
    desk.last = all;
    return all;
}

Ids texts_in(Desk& desk, const Ids& ids) {
    Ids out;
    for (const std::string& id : ids)
        for_each_in(desk.layer(id), [&](design::Layer& part) {
            if (text_of(part)) out.push_back(part.id);
        });
    return out;
}

}  // namespace atelier::ai::builtin::instructions
