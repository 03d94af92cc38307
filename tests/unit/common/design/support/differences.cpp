#include "tests/unit/common/design/support/differences.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::test {

std::string first_difference(const json::Value& a, const json::Value& b, double tolerance) {
    if (a == b) return "";
    if (a.is_number() && b.is_number() && std::abs(a.as_double() - b.as_double()) < tolerance) return "";
    if (a.is_array() && b.is_array()) {
        for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i)
            if (const auto inner = first_difference(a.at(i), b.at(i), tolerance); !inner.empty())
                return "/" + std::to_string(i) + inner;
        return a.size() == b.size() ? "" : ": another number of elements";
    }
    if (a.is_object() && b.is_object()) {
        for (const auto* side : {&a, &b})
            for (const json::Member& member : side->object())
                if (const auto inner = first_difference(a[member.first], b[member.first], tolerance);
                    !inner.empty())
                    return "/" + member.first + inner;
        return "";
    }
    return ": " + json::write(a) + " and " + json::write(b);
}

}  // namespace atelier::test
