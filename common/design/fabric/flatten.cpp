#include "common/design/fabric/flatten.hpp"

#include <algorithm>
#include <cmath>

#include "common/design/fabric/frame.hpp"

namespace atelier::design::fabric {
namespace {

using json::Value;

constexpr std::size_t kMaxCorners = 64;

Point between(Point a, Point b, double t) {
    return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}
/// De Casteljau's construction: a point of the curve with these handles.
Point curve_at(std::vector<Point> handles, double t) {
    for (std::size_t count = handles.size() - 1; count > 0; --count)
        for (std::size_t i = 0; i < count; ++i)
            handles[i] = between(handles[i], handles[i + 1], t);
    return handles[0];
}

Point point_at(const Value& command, std::size_t index) {
    return {number_of(command.at(index)), number_of(command.at(index + 1))};
}
/// Coordinates that follow a command, and -1 for one that is not known.
int arity(const std::string& command) {
    if (command == "M" || command == "L") return 2;
    if (command == "Q") return 4;
    if (command == "C") return 6;
    return command == "Z" || command == "z" ? 0 : -1;
}

struct Survey {
    std::size_t lines = 0, curves = 0;
};
/// Nothing for a path of several parts or with other commands.
std::optional<Survey> survey(const json::Array& path) {
    Survey out;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const std::string& command = path[i].at(0).as_string();
        const int expected = arity(command);
        if (expected < 0 || path[i].size() != static_cast<std::size_t>(expected) + 1) return std::nullopt;
        if ((command == "M") != (i == 0)) return std::nullopt;
        if (expected == 0 && i + 1 != path.size()) return std::nullopt;
        out.lines += expected == 2 ? 1 : 0;
        out.curves += expected > 2 ? 1 : 0;
    }
    return out;
}

bool is_near(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y) < 1e-3;
}

}  // namespace

std::optional<std::vector<Point>> flatten_path(const Value& path) {
    const auto parts = survey(path.array());
    if (!parts || parts->lines + parts->curves < 2 || parts->lines + parts->curves > kMaxCorners)
        return std::nullopt;
    const std::size_t pieces =
        parts->curves == 0 ? 1 : std::clamp<std::size_t>((kMaxCorners - parts->lines) / parts->curves, 1, 16);
    std::vector<Point> out;
    bool is_closed = false;
    for (const Value& command : path.array()) {
        is_closed = command.size() == 1;
        if (is_closed) break;
        std::vector<Point> handles;
        if (!out.empty()) handles.push_back(out.back());
        for (std::size_t i = 1; i + 1 < command.size(); i += 2)
            handles.push_back(point_at(command, i));
        if (handles.size() <= 2) {
            out.push_back(handles.back());
            continue;
        }
        for (std::size_t i = 1; i <= pieces; ++i)
            out.push_back(curve_at(handles, static_cast<double>(i) / static_cast<double>(pieces)));
    }
    if (is_near(out.front(), out.back())) {
        out.pop_back();
        is_closed = true;
    }
    if (!is_closed || out.size() < 3 || out.size() > kMaxCorners) return std::nullopt;
    return out;
}

}  // namespace atelier::design::fabric
