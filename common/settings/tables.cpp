#include <fmt/format.h>

#include <algorithm>

#include "common/settings/settings.hpp"

namespace atelier::settings {

std::string print(const std::vector<Row>& rows) {
    std::size_t name_width = 0, value_width = 0;
    for (const Row& row : rows) {
        name_width = std::max(name_width, row.name.size());
        value_width = std::max(value_width, std::min<std::size_t>(row.value.size(), 40));
    }
    std::string out;
    for (const Row& row : rows) {
        const std::string where =
            row.origin.empty() ? "default" : fmt::format("{}; default \"{}\"", row.origin, row.default_value);
        out += fmt::format("{:<{}}  {:<{}}  {} [{}]\n", row.name, name_width, row.value, value_width,
                           row.meaning, where);
    }
    return out;
}

std::string markdown(const std::vector<Row>& rows) {
    std::string out = "| setting | default | meaning |\n| --- | --- | --- |\n";
    for (const Row& row : rows) {
        const std::string shown = row.default_value.empty() ? "" : "`" + row.default_value + "`";
        out += fmt::format("| `{}` | {} | {} |\n", row.name, shown, row.meaning);
    }
    return out;
}

}  // namespace atelier::settings
