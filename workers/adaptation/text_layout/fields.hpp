#pragma once
// Reading a JSON object field by field and remembering everything that is wrong with it.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/json/value.hpp"
#include "workers/imaging/text.hpp"

namespace atelier::adaptation {

/// Each read leaves `into` as it is when the member is missing, and notes a FieldError when it is wrong.
class Fields {
  public:
    /// `pointer` is where `object` stands in the request; errors go to `errors`, which must outlive this.
    Fields(const json::Value& object, std::string pointer, std::vector<FieldError>& errors);

    void only(std::span<const std::string_view> allowed);
    void required(std::string_view name);
    void number(std::string_view name, double low, double high, double& into);
    void integer(std::string_view name, int low, int high, int& into);
    void text(std::string_view name, std::size_t max_bytes, std::string& into);
    void color(std::string_view name, imaging::Color& into);
    /// "auto" empties it.
    void color_or_auto(std::string_view name, std::optional<imaging::Color>& into);
    void align(std::string_view name, std::optional<imaging::Align>& into);
    /// true (the default shadow), false or null (none), or an object.
    void shadow(std::string_view name, std::optional<imaging::Shadow>& into);
    /// One of `names`; returns its index.
    std::optional<std::size_t> one_of(std::string_view name, std::span<const std::string_view> names);
    /// The member when it is an object; null value and a noted error when it is something else.
    const json::Value* object(std::string_view name);

    std::string pointer_to(std::string_view name) const { return pointer_ + "/" + std::string(name); }
    void wrong(std::string_view name, std::string rule, std::string message);

  private:
    const json::Value& object_;
    std::string pointer_;
    std::vector<FieldError>& errors_;
};

json::Value to_json(const imaging::Shadow& shadow);
std::string_view to_string(imaging::Align align);

}  // namespace atelier::adaptation
