#pragma once
// A JSON value that is cheap to include: RapidJSON reads and writes it (value.cpp) but never appears in a
// header.
//
// Objects keep the order in which members were set. Numbers are int64 where the text has no fraction and
// fits, otherwise double. Values copy deeply and are not synchronised.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "common/errors/error.hpp"

namespace atelier::json {

class Value;
using Array = std::vector<Value>;
using Member = std::pair<std::string, Value>;

class Object {
  public:
    Object() = default;
    Object(std::initializer_list<Member> members);
    const Value* find(std::string_view key) const;
    Value* find(std::string_view key);
    /// Replaces the member or appends it.
    Value& set(std::string key, Value value);
    /// Appends without looking for an equal key: for writers that know theirs are unique.
    Value& append(std::string key, Value value);
    bool erase(std::string_view key);
    std::size_t size() const { return members_.size(); }
    bool empty() const { return members_.empty(); }
    auto begin() const { return members_.begin(); }
    auto end() const { return members_.end(); }
    auto begin() { return members_.begin(); }
    auto end() { return members_.end(); }
    bool operator==(const Object&) const;

  private:
    std::vector<Member> members_;
};

class Value {
  public:
    Value() = default;
    Value(std::nullptr_t) {}
    Value(bool v) : data_(v) {}
    Value(int v) : data_(static_cast<std::int64_t>(v)) {}
    Value(long v) : data_(static_cast<std::int64_t>(v)) {}
    Value(long long v) : data_(static_cast<std::int64_t>(v)) {}
    Value(unsigned v) : data_(static_cast<std::int64_t>(v)) {}
    Value(unsigned long v) : data_(static_cast<std::int64_t>(v)) {}
    Value(double v) : data_(v) {}
    Value(const char* v) : data_(std::string(v)) {}
    Value(std::string_view v) : data_(std::string(v)) {}
    Value(std::string v) : data_(std::move(v)) {}
    Value(Array v);
    Value(Object v);

    bool is_null() const { return data_.index() == 0; }
    bool is_bool() const { return data_.index() == 1; }
    bool is_int() const { return data_.index() == 2; }
    bool is_number() const { return data_.index() == 2 || data_.index() == 3; }
    bool is_string() const { return data_.index() == 4; }
    bool is_array() const { return data_.index() == 5; }
    bool is_object() const { return data_.index() == 6; }

    /// Lenient reads: the fallback when the value is of another type. Numbers convert between int and double.
    bool as_bool(bool fallback = false) const;
    std::int64_t as_int(std::int64_t fallback = 0) const;
    double as_double(double fallback = 0) const;
    /// Empty when not a string. Valid while the value lives.
    const std::string& as_string() const;
    std::string string_or(std::string_view fallback) const;
    /// Empty when not an array / object.
    const Array& array() const;
    const Object& object() const;

    /// Makes the value an array / object first when it is something else.
    Array& make_array();
    Object& make_object();

    /// Member or element; a shared null value when absent or of another type.
    const Value& operator[](std::string_view key) const;
    const Value& operator[](const char* key) const { return (*this)[std::string_view(key)]; }
    const Value& at(std::size_t index) const;
    bool has(std::string_view key) const;
    /// Sets a member (turning the value into an object) and returns *this, for chaining.
    Value& set(std::string key, Value value);
    Value& push(Value value);
    std::size_t size() const;

    bool operator==(const Value&) const;

  private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> data_;
};

/// Compact text, for logs and test output.
std::ostream& operator<<(std::ostream& out, const Value& value);

/// Limits on what a stranger may send. Depth protects the stack.
struct ParseLimits {
    std::size_t max_depth = 64;
};

/// Strict RFC 8259 JSON, UTF-8 checked, duplicate keys and trailing bytes refused. Error: bad_request with
/// the byte offset.
Result<Value> parse(std::string_view text, ParseLimits limits = {});

/// Compact JSON. `NaN` and infinities become null.
std::string write(const Value& value);
/// Indented by two spaces, for people.
std::string write_pretty(const Value& value);
/// Compact, members sorted by key at every level: equal values give equal text, so it can be hashed.
std::string write_canonical(const Value& value);

}  // namespace atelier::json
