#include "common/design/syntax/lenient.hpp"

#include "common/design/schema/check.hpp"
#include "common/design/syntax/reader.hpp"
#include "common/design/syntax/text_repair.hpp"

namespace atelier::design {
namespace {

using json::Value;

/// Places in prose where a document could begin that are tried before giving up.
constexpr int kMaxBeginnings = 24;

struct Found {
    Value value;
    std::size_t begin = 0, end = 0;
    std::vector<SyntaxRepair> repairs;
};

bool is_document(const Value& value) {
    return value.is_object() || value.is_array();
}

std::size_t count_values(const Value& value) {
    std::size_t count = 1;
    for (const Value& element : value.array())
        count += count_values(element);
    for (const auto& [key, member] : value.object())
        count += count_values(member);
    return count;
}

/// Where prose may turn into a document: a brace or bracket, or the one behind a code fence.
std::size_t next_beginning(std::string_view text, std::size_t from) {
    return std::min(text.find_first_of("{[", from), text.find("｛", from));
}

/// Where the code fence around a place is closed; the end of the text when there is none around it.
std::size_t end_of_fence(std::string_view text, std::size_t at) {
    bool is_open = false;
    for (std::size_t fence = text.find("```"); fence < at; fence = text.find("```", fence + 3))
        is_open = !is_open;
    return is_open ? std::min(text.find("\n```", at), text.size()) : text.size();
}

/// Of all values in the text the one that holds most.
Found find_document(std::string_view text) {
    Found best;
    std::size_t most = 0;
    std::size_t at = next_beginning(text, 0);
    for (int tries = 0; at < text.size() && tries < kMaxBeginnings; ++tries) {
        Found found;
        found.begin = at;
        Reader reader(text.substr(0, end_of_fence(text, at)), at, found.repairs);
        found.value = reader.read_root();
        found.end = std::max(reader.at(), at + 1);
        const std::size_t count = count_values(found.value);
        at = next_beginning(text, found.end);
        if (!is_document(found.value) || count <= most) continue;
        most = count;
        best = std::move(found);
    }
    return best;
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == text.npos;
}

/// A brace too many closed the root before its time: `}, "layers": […]`. The members behind it belong to it.
void read_on(std::string_view text, Found& found) {
    constexpr int kMaxPieces = 8;
    for (int piece = 0; piece < kMaxPieces && found.value.is_object(); ++piece) {
        const std::size_t comma = text.find_first_not_of(" \t\r\n}]", found.end);
        if (comma == text.npos || text[comma] != ',') return;
        const std::size_t key = text.find_first_not_of(" \t\r\n", comma + 1);
        if (key == text.npos || (text[key] != '"' && text[key] != '\'')) return;
        const std::string rest = "{" + std::string(text.substr(key));
        std::vector<SyntaxRepair> ignored;
        Reader reader(rest, 0, ignored);
        const Value more = reader.read_root();
        if (more.size() == 0) return;
        found.repairs.push_back(
            {found.end, "stray_bracket", "The document went on behind a brace too many."});
        for (const auto& [name, value] : more.object())
            if (!found.value.has(name)) found.value.set(name, value);
        found.end = std::max(found.end + 1, key + reader.at() - 1);
    }
}

}  // namespace

Result<LenientJson> parse_lenient(std::string_view text) {
    if (text.size() > kMaxDocumentBytes)
        return Error{ErrorCode::too_large,
                     "A design has at most " + std::to_string(kMaxDocumentBytes) + " bytes.",
                     {},
                     {}};
    auto strict = json::parse(text, {kMaxDocumentDepth});
    if (strict && is_document(*strict)) {
        // RapidJSON passes over the mark without a word.
        std::vector<SyntaxRepair> repairs;
        if (text.starts_with("\xEF\xBB\xBF"))
            repairs.push_back({0, "byte_order_mark", "The byte order mark was left out."});
        return LenientJson{std::move(*strict), std::move(repairs)};
    }
    if (strict && strict->is_string() && strict->as_string().size() < text.size()) {
        auto inner = parse_lenient(strict->as_string());
        if (inner)
            inner->repairs.insert(inner->repairs.begin(),
                                  {0, "json_in_text", "The document was a JSON text."});
        return inner;
    }
    std::vector<SyntaxRepair> repairs;
    const std::string readable = readable_text(text, repairs);
    Found found = find_document(readable);
    if (!is_document(found.value)) return bad_request("The text holds no JSON object.");
    read_on(readable, found);
    const bool has_prose =
        !is_blank(std::string_view(readable).substr(0, found.begin)) ||
        (found.end < readable.size() && !is_blank(std::string_view(readable).substr(found.end)));
    if (has_prose) repairs.push_back({found.begin, "prose", "Text around the document was left out."});
    repairs.insert(repairs.end(), found.repairs.begin(), found.repairs.end());
    if (repairs.size() > kMaxSyntaxRepairs) repairs.resize(kMaxSyntaxRepairs);
    return LenientJson{std::move(found.value), std::move(repairs)};
}

}  // namespace atelier::design
