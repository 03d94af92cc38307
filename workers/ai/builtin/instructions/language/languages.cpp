#include "workers/ai/builtin/instructions/language/languages.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

struct Row {
    std::string_view name, tag;
};
constexpr Row kLanguages[] = {
    {"english", "en"},     {"englisch", "en"},   {"ingles", "en"},         {"german", "de"},
    {"deutsch", "de"},     {"deutsche", "de"},   {"aleman", "de"},         {"spanish", "es"},
    {"spanisch", "es"},    {"espanol", "es"},    {"spanische", "es"},      {"french", "fr"},
    {"franzosisch", "fr"}, {"frances", "fr"},    {"francais", "fr"},       {"italian", "it"},
    {"italienisch", "it"}, {"italiano", "it"},   {"portuguese", "pt"},     {"portugiesisch", "pt"},
    {"portugues", "pt"},   {"dutch", "nl"},      {"niederlandisch", "nl"}, {"holandes", "nl"},
    {"swedish", "sv"},     {"schwedisch", "sv"}, {"sueco", "sv"},          {"norwegian", "nb"},
    {"danish", "da"},      {"finnish", "fi"},    {"polish", "pl"},         {"polnisch", "pl"},
    {"polaco", "pl"},      {"czech", "cs"},      {"tschechisch", "cs"},    {"hungarian", "hu"},
    {"romanian", "ro"},    {"greek", "el"},      {"griechisch", "el"},     {"griego", "el"},
    {"turkish", "tr"},     {"turkisch", "tr"},   {"turco", "tr"},          {"russian", "ru"},
    {"russisch", "ru"},    {"ruso", "ru"},       {"ukrainian", "uk"},      {"ukrainisch", "uk"},
    {"arabic", "ar"},      {"arabisch", "ar"},   {"arabe", "ar"},          {"hebrew", "he"},
    {"hindi", "hi"},       {"bengali", "bn"},    {"tamil", "ta"},          {"urdu", "ur"},
    {"chinese", "zh"},     {"chinesisch", "zh"}, {"chino", "zh"},          {"mandarin", "zh"},
    {"japanese", "ja"},    {"japanisch", "ja"},  {"japones", "ja"},        {"korean", "ko"},
    {"koreanisch", "ko"},  {"coreano", "ko"},    {"vietnamese", "vi"},     {"thai", "th"},
    {"indonesian", "id"},  {"catalan", "ca"},    {"basque", "eu"},         {"croatian", "hr"},
    {"serbian", "sr"},     {"bulgarian", "bg"},  {"slovak", "sk"},         {"slovenian", "sl"},
    {"estonian", "et"},    {"latvian", "lv"},    {"lithuanian", "lt"},     {"swahili", "sw"},
};

}  // namespace

std::optional<std::string> language_tag(std::string_view name) {
    for (const Row& row : kLanguages)
        if (row.name == name) return std::string(row.tag);
    return std::nullopt;
}

}  // namespace atelier::ai::builtin::instructions
