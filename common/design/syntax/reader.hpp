#pragma once
// Private to syntax/: the forgiving reader of one value.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/design/syntax/lenient.hpp"
#include "common/design/syntax/string_reader.hpp"

namespace atelier::design {

class Reader {
  public:
    Reader(std::string_view text, std::size_t at, std::vector<SyntaxRepair>& repairs)
        : cursor_{text, at, repairs} {}

    /// The object or list that begins here.
    json::Value read_root();
    /// Where it ended.
    std::size_t at() const { return cursor_.at; }

  private:
    json::Value read_value(std::size_t depth);
    json::Value read_object(std::size_t depth);
    json::Value read_list(std::size_t depth);
    json::Value read_quoted();
    json::Value read_bare();
    std::optional<std::string> read_key();
    bool ends_object(std::size_t depth);
    bool ends_list(std::size_t depth, char opener);
    void add_member(json::Object& object, std::string key, json::Value value, std::size_t at);
    void skip_nested();

    Cursor cursor_;
    std::size_t values_ = 0;
    std::vector<char> open_;  ///< the brackets that are open
};

}  // namespace atelier::design
