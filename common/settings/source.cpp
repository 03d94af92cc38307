#include "common/settings/source.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace atelier::settings {

Source Source::environment() {
    Source source;
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view pair = *entry;
        const std::size_t equals = pair.find('=');
        if (!pair.starts_with("ATELIER_") || equals == pair.npos) continue;
        source.add(std::string(pair.substr(0, equals)), std::string(pair.substr(equals + 1)),
                   "the environment");
    }
    return source;
}

void Source::override_with(std::string name, std::string value, std::string origin) {
    given_.insert_or_assign(std::move(name), Given{std::move(value), std::move(origin)});
}

void Source::add(std::string name, std::string value, std::string origin) {
    given_.try_emplace(std::move(name), Given{std::move(value), std::move(origin)});
}

Result<> Source::add_file(const std::string& path) {
    std::ifstream file(path);
    if (!file) return bad_request("The settings file " + path + " cannot be read.");
    const std::string name = std::filesystem::path(path).filename();
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (line.ends_with('\r')) line.pop_back();
        const std::size_t start = line.find_first_not_of(" \t");
        if (start == line.npos || line[start] == '#') continue;
        const std::string origin = name + " line " + std::to_string(number);
        const std::size_t equals = line.find('=');
        if (equals == line.npos) return bad_request(origin + " is not of the form NAME=VALUE.");
        const std::string key = line.substr(start, equals - start);
        if (!key.starts_with("ATELIER_")) return bad_request(origin + " does not name an ATELIER_ setting.");
        add(key, line.substr(equals + 1), origin);
    }
    return {};
}

const Given* Source::find(std::string_view name) const {
    const auto found = given_.find(name);
    return found == given_.end() ? nullptr : &found->second;
}

std::vector<std::string> Source::names() const {
    std::vector<std::string> names;
    for (const auto& [name, given] : given_)
        names.push_back(name);
    return names;
}

Secret environment_secret(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return Secret(value ? value : "");
}

}  // namespace atelier::settings
