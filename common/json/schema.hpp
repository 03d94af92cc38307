#pragma once
// Validates JSON against a JSON Schema and says everything that is wrong, not only the first thing.
//
// The subset of drafts 4 and 6 that Atelier's schemas use: type, enum, const, required, properties,
// additionalProperties, minProperties, items (one schema), minItems, maxItems, uniqueItems, minLength,
// maxLength (code points), minimum, maximum, exclusiveMinimum, exclusiveMaximum (numbers), multipleOf,
// format, allOf, anyOf, oneOf, $ref; title, description, default, examples, $schema, definitions are allowed
// and without effect. Any other keyword is an error when the schema is compiled, so a misspelt one cannot
// weaken a schema silently. There is no `pattern`: a `format` is code that runs in linear time (email, uuid,
// color, hex-color, uri, date-time, slug). Every string that holds U+0000 is refused, because databases do.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/json/value.hpp"

namespace atelier::json {

/// What a client could not send better: more errors than this are not listed.
inline constexpr std::size_t kMaxSchemaErrors = 200;

class Schema {
  public:
    /// Another schema by its file name: what a `$ref` gives (`other.json#/definitions/part`), relative to its
    /// own file.
    using Resolver = std::function<Result<Value>(std::string_view file)>;

    /// `name` is the schema's own file name, where it has one. Error: internal, naming the place in the
    /// schema; the schema itself is wrong, so this stops a program's start.
    static Result<Schema> compile(const Value& schema, const Resolver& resolver = {},
                                  const std::string& name = "");

    Schema(Schema&&) noexcept;
    Schema& operator=(Schema&&) noexcept;
    ~Schema();

    /// Every wrong place, in the order of the document: RFC 6901 pointer, the keyword it breaks, a sentence.
    /// Thread-safe.
    std::vector<FieldError> validate(const Value& value) const;
    /// The same as a Result: validation_failed with the details.
    Result<> check(const Value& value) const;

    struct Node;

  private:
    explicit Schema(std::vector<std::unique_ptr<Node>> nodes, const Node* root);
    std::vector<std::unique_ptr<Node>> nodes_;
    const Node* root_;
};

/// `text` as JSON that fits the schema. Errors: bad_request (no JSON), validation_failed (JSON that does not
/// fit).
Result<Value> parse_valid(std::string_view text, const Schema& schema);

/// `/a/b` and `c~d` → `/a/b/c~0d`.
std::string pointer_to(std::string_view parent, std::string_view key);

}  // namespace atelier::json
