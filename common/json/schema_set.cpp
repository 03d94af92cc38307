#include "common/json/schema_set.hpp"

#include <stdexcept>

namespace atelier::json {

Result<SchemaSet> SchemaSet::compile(const Texts& texts) {
    const auto resolve = [&](std::string_view file) -> Result<Value> {
        const auto found = texts.find(file);
        if (found == texts.end()) return not_found("schema");
        return parse(found->second);
    };
    SchemaSet set;
    for (const auto& [name, text] : texts) {
        const auto value = parse(text);
        if (!value) return internal(name + ": " + value.error().message);
        auto schema = Schema::compile(*value, resolve, name);
        if (!schema) return internal(name + ": " + schema.error().message);
        set.schemas_.emplace(name, std::move(*schema));
    }
    return set;
}

const Schema* SchemaSet::find(std::string_view name) const {
    const auto found = schemas_.find(name);
    return found == schemas_.end() ? nullptr : &found->second;
}

const Schema& SchemaSet::at(std::string_view name) const {
    if (const Schema* schema = find(name)) return *schema;
    throw std::out_of_range("there is no schema " + std::string(name));
}

}  // namespace atelier::json
