#include <array>

#include "common/design/repair/coerce.hpp"
#include "common/design/repair/passes.hpp"
#include "common/design/text/utf8.hpp"
#include "common/json/pointer.hpp"

namespace atelier::design {
namespace {

using json::Array;
using json::Object;
using json::Value;

struct TrappedField {
    const char* key;
    const char* role;
    double top, height;  ///< shares of the picture's box
};
/// Fields of a picture in which models leave what should be read on it.
constexpr std::array<TrappedField, 9> kFields{{{"headline", "headline", 0.08, 0.3},
                                               {"title", "headline", 0.08, 0.3},
                                               {"overlay_text", "headline", 0.08, 0.3},
                                               {"text_overlay", "headline", 0.08, 0.3},
                                               {"text", "headline", 0.08, 0.3},
                                               {"content", "headline", 0.08, 0.3},
                                               {"subheadline", "subheadline", 0.42, 0.14},
                                               {"subtitle", "subheadline", 0.42, 0.14},
                                               {"cta", "cta", 0.8, 0.1}}};

bool has_headline(const Value& layers) {
    for (const Value& layer : layers.array())
        if ((layer["type"] == Value("text") && layer["role"] == Value("headline")) ||
            has_headline(layer["layers"]))
            return true;
    return false;
}

Value text_layer(const Value& picture, const TrappedField& field, const std::string& text,
                 const std::string& role) {
    const double width = read_number(picture["width"]).value_or(800),
                 height = read_number(picture["height"]).value_or(800);
    const double x = read_number(picture["x"]).value_or(0), y = read_number(picture["y"]).value_or(0);
    const double box_width = std::max(1.0, width * 0.84), box_height = std::max(1.0, height * field.height);
    // As large as one to three lines allow.
    std::size_t letters = 0;
    for (std::size_t at = 0; at < text.size(); ++letters)
        next_character(text, at);
    const double lines = letters > 40 ? 3 : letters > 18 ? 2 : 1;
    const double size =
        std::min(box_height / lines / 1.25, box_width / (0.62 * static_cast<double>(letters) / lines + 1));
    return Object{{"type", "text"},
                  {"role", role},
                  {"x", neat(x + width * 0.08)},
                  {"y", neat(y + height * field.top)},
                  {"width", neat(box_width)},
                  {"height", neat(box_height)},
                  {"runs", Array{Object{{"text", text}}}},
                  {"align", "left"},
                  {"line_height", 1.15},
                  {"fit", "shrink"},
                  {"style", Object{{"font_size", neat(std::max(8.0, size))},
                                   {"font_weight", role == "headline" ? 700 : 400},
                                   {"fill", Object{{"type", "solid"}, {"color", "#ffffff"}}}}}};
}

/// `… with the text "BIG SALE" …`: the words between the quotes, and where the phrase stands.
struct Phrase {
    std::size_t begin = 0, end = 0;
    std::string words;
};
std::optional<Phrase> written_phrase(const std::string& prompt) {
    for (const std::string_view opener :
         {"text", "headline", "words", "title", "saying", "reading", "slogan", "lettering"}) {
        const std::size_t at = prompt.find(opener);
        if (at == prompt.npos) continue;
        const std::size_t quote = prompt.find_first_of("\"'", at);
        constexpr std::size_t kNear = 24;
        if (quote == prompt.npos || quote - at > opener.size() + kNear) continue;
        const std::size_t close = prompt.find(prompt[quote], quote + 1);
        if (close == prompt.npos || close == quote + 1 || close - quote > 120) continue;
        std::size_t begin = at;
        for (const std::string_view lead : {"the ", "with ", "and ", ", "})
            if (begin >= lead.size() && prompt.compare(begin - lead.size(), lead.size(), lead) == 0)
                begin -= lead.size();
        return Phrase{begin, close + 1, prompt.substr(quote + 1, close - quote - 1)};
    }
    return std::nullopt;
}

void insert_behind(Editor& editor, const std::string& list, std::size_t index, Value layer) {
    // Right above its picture: between it and what lies on it.
    const Value z = editor.at(json::pointer_to(list, index))["z_index"];
    if (const auto number = read_number(z)) layer.set("z_index", *number);
    editor.add(json::pointer_to(list, index), std::move(layer), "trapped_text",
               "Text in a picture cannot be read or edited; it became a text layer.");
}

}  // namespace

std::size_t free_trapped_texts(Editor& editor, const std::string& list, std::size_t index) {
    const std::string at = json::pointer_to(list, index);
    const std::string type = editor.at(at)["type"].as_string();
    if (type != "image" && type != "smart_image") return 0;
    std::size_t freed = 0;
    bool may_be_headline = !has_headline(editor.document()["layers"]);
    for (const TrappedField& field : kFields) {
        const Value held = editor.at(at)[field.key];
        if (!held.is_string() || held.as_string().empty() || editor.at(list).size() >= 300) continue;
        editor.remove(at + "/" + field.key, "trapped_text", "A picture has no such field.");
        std::string role = field.role;
        if (role == "headline" && !may_be_headline) role = "body";
        if (role == "headline") may_be_headline = false;
        insert_behind(editor, list, index + ++freed,
                      text_layer(editor.at(at), field, first_characters(held.as_string(), 300), role));
    }
    const std::string prompt = editor.at(at)["recipe"]["prompt"].as_string();
    const auto phrase = type == "smart_image" ? written_phrase(prompt) : std::nullopt;
    if (!phrase) return freed;
    std::string rest = prompt.substr(0, phrase->begin) + prompt.substr(phrase->end);
    if (rest.find_first_not_of(" ,.") == rest.npos) rest = "A picture that suits the design";
    editor.replace(at + "/recipe/prompt", rest, "trapped_text", "Generated pictures carry no writing.");
    if (!may_be_headline) return freed;
    insert_behind(editor, list, index + ++freed,
                  text_layer(editor.at(at), kFields[0], phrase->words, "headline"));
    return freed;
}

}  // namespace atelier::design
