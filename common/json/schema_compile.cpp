#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "common/json/pointer.hpp"
#include "common/json/schema_node.hpp"

namespace atelier::json {
namespace {

struct TypeRow {
    Type type;
    std::string_view name, description;
};
constexpr std::array kTypes{
    TypeRow{Type::null, "null", "null"},
    TypeRow{Type::boolean, "boolean", "true or false"},
    TypeRow{Type::integer, "integer", "a whole number"},
    TypeRow{Type::number, "number", "a number"},
    TypeRow{Type::string, "string", "a text"},
    TypeRow{Type::array, "array", "a list"},
    TypeRow{Type::object, "object", "an object"},
};

constexpr std::array<std::string_view, 8> kAnnotations{"$schema",     "$id",     "$comment", "title",
                                                       "description", "default", "examples", "definitions"};

/// A place in a schema that is wrong. Thrown inside this file only; compile() turns it into an Error.
struct Wrong {
    std::string message;
};

std::filesystem::path folder_of(const std::string& file) {
    return std::filesystem::path(file).parent_path();
}

class Compiler {
  public:
    Compiler(const Value& root, const std::string& name, const Schema::Resolver& resolver)
        : resolver_(resolver) {
        documents_.emplace(name, root);
    }

    const Schema::Node* compile(const std::string& file, const std::string& pointer) {
        const std::string place = file + "#" + pointer;
        if (const auto known = by_place_.find(place); known != by_place_.end()) return known->second;
        const Value* schema = follow(document(file), pointer);
        if (!schema) throw Wrong{place + " does not exist"};
        nodes_.push_back(std::make_unique<Schema::Node>());
        Schema::Node& node = *nodes_.back();
        by_place_.emplace(place, &node);  // before its parts: a schema may refer to itself
        read(node, *schema, file, pointer);
        return &node;
    }

    std::vector<std::unique_ptr<Schema::Node>> take() { return std::move(nodes_); }

  private:
    const Value& document(const std::string& file) {
        if (const auto known = documents_.find(file); known != documents_.end()) return known->second;
        if (!resolver_) throw Wrong{"the file " + file + " cannot be referred to here"};
        auto text = resolver_(file);
        if (!text) throw Wrong{"the file " + file + " cannot be read: " + text.error().message};
        return documents_.emplace(file, std::move(*text)).first->second;
    }

    void read(Schema::Node& node, const Value& schema, const std::string& file, const std::string& pointer) {
        if (!schema.is_object()) throw Wrong{file + "#" + pointer + " is no schema"};
        if (schema.has("$ref")) return read_ref(node, schema, file, pointer);
        for (const auto& [keyword, value] : schema.object())
            if (!read_keyword(node, keyword, value, file, pointer))
                throw Wrong{file + "#" + pointer_to(pointer, keyword) +
                            " is no keyword that is known, or has a wrong value"};
        for (const std::string& name : node.required) {
            const bool listed = std::any_of(node.properties.begin(), node.properties.end(),
                                            [&](const auto& p) { return p.first == name; });
            if (!listed && !node.additional_allowed)
                throw Wrong{file + "#" + pointer + " requires the unlisted " + name};
        }
    }

    void read_ref(Schema::Node& node, const Value& schema, const std::string& file,
                  const std::string& pointer) {
        for (const auto& [keyword, value] : schema.object())
            if (keyword != "$ref" && !is_annotation(keyword))
                throw Wrong{file + "#" + pointer + " has " + keyword +
                            " beside $ref, which would have no effect"};
        const std::string& target = schema["$ref"].as_string();
        const std::size_t hash = std::min(target.find('#'), target.size());
        const std::string target_file =
            hash == 0 ? file : (folder_of(file) / target.substr(0, hash)).lexically_normal().string();
        const std::string target_pointer = hash < target.size() ? target.substr(hash + 1) : "";
        node.ref = compile(target_file, target_pointer);
        for (const Schema::Node* at = node.ref; at; at = at->ref)
            if (at == &node) throw Wrong{file + "#" + pointer + " refers to itself"};
    }

    static bool is_annotation(std::string_view keyword) {
        return std::find(kAnnotations.begin(), kAnnotations.end(), keyword) != kAnnotations.end();
    }

    bool read_keyword(Schema::Node& node, const std::string& keyword, const Value& value,
                      const std::string& file, const std::string& pointer) {
        if (is_annotation(keyword)) return true;
        if (keyword == "type") return read_types(node, value);
        if (keyword == "enum") return read_enum(node, value);
        if (keyword == "const") {
            node.is_const = true;
            return read_enum(node, Array{value});
        }
        if (keyword == "format") {
            node.format = parse_format(value.as_string());
            return node.format.has_value();
        }
        if (keyword == "required") {
            for (const Value& name : value.array())
                node.required.push_back(name.as_string());
            return value.is_array();
        }
        if (keyword == "uniqueItems") {
            node.unique_items = value.as_bool();
            return value.is_bool();
        }
        return read_limit(node, keyword, value) ||
               read_parts(node, keyword, value, file, pointer_to(pointer, keyword));
    }

    /// Keywords that hold further schemas.
    bool read_parts(Schema::Node& node, const std::string& keyword, const Value& value,
                    const std::string& file, const std::string& here) {
        if (keyword == "properties") {
            for (const auto& [name, part] : value.object())
                node.properties.emplace_back(name, compile(file, pointer_to(here, name)));
            return value.is_object();
        }
        if (keyword == "items") {
            node.items = compile(file, here);
            return true;
        }
        if (keyword == "additionalProperties") {
            node.additional_allowed = value.as_bool(true);
            if (!value.is_bool()) node.additional = compile(file, here);
            return true;
        }
        if (keyword == "allOf") return read_branches(node.all_of, value, file, here);
        if (keyword == "anyOf") return read_branches(node.any_of, value, file, here);
        if (keyword == "oneOf") return read_branches(node.one_of, value, file, here);
        return false;
    }

    static bool read_types(Schema::Node& node, const Value& value) {
        const Array names = value.is_array() ? value.array() : Array{value};
        for (const Value& name : names) {
            const auto type = parse_type(name.as_string());
            if (!type) return false;
            node.types.push_back(*type);
        }
        return !names.empty();
    }

    static bool read_enum(Schema::Node& node, const Value& value) {
        node.allowed = value.array();
        return value.size() > 0;
    }

    bool read_branches(std::vector<const Schema::Node*>& branches, const Value& value,
                       const std::string& file, const std::string& here) {
        for (std::size_t i = 0; i < value.size(); ++i)
            branches.push_back(compile(file, here + "/" + std::to_string(i)));
        return value.is_array() && value.size() > 0;
    }

    static bool read_limit(Schema::Node& node, const std::string& keyword, const Value& value) {
        using Count = std::optional<std::int64_t> Schema::Node::*;
        using Bound = std::optional<double> Schema::Node::*;
        static const std::map<std::string_view, Count> kCounts{
            {"minItems", &Schema::Node::min_items},
            {"maxItems", &Schema::Node::max_items},
            {"minLength", &Schema::Node::min_length},
            {"maxLength", &Schema::Node::max_length},
            {"minProperties", &Schema::Node::min_properties}};
        static const std::map<std::string_view, Bound> kBounds{
            {"minimum", &Schema::Node::minimum},
            {"maximum", &Schema::Node::maximum},
            {"exclusiveMinimum", &Schema::Node::exclusive_minimum},
            {"exclusiveMaximum", &Schema::Node::exclusive_maximum},
            {"multipleOf", &Schema::Node::multiple_of}};
        if (const auto count = kCounts.find(keyword); count != kCounts.end()) {
            node.*count->second = value.as_int();
            return value.is_int() && value.as_int() >= 0;
        }
        if (const auto bound = kBounds.find(keyword); bound != kBounds.end()) {
            node.*bound->second = value.as_double();
            return value.is_number() && (keyword != "multipleOf" || value.as_double() > 0);
        }
        return false;
    }

    const Schema::Resolver& resolver_;
    std::map<std::string, Value> documents_;
    std::map<std::string, const Schema::Node*> by_place_;
    std::vector<std::unique_ptr<Schema::Node>> nodes_;
};

}  // namespace

std::optional<Type> parse_type(std::string_view name) {
    for (const TypeRow& row : kTypes)
        if (row.name == name) return row.type;
    return std::nullopt;
}
std::string_view describe(Type type) {
    return kTypes[static_cast<std::size_t>(type)].description;
}

Schema::Schema(std::vector<std::unique_ptr<Node>> nodes, const Node* root)
    : nodes_(std::move(nodes)), root_(root) {}
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

Result<Schema> Schema::compile(const Value& schema, const Resolver& resolver, const std::string& name) {
    try {
        Compiler compiler(schema, name, resolver);
        const Node* root = compiler.compile(name, "");
        return Schema(compiler.take(), root);
    } catch (const Wrong& wrong) {
        return internal("The schema is wrong: " + wrong.message + ".");
    }
}

}  // namespace atelier::json
