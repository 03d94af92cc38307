#include "common/design/syntax/text_repair.hpp"

#include <array>
#include <utility>

namespace atelier::design {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

/// Length of the valid sequence at `at`, 0 when there is none (RFC 3629).
std::size_t sequence_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
    };
    const auto is_tail = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return is_tail(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool overlong = first == 0xE0 && byte(1) < 0xA0, surrogate = first == 0xED && byte(1) > 0x9F;
        return is_tail(1) && is_tail(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool overlong = first == 0xF0 && byte(1) < 0x90, beyond = first == 0xF4 && byte(1) > 0x8F;
        return is_tail(1) && is_tail(2) && is_tail(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

std::string from_utf16(std::string_view bytes, bool big_endian) {
    std::string out;
    const auto unit = [&](std::size_t i) -> char32_t {
        const auto a = static_cast<unsigned char>(bytes[i]), b = static_cast<unsigned char>(bytes[i + 1]);
        return static_cast<char32_t>(big_endian ? a << 8 | b : b << 8 | a);
    };
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        char32_t c = unit(i);
        const bool has_low = c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.size();
        if (has_low && unit(i + 2) >= 0xDC00 && unit(i + 2) < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (unit(i + 2) - 0xDC00);
            i += 2;
        }
        append_utf8(out, c);
    }
    return out;
}

std::string valid_utf8(std::string_view bytes, std::vector<SyntaxRepair>& repairs) {
    std::string out;
    out.reserve(bytes.size());
    bool was_invalid = false, had_null = false;
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t length = sequence_length(bytes, i);
        if (length == 0) {
            if (!std::exchange(was_invalid, true))
                repairs.push_back({i, "encoding", "Bytes that are no UTF-8 were replaced."});
            append_utf8(out, kReplacement);
            ++i;
            continue;
        }
        if (bytes[i] != '\0')
            out.append(bytes.substr(i, length));
        else if (!std::exchange(had_null, true))
            repairs.push_back({i, "control_character", "Null characters were left out."});
        i += length;
    }
    return out;
}

std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
    std::string out;
    for (std::size_t at = 0;;) {
        const std::size_t next = text.find(what, at);
        out += text.substr(at, next == text.npos ? text.npos : next - at);
        if (next == text.npos) return out;
        out += by;
        at = next + what.size();
    }
}

/// `{\"a\": 1}`: no quote stands without a backslash before it.
bool is_escaped_as_a_whole(std::string_view text) {
    std::size_t quotes = 0;
    for (std::size_t i = text.find('"'); i != text.npos; i = text.find('"', i + 1), ++quotes)
        if (i == 0 || text[i - 1] != '\\') return false;
    return quotes > 1;
}

}  // namespace

void append_utf8(std::string& out, char32_t c) {
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = kReplacement;
    if (c < 0x80) {
        out += static_cast<char>(c);
        return;
    }
    const int tails = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    constexpr std::array<unsigned, 4> kLead{0, 0xC0, 0xE0, 0xF0};
    out += static_cast<char>(kLead[tails] | c >> (6 * tails));
    for (int i = tails - 1; i >= 0; --i)
        out += static_cast<char>(0x80 | (c >> (6 * i) & 0x3F));
}

std::string readable_text(std::string_view bytes, std::vector<SyntaxRepair>& repairs) {
    std::string text;
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        repairs.push_back({0, "encoding", "UTF-16 was converted to UTF-8."});
        text = from_utf16(bytes.substr(2), bytes[0] == '\xFE');
    } else {
        if (bytes.starts_with("\xEF\xBB\xBF")) {
            repairs.push_back({0, "byte_order_mark", "The byte order mark was left out."});
            bytes.remove_prefix(3);
        }
        text = valid_utf8(bytes, repairs);
    }
    if (text.find('"') == text.npos && text.find("&quot;") != text.npos) {
        repairs.push_back({0, "html_entities", "HTML entities were turned back into characters."});
        constexpr std::array<std::array<std::string_view, 2>, 6> kEntities{{{"&quot;", "\""},
                                                                            {"&#39;", "'"},
                                                                            {"&lt;", "<"},
                                                                            {"&gt;", ">"},
                                                                            {"&nbsp;", " "},
                                                                            {"&amp;", "&"}}};
        for (const auto& [entity, character] : kEntities)
            text = replaced(text, entity, character);
    }
    if (is_escaped_as_a_whole(text)) {
        repairs.push_back({0, "escaped_document", "Backslashes before every quote were left out."});
        text = replaced(replaced(replaced(text, "\\n", "\n"), "\\t", "\t"), "\\\"", "\"");
    }
    return text;
}

}  // namespace atelier::design
