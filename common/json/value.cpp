#include "common/json/value.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cmath>
#include <ostream>
#include <unordered_set>

namespace atelier::json {
namespace {

const Value kNull;
const std::string kEmptyString;
const Array kEmptyArray;
const Object kEmptyObject;

/// Builds a Value from RapidJSON's events; `failed` says why a handler stopped the reader.
class Builder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Builder> {
  public:
    explicit Builder(std::size_t max_depth) : max_depth_(max_depth) {}

    bool Null() { return add(Value()); }
    bool Bool(bool v) { return add(Value(v)); }
    bool Int(int v) { return add(Value(v)); }
    bool Uint(unsigned v) { return add(Value(static_cast<std::int64_t>(v))); }
    bool Int64(std::int64_t v) { return add(Value(v)); }
    bool Uint64(std::uint64_t v) {
        return v <= static_cast<std::uint64_t>(INT64_MAX) ? add(Value(static_cast<std::int64_t>(v)))
                                                          : add(Value(static_cast<double>(v)));
    }
    bool Double(double v) { return add(Value(v)); }
    bool String(const char* s, rapidjson::SizeType n, bool) { return add(Value(std::string(s, n))); }
    bool Key(const char* s, rapidjson::SizeType n, bool) {
        std::string key(s, n);
        Frame& frame = stack_.back();
        // A set only pays once linear search no longer does.
        if (frame.keys.empty() && frame.value.size() >= 16)
            for (const auto& [name, value] : frame.value.object()) frame.keys.insert(name);
        const bool known = frame.keys.empty() ? frame.value.has(key) : !frame.keys.insert(key).second;
        if (known) return fail("the key \"" + key + "\" appears twice in one object");
        frame.key = std::move(key);
        return true;
    }
    bool StartObject() { return open(Value(Object{})); }
    bool StartArray() { return open(Value(Array{})); }
    bool EndObject(rapidjson::SizeType) { return close(); }
    bool EndArray(rapidjson::SizeType) { return close(); }

    Value take() { return std::move(root_); }
    const std::string& reason() const { return reason_; }

  private:
    struct Frame {
        Value value;
        std::string key;
        std::unordered_set<std::string> keys;
    };

    bool fail(std::string reason) {
        reason_ = std::move(reason);
        return false;
    }
    bool open(Value empty) {
        if (stack_.size() >= max_depth_) return fail("it is nested deeper than " + std::to_string(max_depth_) + " levels");
        stack_.push_back({std::move(empty), {}, {}});
        return true;
    }
    bool close() {
        Value done = std::move(stack_.back().value);
        stack_.pop_back();
        return add(std::move(done));
    }
    bool add(Value v) {
        if (stack_.empty()) {
            root_ = std::move(v);
            return true;
        }
        Frame& frame = stack_.back();
        if (frame.value.is_array())
            frame.value.make_array().push_back(std::move(v));
        else
            frame.value.make_object().append(std::move(frame.key), std::move(v));
        return true;
    }

    std::size_t max_depth_;
    std::vector<Frame> stack_;
    Value root_;
    std::string reason_;
};

template <class Writer>
void write_to(Writer& w, const Value& v, bool sorted) {
    if (v.is_null()) {
        w.Null();
    } else if (v.is_bool()) {
        w.Bool(v.as_bool());
    } else if (v.is_int()) {
        w.Int64(v.as_int());
    } else if (v.is_number()) {
        const double d = v.as_double();
        std::isfinite(d) ? w.Double(d) : w.Null();
    } else if (v.is_string()) {
        w.String(v.as_string().data(), static_cast<rapidjson::SizeType>(v.as_string().size()));
    } else if (v.is_array()) {
        w.StartArray();
        for (const Value& element : v.array()) write_to(w, element, sorted);
        w.EndArray();
    } else {
        w.StartObject();
        if (sorted) {
            std::vector<const Member*> members;
            for (const Member& m : v.object()) members.push_back(&m);
            std::sort(members.begin(), members.end(), [](auto* a, auto* b) { return a->first < b->first; });
            for (const Member* m : members) {
                w.Key(m->first.data(), static_cast<rapidjson::SizeType>(m->first.size()));
                write_to(w, m->second, sorted);
            }
        } else {
            for (const auto& [key, value] : v.object()) {
                w.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
                write_to(w, value, sorted);
            }
        }
        w.EndObject();
    }
}

std::string compact(const Value& value, bool sorted) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    write_to(writer, value, sorted);
    return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

Object::Object(std::initializer_list<Member> members) : members_(members) {}
const Value* Object::find(std::string_view key) const {
    for (const Member& m : members_)
        if (m.first == key) return &m.second;
    return nullptr;
}
Value* Object::find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }
Value& Object::set(std::string key, Value value) {
    if (Value* known = find(key)) return *known = std::move(value);
    return append(std::move(key), std::move(value));
}
Value& Object::append(std::string key, Value value) {
    return members_.emplace_back(std::move(key), std::move(value)).second;
}
bool Object::erase(std::string_view key) {
    return std::erase_if(members_, [&](const Member& m) { return m.first == key; }) > 0;
}
bool Object::operator==(const Object& other) const {
    if (size() != other.size()) return false;
    return std::all_of(begin(), end(), [&](const Member& m) {
        const Value* twin = other.find(m.first);
        return twin && *twin == m.second;
    });
}

Value::Value(Array v) : data_(std::move(v)) {}
Value::Value(Object v) : data_(std::move(v)) {}

bool Value::as_bool(bool fallback) const { return is_bool() ? std::get<bool>(data_) : fallback; }
std::int64_t Value::as_int(std::int64_t fallback) const {
    if (is_int()) return std::get<std::int64_t>(data_);
    if (!is_number()) return fallback;
    const double d = std::get<double>(data_);
    return d >= -9.2e18 && d <= 9.2e18 ? static_cast<std::int64_t>(d) : fallback;
}
double Value::as_double(double fallback) const {
    if (is_int()) return static_cast<double>(std::get<std::int64_t>(data_));
    return is_number() ? std::get<double>(data_) : fallback;
}
const std::string& Value::as_string() const { return is_string() ? std::get<std::string>(data_) : kEmptyString; }
std::string Value::string_or(std::string_view fallback) const {
    return is_string() ? as_string() : std::string(fallback);
}
const Array& Value::array() const { return is_array() ? std::get<Array>(data_) : kEmptyArray; }
const Object& Value::object() const { return is_object() ? std::get<Object>(data_) : kEmptyObject; }
Array& Value::make_array() {
    if (!is_array()) data_ = Array{};
    return std::get<Array>(data_);
}
Object& Value::make_object() {
    if (!is_object()) data_ = Object{};
    return std::get<Object>(data_);
}
const Value& Value::operator[](std::string_view key) const {
    const Value* member = object().find(key);
    return member ? *member : kNull;
}
const Value& Value::at(std::size_t index) const { return index < array().size() ? array()[index] : kNull; }
bool Value::has(std::string_view key) const { return object().find(key) != nullptr; }
Value& Value::set(std::string key, Value value) {
    make_object().set(std::move(key), std::move(value));
    return *this;
}
Value& Value::push(Value value) {
    make_array().push_back(std::move(value));
    return *this;
}
std::size_t Value::size() const { return is_object() ? object().size() : array().size(); }
bool Value::operator==(const Value& other) const {
    if (is_number() && other.is_number() && is_int() != other.is_int()) return as_double() == other.as_double();
    return data_ == other.data_;
}

Result<Value> parse(std::string_view text, ParseLimits limits) {
    Builder builder(limits.max_depth);
    rapidjson::MemoryStream stream(text.data(), text.size());
    rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> input(stream);
    rapidjson::Reader reader;
    constexpr unsigned kFlags =
        rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseFullPrecisionFlag;
    const auto outcome = reader.Parse<kFlags>(input, builder);
    if (outcome) return builder.take();
    const std::string why =
        builder.reason().empty() ? std::string(rapidjson::GetParseError_En(outcome.Code())) : builder.reason();
    return bad_request("The text is not valid JSON at byte " + std::to_string(outcome.Offset()) + ": " + why);
}

std::string write(const Value& value) { return compact(value, false); }
std::ostream& operator<<(std::ostream& out, const Value& value) { return out << write(value); }
std::string write_canonical(const Value& value) { return compact(value, true); }
std::string write_pretty(const Value& value) {
    rapidjson::StringBuffer buffer;
    rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
    writer.SetIndent(' ', 2);
    write_to(writer, value, false);
    return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace atelier::json
