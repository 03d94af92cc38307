#include "tests/support/vendors/example.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <sstream>
#include <vector>

#include "common/json/pointer.hpp"

namespace atelier::tests {
namespace {

constexpr int kDeepest = 12;

std::uint64_t hash_of(std::string_view text) {  // FNV-1a
    std::uint64_t hash = 14695981039346656037ull;
    for (const unsigned char c : text)
        hash = (hash ^ c) * 1099511628211ull;
    return hash;
}

std::string type_of(const json::Value& schema) {
    std::string type =
        schema["type"].is_array() ? schema["type"].at(0).as_string() : schema["type"].as_string();
    std::transform(type.begin(), type.end(), type.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (type.empty() && schema.has("properties")) return "object";
    if (type.empty() && schema.has("items")) return "array";
    return type.empty() ? "string" : type;
}

std::string text_for(const json::Value& schema) {
    const std::string hints = schema["format"].as_string() + " " + schema["description"].as_string();
    if (hints.find("hex-color") != std::string::npos) return "#336699";
    std::string text = "Sample";
    const auto least = static_cast<std::size_t>(schema["minLength"].as_int());
    const auto most = static_cast<std::size_t>(schema["maxLength"].as_int(1000));
    text.resize(std::clamp(text.size(), least, std::max(least, most)), 'x');
    return text;
}

json::Value example(const json::Value& schema, const json::Value& root, int depth) {
    if (depth > kDeepest) return {};
    if (const auto& reference = schema["$ref"].as_string(); !reference.empty()) {
        const auto* target = json::follow(root, reference.substr(1));
        return target ? example(*target, root, depth + 1) : json::Value();
    }
    if (schema["enum"].size() > 0) return schema["enum"].at(0);
    if (schema.has("const")) return schema["const"];
    for (const char* name : {"anyOf", "oneOf"})
        if (schema[name].size() > 0) return example(schema[name].at(0), root, depth + 1);
    const std::string type = type_of(schema);
    if (type == "object") {
        json::Value value;
        value.make_object();
        for (const auto& [name, property] : schema["properties"].object())
            value.set(name, example(property, root, depth + 1));
        return value;
    }
    if (type == "array") {
        json::Value value;
        value.make_array();
        for (std::int64_t i = 0; i < std::max<std::int64_t>(1, schema["minItems"].as_int()); ++i)
            value.push(example(schema["items"], root, depth + 1));
        return value;
    }
    if (type == "boolean") return true;
    if (type == "null") return {};
    if (type == "integer" || type == "number")
        return schema.has("minimum") ? schema["minimum"] : json::Value(schema["maximum"].as_int(1));
    return text_for(schema);
}

std::string big_endian(std::uint32_t number) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> shift);
    return bytes;
}

std::uint32_t crc_of(std::string_view bytes) {
    std::uint32_t crc = ~0u;
    for (const unsigned char byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit)
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
    }
    return ~crc;
}

std::string chunk(const std::string& name, const std::string& data) {
    return big_endian(static_cast<std::uint32_t>(data.size())) + name + data +
           big_endian(crc_of(name + data));
}

/// zlib's format with stored blocks: nothing is compressed.
std::string stored(const std::string& bytes) {
    std::string out = "\x78\x01";
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t count = std::min<std::size_t>(65535, bytes.size() - at);
        const auto low = static_cast<char>(count & 255), high = static_cast<char>(count >> 8);
        out += static_cast<char>(at + count == bytes.size());
        out += {low, high, static_cast<char>(~low), static_cast<char>(~high)};
        out.append(bytes, at, count);
        at += count;
    }
    std::uint32_t a = 1, b = 0;
    for (const unsigned char byte : bytes) {
        a = (a + byte) % 65521;
        b = (b + a) % 65521;
    }
    return out + big_endian(b << 16 | a);
}

}  // namespace

json::Value example_of(const json::Value& schema) {
    return example(schema, schema, 0);
}

std::string example_png(int width, int height, std::string_view text) {
    std::string rows;
    const std::size_t row_bytes = (static_cast<std::size_t>(width) + 7) / 8;
    for (int y = 0; y < height; ++y) {
        rows += '\0';  // no filter
        std::string row(row_bytes, '\0');
        const int end = static_cast<int>(std::int64_t{width} * y / height);
        std::fill(row.begin(), row.begin() + end / 8, '\xff');
        if (end % 8 != 0) row[static_cast<std::size_t>(end / 8)] = static_cast<char>(0xff00 >> end % 8);
        rows += row;
    }
    const std::uint64_t hash = hash_of(text);
    std::string palette;
    for (int i = 0; i < 6; ++i)
        palette += static_cast<char>(hash >> 8 * i);
    const std::string one_bit_of_palette("\x01\x03\x00\x00\x00", 5);
    return "\x89PNG\r\n\x1a\n" +
           chunk("IHDR", big_endian(static_cast<std::uint32_t>(width)) +
                             big_endian(static_cast<std::uint32_t>(height)) + one_bit_of_palette) +
           chunk("PLTE", palette) + chunk("IDAT", stored(rows)) + chunk("IEND", "");
}

json::Value example_vector(std::string_view text, int length) {
    std::vector<double> sums(static_cast<std::size_t>(length), 0.0);
    std::istringstream words{std::string(text)};
    for (std::string word; words >> word;) {
        std::uint64_t state = hash_of(word);
        for (double& sum : sums) {
            state = state * 6364136223846793005ull + 1442695040888963407ull;
            sum += static_cast<double>(state >> 40) / (1 << 24) - 0.5;
        }
    }
    return json::Array(sums.begin(), sums.end());
}

}  // namespace atelier::tests
