#include "api/openapi/bundle.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

namespace atelier::api {
namespace {

struct Missing {
    std::string what;
};

class Bundler {
  public:
    explicit Bundler(const std::function<Result<json::Value>(std::string_view)>& load) : load_(load) {}

    /// Rewrites the references of `value`, which stands in `file` (empty: the document itself).
    void rewrite(json::Value& value, const std::string& file) {
        if (value.is_array())
            for (json::Value& element : value.make_array())
                rewrite(element, file);
        if (!value.is_object()) return;
        json::Value* target = value.make_object().find("$ref");
        if (target && target->is_string()) *target = rename(target->as_string(), file);
        for (auto& [key, member] : value.make_object())
            rewrite(member, file);
    }

    json::Object take() { return std::move(components_); }

  private:
    std::string rename(const std::string& target, const std::string& file) {
        const std::size_t hash = std::min(target.find('#'), target.size());
        if (hash == 0 && file.empty()) return target;
        const std::string target_file =
            hash == 0 ? file
                      : (std::filesystem::path(file).parent_path() / target.substr(0, hash))
                            .lexically_normal()
                            .string();
        const std::string pointer = hash < target.size() ? target.substr(hash + 1) : "";
        const std::string name = name_of(target_file, pointer);
        if (known_.insert(name).second) {
            json::Value part = find(target_file, pointer);
            part.make_object().erase("$schema");
            part.make_object().erase("definitions");
            rewrite(part, target_file);
            components_.set(name, std::move(part));
        }
        return "#/components/schemas/" + name;
    }

    /// `http/parts.json`, `/definitions/id` → `http.parts.id`.
    static std::string name_of(const std::string& file, std::string_view pointer) {
        std::string name = std::filesystem::path(file).replace_extension().generic_string();
        constexpr std::string_view kDefinitions = "/definitions";
        if (pointer.starts_with(kDefinitions)) pointer.remove_prefix(kDefinitions.size());
        name += pointer;
        std::replace(name.begin(), name.end(), '/', '.');
        return name;
    }

    json::Value find(const std::string& file, std::string_view pointer) {
        auto found = files_.find(file);
        if (found == files_.end()) {
            auto loaded = load_(file);
            if (!loaded) throw Missing{file + " (" + loaded.error().message + ")"};
            found = files_.emplace(file, std::move(*loaded)).first;
        }
        const json::Value* at = &found->second;
        while (!pointer.empty()) {
            const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
            at = at->object().find(pointer.substr(1, end - 1));
            if (!at) throw Missing{file + "#" + std::string(pointer)};
            pointer.remove_prefix(end);
        }
        return *at;
    }

    const std::function<Result<json::Value>(std::string_view)>& load_;
    std::map<std::string, json::Value> files_;
    std::set<std::string> known_;
    json::Object components_;
};

}  // namespace

Result<json::Value> bundle(json::Value document,
                           const std::function<Result<json::Value>(std::string_view)>& load) {
    try {
        Bundler bundler(load);
        bundler.rewrite(document, "");
        json::Value components = document["components"];
        json::Value schemas = components["schemas"];
        for (auto& [name, schema] : bundler.take())
            schemas.set(name, schema);
        components.set("schemas", std::move(schemas));
        document.set("components", std::move(components));
        return document;
    } catch (const Missing& missing) {
        return internal("The document refers to what does not exist: " + missing.what + ".");
    }
}

}  // namespace atelier::api
