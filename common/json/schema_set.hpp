#pragma once
// All schemas of a folder, compiled once when a program starts, found by file name.

#include <map>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"
#include "common/json/schema.hpp"

namespace atelier::json {

/// Immutable after compile, so any thread may read.
class SchemaSet {
  public:
    /// File name (`http/register.json`) → text. Schemas refer to each other by these names. Error: internal,
    /// naming the file.
    using Texts = std::map<std::string, std::string_view, std::less<>>;
    static Result<SchemaSet> compile(const Texts& texts);

    /// Null when there is no such schema.
    const Schema* find(std::string_view name) const;
    /// A name that the program itself writes down: std::out_of_range when it is wrong, a bug.
    const Schema& at(std::string_view name) const;

  private:
    std::map<std::string, Schema, std::less<>> schemas_;
};

}  // namespace atelier::json
