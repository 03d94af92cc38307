#include "workers/ai/vendors/exchange/text_answers.hpp"

#include <algorithm>
#include <cctype>

namespace atelier::ai {

Answered<TextAnswer> text_answer(std::string text, const json::Value& schema, const AdaptedSchema& adapted,
                                 Usage usage, std::string_view vendor_id) {
    TextAnswer answer{std::move(text), {}, usage};
    const bool is_structured = !schema.is_null();
    if (is_structured && answer.text.find_first_of("{[") == std::string::npos)
        return malformed(vendor_id, "in words, not in JSON");
    if (auto value = json::parse(answer.text))
        answer.value = restore_answer(std::move(*value), schema, adapted);
    return answer;
}

std::string with_schema_in_words(const std::string& instructions, const json::Value& schema) {
    if (schema.is_null()) return instructions;
    return instructions + (instructions.empty() ? "" : "\n\n") +
           "Answer with one JSON document and nothing else. It must fit this JSON Schema:\n" +
           json::write(schema);
}

std::string plain_name(std::string_view name) {
    std::string plain(name.substr(0, 64));
    std::replace_if(
        plain.begin(), plain.end(), [](unsigned char c) { return !std::isalnum(c) && c != '_' && c != '-'; },
        '_');
    return plain.empty() ? "answer" : plain;
}

}  // namespace atelier::ai
