#include "common/settings/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <numeric>

#include "common/log/log.hpp"

namespace atelier::settings {
namespace {

template <class T>
std::optional<T> parse_number(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

struct Unit {
    std::string_view suffix;
    std::int64_t factor;
};
constexpr Unit kUnits[] = {{"KiB", 1 << 10}, {"MiB", 1 << 20},   {"GiB", 1 << 30}, {"kB", 1000},
                           {"MB", 1000000},  {"GB", 1000000000}, {"B", 1}};

std::optional<std::int64_t> parse_bytes(std::string_view text) {
    std::int64_t factor = 1;
    for (const Unit& unit : kUnits) {
        if (!text.ends_with(unit.suffix)) continue;
        text.remove_suffix(unit.suffix.size());
        factor = unit.factor;
        break;
    }
    const auto number = parse_number<std::int64_t>(text);
    if (!number || *number < 0 || *number > INT64_MAX / factor) return std::nullopt;
    return *number * factor;
}

std::string show_bytes(std::int64_t value) {
    for (const Unit& unit : {kUnits[2], kUnits[1], kUnits[0]})
        if (value >= unit.factor && value % unit.factor == 0)
            return std::to_string(value / unit.factor) + std::string(unit.suffix);
    return std::to_string(value);
}

std::string join(const auto& words, std::string_view separator) {
    return fmt::format("{}", fmt::join(words, separator));
}

bool is_address(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == text.npos || colon == 0) return false;
    const auto port = parse_number<int>(text.substr(colon + 1));
    if (!port || *port < 0 || *port > 65535) return false;
    const std::string_view host = text.substr(0, colon);
    return host.front() == '[' ? host.back() == ']' && host.size() > 2 : host.find(':') == host.npos;
}

/// How many single-character edits make one name the other (Levenshtein), for "did you mean".
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t kept = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, kept}));
        }
    }
    return row.back();
}

}  // namespace

const Given* Reader::begin(std::string_view name, std::string default_value, std::string_view meaning) {
    const Given* given = source_.find(name);
    rows_.push_back({std::string(name), given ? given->value : default_value, default_value,
                     std::string(meaning), given ? given->origin : ""});
    return given;
}

void Reader::refuse(std::string_view name, const Given& given, std::string_view expected) {
    problems_.push_back({std::string(name), "value",
                         fmt::format("{} is \"{}\" ({}), but must be {}.", name,
                                     log::without_credentials(given.value), given.origin, expected)});
}

void Reader::problem(std::string_view name, std::string message) {
    problems_.push_back({std::string(name), "consistency", std::move(message)});
}

void Reader::text(std::string_view name, std::string& field, std::string_view meaning) {
    if (const Given* given = begin(name, field, meaning)) field = given->value;
}

void Reader::integer(std::string_view name, int& field, int lowest, int highest, std::string_view meaning) {
    const Given* given = begin(name, std::to_string(field), meaning);
    if (!given) return;
    const auto value = parse_number<int>(given->value);
    if (!value || *value < lowest || *value > highest)
        return refuse(name, *given, fmt::format("a whole number from {} to {}", lowest, highest));
    field = *value;
}

void Reader::number(std::string_view name, double& field, double lowest, double highest,
                    std::string_view meaning) {
    const Given* given = begin(name, fmt::format("{}", field), meaning);
    if (!given) return;
    const auto value = parse_number<double>(given->value);
    if (!value || !(*value >= lowest && *value <= highest))
        return refuse(name, *given, fmt::format("a number from {} to {}", lowest, highest));
    field = *value;
}

void Reader::boolean(std::string_view name, bool& field, std::string_view meaning) {
    const Given* given = begin(name, field ? "true" : "false", meaning);
    if (!given) return;
    const std::string& v = given->value;
    if (v == "true" || v == "on" || v == "yes" || v == "1")
        field = true;
    else if (v == "false" || v == "off" || v == "no" || v == "0")
        field = false;
    else
        refuse(name, *given, "true or false");
}

void Reader::bytes(std::string_view name, std::int64_t& field, std::int64_t lowest, std::int64_t highest,
                   std::string_view meaning) {
    const Given* given = begin(name, show_bytes(field), meaning);
    if (!given) return;
    const auto value = parse_bytes(given->value);
    if (!value || *value < lowest || *value > highest)
        return refuse(
            name, *given,
            fmt::format("a size such as 64MiB, from {} to {}", show_bytes(lowest), show_bytes(highest)));
    field = *value;
}

void Reader::address(std::string_view name, std::string& field, bool may_be_empty, std::string_view meaning) {
    const Given* given = begin(name, field, meaning);
    if (!given) return;
    if (!is_address(given->value) && !(may_be_empty && given->value.empty()))
        return refuse(name, *given, "ADDRESS:PORT, for example 127.0.0.1:8080");
    field = given->value;
}

void Reader::url(std::string_view name, std::string& field, const std::vector<std::string_view>& schemes,
                 std::string_view meaning) {
    const Given* given = begin(name, field, meaning);
    rows_.back().value = log::without_credentials(rows_.back().value);
    if (!given || (given->value.empty() && field.empty())) return;
    const std::string_view value = given->value;
    const bool known =
        std::any_of(schemes.begin(), schemes.end(), [&](std::string_view s) { return value.starts_with(s); });
    if (!known || value.find_first_of(" \t\r\n") != value.npos)
        return refuse(name, *given, "a URL that starts with " + join(schemes, " or "));
    field = given->value;
}

void Reader::list(std::string_view name, std::vector<std::string>& field, std::string_view meaning) {
    const Given* given = begin(name, join(field, ","), meaning);
    if (!given) return;
    field.clear();
    for (std::size_t at = 0; at <= given->value.size();) {
        const std::size_t comma = std::min(given->value.find(',', at), given->value.size());
        std::string_view word = std::string_view(given->value).substr(at, comma - at);
        while (word.starts_with(' '))
            word.remove_prefix(1);
        while (word.ends_with(' '))
            word.remove_suffix(1);
        if (!word.empty()) field.emplace_back(word);
        at = comma + 1;
    }
}

void Reader::secret(std::string_view name, Secret& field, std::size_t shortest, std::string_view meaning) {
    const Given* given = begin(name, "", meaning);
    const std::string file_name = std::string(name) + "_FILE";
    const Given* path = begin(file_name, "", "A file that holds " + std::string(name) + " instead.");
    if (given) rows_[rows_.size() - 2].value = "***";
    if (given && path)
        return problem(name, fmt::format("{} and {} are both given: keep one.", name, file_name));
    std::string value = given ? given->value : "";
    if (path) {
        std::ifstream file(path->value);
        if (!file) return refuse(file_name, *path, "the path of a file that can be read");
        value.assign(std::istreambuf_iterator<char>(file), {});
        while (value.ends_with('\n') || value.ends_with('\r'))
            value.pop_back();
    }
    if (!given && !path) return;
    if (value.size() < shortest)
        return problem(name, fmt::format("{} must have at least {} bytes.", name, shortest));
    field = Secret(std::move(value));
}

std::optional<std::size_t> Reader::word(std::string_view name, const std::vector<std::string_view>& words,
                                        std::size_t index, std::string_view meaning) {
    const Given* given = begin(name, std::string(words[index]), meaning);
    if (!given) return std::nullopt;
    const auto found = std::find(words.begin(), words.end(), given->value);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    refuse(name, *given, "one of " + join(words, ", "));
    return std::nullopt;
}

Result<> Reader::finish() {
    for (const std::string& name : source_.names()) {
        if (name.starts_with("ATELIER_TEST_")) continue;
        if (std::any_of(rows_.begin(), rows_.end(), [&](const Row& row) { return row.name == name; }))
            continue;
        const auto closest = std::min_element(rows_.begin(), rows_.end(), [&](const Row& a, const Row& b) {
            return distance(a.name, name) < distance(b.name, name);
        });
        std::string message =
            fmt::format("{} ({}) is no setting of Atelier", name, source_.find(name)->origin);
        if (closest != rows_.end()) message += fmt::format("; the closest is {}", closest->name);
        problems_.push_back({name, "unknown", message + "."});
    }
    if (problems_.empty()) return {};
    return invalid(problems_);
}

}  // namespace atelier::settings
