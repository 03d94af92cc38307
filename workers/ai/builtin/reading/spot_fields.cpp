// Fields, quoted words and addresses: what a prompt gives to be set as it is.
#include <algorithm>
#include <array>
#include <string_view>

#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/reading/spotters.hpp"

namespace atelier::ai::builtin {
namespace {

struct Field {
    std::string_view name;
    std::string& (*value)(Facts&);
    bool is_sentence = false;  ///< a comma belongs to it
};

const std::array<Field, 38>& fields() {
    static const std::array<Field, 38> kFields{{
        {"headline", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"title", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"heading", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"überschrift", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"titel", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"titre", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"título", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"titolo", [](Facts& f) -> std::string& { return f.given.headline; }, true},
        {"subtitle", [](Facts& f) -> std::string& { return f.given.subheadline; }, true},
        {"subheadline", [](Facts& f) -> std::string& { return f.given.subheadline; }, true},
        {"subheading", [](Facts& f) -> std::string& { return f.given.subheadline; }, true},
        {"tagline", [](Facts& f) -> std::string& { return f.given.subheadline; }, true},
        {"untertitel", [](Facts& f) -> std::string& { return f.given.subheadline; }, true},
        {"body", [](Facts& f) -> std::string& { return f.given.body; }, true},
        {"description", [](Facts& f) -> std::string& { return f.given.body; }, true},
        {"kicker", [](Facts& f) -> std::string& { return f.given.kicker; }},
        {"cta", [](Facts& f) -> std::string& { return f.given.cta; }},
        {"button", [](Facts& f) -> std::string& { return f.given.cta; }},
        {"badge", [](Facts& f) -> std::string& { return f.given.badge; }},
        {"caption", [](Facts& f) -> std::string& { return f.given.caption; }, true},
        {"footer", [](Facts& f) -> std::string& { return f.given.caption; }, true},
        {"terms", [](Facts& f) -> std::string& { return f.given.caption; }, true},
        {"date", [](Facts& f) -> std::string& { return f.date; }},
        {"datum", [](Facts& f) -> std::string& { return f.date; }},
        {"when", [](Facts& f) -> std::string& { return f.date; }},
        {"time", [](Facts& f) -> std::string& { return f.time; }},
        {"place", [](Facts& f) -> std::string& { return f.place; }},
        {"venue", [](Facts& f) -> std::string& { return f.place; }},
        {"where", [](Facts& f) -> std::string& { return f.place; }},
        {"location", [](Facts& f) -> std::string& { return f.place; }},
        {"ort", [](Facts& f) -> std::string& { return f.place; }},
        {"price", [](Facts& f) -> std::string& { return f.price; }},
        {"offer", [](Facts& f) -> std::string& { return f.offer; }},
        {"brand", [](Facts& f) -> std::string& { return f.brand; }},
        {"company", [](Facts& f) -> std::string& { return f.brand; }},
        {"author", [](Facts& f) -> std::string& { return f.author; }},
        {"product", [](Facts& f) -> std::string& { return f.subject; }},
        {"hashtag", [](Facts& f) -> std::string& { return f.hashtag; }},
    }};
    return kFields;
}

const Field* field_at(const Prompt& prompt, std::size_t at) {
    if (at >= prompt.words.size() || prompt.words[at].kind != Kind::word || !prompt.is(at + 1, ":"))
        return nullptr;
    if (at > 0 && prompt.is(at - 1, "the")) return nullptr;  // "Save the date: …"
    for (const Field& field : fields())
        if (prompt.words[at].low == field.name) return &field;
    return nullptr;
}

std::size_t value_end(const Prompt& prompt, std::size_t from, bool is_sentence) {
    bool another = false;
    for (std::size_t at = from; at < prompt.words.size(); ++at)
        another = another || field_at(prompt, at);
    std::size_t end = from;
    for (; end < prompt.words.size(); ++end) {
        if (prompt.is(end, "\n") || prompt.is(end, ";") || prompt.is(end, "|") || field_at(prompt, end))
            break;
        if (prompt.is(end, ",") && (!is_sentence || field_at(prompt, end + 1))) break;
        if (prompt.is(end, ".") && (!is_sentence || field_at(prompt, end + 1))) break;
    }
    return end;
}

const std::array<std::string_view, 12> kSpeakers{"by",  "-",  "says", "said", "~",   "from",
                                                 "von", "de", "di",   "par",  "por", "of"};

// "… " - Dieter Rams: up to four capitalised words behind a quote.
void spot_author(Prompt& prompt, Facts& facts, std::size_t at) {
    if (at >= prompt.words.size() ||
        std::find(kSpeakers.begin(), kSpeakers.end(), prompt.words[at].low) == kSpeakers.end())
        return;
    std::size_t end = at + 1;
    while (prompt.is_free(end) && end < at + 5 && begins_large(prompt.words[end].text))
        ++end;
    if (end == at + 1) return;
    facts.author = prompt.slice(at + 1, end);
    prompt.mark(at, end, Role::literal);
}

}  // namespace

void spot_fields(Prompt& prompt, Facts& facts) {
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        const Field* field = field_at(prompt, at);
        if (!field) continue;
        const std::size_t end = value_end(prompt, at + 2, field->is_sentence);
        std::string value = prompt.slice(at + 2, end);
        while (!value.empty() && (value.front() == '"' || value.front() == ' '))
            value.erase(0, 1);
        while (!value.empty() && (value.back() == '"' || value.back() == ' ' || value.back() == ','))
            value.pop_back();
        std::string& slot = field->value(facts);
        if (!value.empty() && slot.empty()) slot = cut_at_word(value, field->is_sentence ? 160 : 60);
        // A product stays readable for its theme.
        if (field->name != "product")
            prompt.mark(at, end, Role::field);
        else
            prompt.mark(at, at + 2, Role::field);
        at = end > at ? end - 1 : at;
    }
}

void spot_literals(Prompt& prompt, Facts& facts) {
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        Word& word = prompt.words[at];
        if (word.role != Role::none && word.role != Role::mark) continue;
        switch (word.kind) {
            case Kind::quote:
                word.role = Role::literal;
                if (facts.literal.empty()) {
                    facts.literal = cut_at_word(trim(word.text), 80);
                    spot_author(prompt, facts, at + 1);
                } else if (facts.given.subheadline.empty()) {
                    facts.given.subheadline = cut_at_word(trim(word.text), 160);
                }
                break;
            case Kind::url:
                word.role = Role::contact;
                if (facts.url.empty()) {
                    facts.url = word.text;
                    for (const std::string_view start : {"https://", "http://"})
                        if (facts.url.rfind(start, 0) == 0) facts.url.erase(0, start.size());
                    if (!facts.url.empty() && facts.url.back() == '/') facts.url.pop_back();
                    facts.url = facts.url.size() > 60 ? facts.url.substr(0, facts.url.find('/')) : facts.url;
                }
                break;
            case Kind::phone:
                word.role = Role::contact;
                if (facts.phone.empty()) facts.phone = trim(word.text);
                break;
            case Kind::hashtag:
                word.role = Role::contact;
                if (facts.hashtag.empty()) facts.hashtag = word.text.substr(0, 40);
                break;
            default:
                break;
        }
    }
}

}  // namespace atelier::ai::builtin
