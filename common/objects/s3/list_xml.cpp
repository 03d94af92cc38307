#include "common/objects/s3/list_xml.hpp"

#include <charconv>
#include <optional>

namespace atelier::objects {

namespace {

/// The text between the first `<name>` (without attributes) and its end tag; moves past it.
std::optional<std::string_view> next_element(std::string_view& xml, const std::string& name) {
    const std::string open = "<" + name + ">", close = "</" + name + ">";
    const auto begin = xml.find(open);
    if (begin == std::string_view::npos) return std::nullopt;
    const auto end = xml.find(close, begin + open.size());
    if (end == std::string_view::npos) return std::nullopt;
    const auto text = xml.substr(begin + open.size(), end - begin - open.size());
    xml.remove_prefix(end + close.size());
    return text;
}

std::optional<char> character_of(std::string_view entity) {
    if (entity == "amp") return '&';
    if (entity == "lt") return '<';
    if (entity == "gt") return '>';
    if (entity == "quot") return '"';
    if (entity == "apos") return '\'';
    if (!entity.starts_with('#')) return std::nullopt;
    entity.remove_prefix(1);
    const int base = entity.starts_with('x') ? 16 : 10;
    if (base == 16) entity.remove_prefix(1);
    int code = 0;
    const auto [end, status] = std::from_chars(entity.data(), entity.data() + entity.size(), code, base);
    if (status != std::errc() || end != entity.data() + entity.size() || code < 1 || code > 126)
        return std::nullopt;
    return static_cast<char>(code);  // our keys and etags are ASCII
}

std::optional<std::string> unescape(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto ampersand = text.find('&');
        out += text.substr(0, ampersand);
        if (ampersand == std::string_view::npos) break;
        const auto end = text.find(';', ampersand);
        if (end == std::string_view::npos) return std::nullopt;
        const auto character = character_of(text.substr(ampersand + 1, end - ampersand - 1));
        if (!character) return std::nullopt;
        out += *character;
        text.remove_prefix(end + 1);
    }
    return out;
}

std::optional<std::string> child(std::string_view element, const std::string& name) {
    const auto text = next_element(element, name);
    return text ? unescape(*text) : std::nullopt;
}

std::optional<ObjectInfo> read_entry(std::string_view contents) {
    const auto key = child(contents, "Key"), size = child(contents, "Size");
    if (!key || !size) return std::nullopt;
    ObjectInfo info{.key = *key, .etag = child(contents, "ETag").value_or("")};
    const auto [end, status] = std::from_chars(size->data(), size->data() + size->size(), info.size);
    if (status != std::errc() || end != size->data() + size->size() || info.size < 0) return std::nullopt;
    return info;
}

}  // namespace

Result<std::vector<ObjectInfo>> parse_list(std::string_view xml) {
    const Error unreadable = unavailable("the object store's listing cannot be read");
    if (xml.find("<ListBucketResult") == std::string_view::npos) return unreadable;
    std::vector<ObjectInfo> objects;
    while (const auto contents = next_element(xml, "Contents")) {
        auto info = read_entry(*contents);
        if (!info) return unreadable;
        objects.push_back(std::move(*info));
    }
    return objects;
}

std::string parse_error_code(std::string_view xml) {
    return child(xml, "Code").value_or("");
}

}  // namespace atelier::objects
