#include <algorithm>
#include <array>
#include <string_view>

#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/reading/phrases.hpp"
#include "workers/ai/builtin/reading/spotters.hpp"

namespace atelier::ai::builtin {
namespace {

bool is_amount(const Prompt& prompt, std::size_t at) {
    if (!prompt.is_word(at)) return false;
    const std::string& low = prompt.words[at].low;
    return low[0] >= '0' && low[0] <= '9' && low.find_first_not_of("0123456789.,k-") == std::string::npos;
}

bool is_currency(const Prompt& prompt, std::size_t at) {
    if (at >= prompt.words.size()) return false;
    for (const std::string_view sign : {"$", "€", "£", "₹", "¥", "₩", "usd", "eur", "gbp", "inr", "rs", "chf",
                                        "sek", "aed", "dollars", "euros", "euro", "pounds", "rupees"})
        if (prompt.is(at, sign)) return true;
    return false;
}

bool is_sign(const Prompt& prompt, std::size_t at) {
    return is_currency(prompt, at) && (letters(prompt.words[at].text) == 1);
}

// "$ 199", "199 €", "from $9", "under ₹999": the words of an amount that begins at `at`, 0 where none does.
std::size_t amount(const Prompt& prompt, std::size_t at) {
    if (is_currency(prompt, at) && is_amount(prompt, at + 1)) return 2;
    if (is_amount(prompt, at) && is_currency(prompt, at + 1)) return 2;
    return 0;
}

std::string money(const Prompt& prompt, std::size_t at) {
    const bool sign_first = is_currency(prompt, at);
    const std::string& sign = prompt.words[sign_first ? at : at + 1].text;
    const std::string& number = prompt.words[sign_first ? at + 1 : at].text;
    const std::string gap = sign_first && letters(sign) == 1 ? "" : " ";
    return sign_first ? sign + gap + number : number + " " + sign;
}

void keep(Facts& facts, std::string offer) {
    if (facts.offer.empty())
        facts.offer = std::move(offer);
    else if (facts.extra.empty() && facts.offer != offer)
        facts.extra = std::move(offer);
}

struct UpTo {
    std::string_view language, words, said;
};
constexpr std::array kUpTo{UpTo{"en", "up to", "up to "},    UpTo{"de", "bis zu", "bis zu "},
                           UpTo{"de", "bis", "bis zu "},     UpTo{"fr", "jusqu'à", "jusqu'à "},
                           UpTo{"es", "hasta el", "hasta "}, UpTo{"es", "hasta un", "hasta "},
                           UpTo{"es", "hasta", "hasta "},    UpTo{"it", "fino al", "fino a "},
                           UpTo{"it", "fino a", "fino a "},  UpTo{"pt", "até", "até "}};

// The words before `at` that limit a number: where they begin, and how they are said.
const UpTo* up_to_before(const Prompt& prompt, std::size_t at, std::size_t& from) {
    for (const UpTo& limit : kUpTo) {
        const std::vector<std::string> words = split(limit.words, ' ');
        if (at < words.size()) continue;
        bool all = true;
        for (std::size_t i = 0; i < words.size(); ++i)
            all = all && prompt.is(at - words.size() + i, words[i]);
        if (!all) continue;
        from = at - words.size();
        return &limit;
    }
    return nullptr;
}

std::string percent_off(const std::string& number, const std::string& language) {
    if (language == "en") return number + "% off";
    if (language == "de" || language == "fr") return "-" + number + " %";
    return "-" + number + "%";
}

// "off", "di sconto", "Rabatt": what makes a percentage an offer.
std::size_t discount_word(const Prompt& prompt, std::size_t at) {
    const std::size_t noun = is_any(prompt, at, {"de", "di"}) ? at + 1 : at;
    const bool found = is_any(
        prompt, noun,
        {"off", "discount", "rabatt", "nachlass", "reduction", "savings", "sconto", "desconto", "descuento",
         "réduction", "remise", "rabais", "korting", "छूट", "скидка", "indirim", "diskon"});
    return found ? noun + 1 : at;
}

bool percent(Prompt& prompt, Facts& facts, std::size_t at) {
    if (!is_amount(prompt, at)) return false;
    std::size_t end = at + 1;
    if (is_any(prompt, end, {"%", "percent", "prozent", "pct"}))
        ++end;
    else if (!prompt.is(end, "off"))
        return false;
    std::size_t from = at;
    const UpTo* limit = up_to_before(prompt, at, from);
    const std::size_t noun_end = discount_word(prompt, end);
    // "100% cotton", "70% cacao": a share of something, no offer.
    const bool said_so =
        noun_end > end || limit || prompt.is(at + 1, "off") ||
        (from > 0 && is_any(prompt, from - 1, {"save", "-", "extra", "minus", "flat", "خصم"}));
    const bool alone = end >= prompt.words.size() || prompt.words[end].kind == Kind::mark ||
                       is_any(prompt, end, {"on", "auf", "de", "di", "en", "sur", "em", "su", "على"});
    if (!said_so && !alone && (facts.intent != Intent::sale || prompt.words[at].low == "100")) return false;
    if (from > 0 && is_any(prompt, from - 1, {"save", "-", "flat", "خصم"})) --from;
    // "up to 40% off" in the words of the language.
    std::string text = percent_off(prompt.words[at].text, facts.language);
    if (limit) text = std::string(limit->said) + (facts.language == "de" ? text.substr(1) : text);
    const bool on_all = is_any(prompt, noun_end, {"everything", "sitewide", "storewide"});
    keep(facts, text + (on_all ? " " + prompt.words[noun_end].low : ""));
    prompt.mark(from, noun_end + (on_all ? 1 : 0), Role::offer);
    return true;
}

// "before 10 pm", "until Sunday": belongs to the offer.
std::size_t time_limit(const Prompt& prompt, std::size_t at) {
    if (!prompt.is(at, "before") && !prompt.is(at, "until") && !prompt.is(at, "till")) return at;
    std::size_t end = at + 1;
    while (end < prompt.words.size() && end < at + 4 && prompt.words[end].role == Role::none &&
           prompt.is_word(end))
        ++end;
    return end;
}

struct Said {
    std::string_view words, offer;
};
constexpr std::array<Said, 27> kSaid{{{"buy one get one free", "buy one, get one free"},
                                      {"buy 1 get 1 free", "buy 1, get 1 free"},
                                      {"buy one get one", "buy one, get one free"},
                                      {"buy 1 get 1", "buy 1, get 1 free"},
                                      {"buy two get one free", "buy two, get one free"},
                                      {"buy 2 get 1 free", "buy 2, get 1 free"},
                                      {"buy 2 get 1", "buy 2, get 1 free"},
                                      {"bogo", "buy one, get one free"},
                                      {"2 for 1", "2 for 1"},
                                      {"two for one", "two for one"},
                                      {"3 for 2", "3 for 2"},
                                      {"three for two", "three for two"},
                                      {"half price", "half price"},
                                      {"half off", "half off"},
                                      {"free shipping", "free shipping"},
                                      {"free delivery", "free delivery"},
                                      {"free returns", "free returns"},
                                      {"free trial", "free trial"},
                                      {"free entry", "free entry"},
                                      {"free admission", "free admission"},
                                      {"admission free", "free admission"},
                                      {"no entry fee", "free entry"},
                                      {"eintritt frei", "Eintritt frei"},
                                      {"entrée libre", "Entrée libre"},
                                      {"entrada libre", "Entrada libre"},
                                      {"entrada gratuita", "Entrada gratuita"},
                                      {"ingresso libero", "Ingresso libero"}}};

bool said(Prompt& prompt, Facts& facts, std::size_t at) {
    for (const Said& offer : kSaid) {
        const std::vector<std::string> words = phrase_words(offer.words);
        std::size_t i = 0, end = at;
        while (i < words.size() && end < prompt.words.size()) {
            if (prompt.is(end, words[i]))
                ++i;
            else if (i == 0 || !prompt.is(end, ","))
                break;
            ++end;
        }
        if (i < words.size()) continue;
        const std::size_t limit = time_limit(prompt, end);
        keep(facts, std::string(offer.offer) + (limit > end ? " " + prompt.slice(end, limit) : ""));
        prompt.mark(at, limit, Role::offer);
        return true;
    }
    return false;
}

// "first month free": what is free stands before it, alone in its clause.
bool thing_free(Prompt& prompt, Facts& facts, std::size_t at) {
    if (!prompt.is(at, "free") || at == 0) return false;
    const bool ends = at + 1 >= prompt.words.size() || prompt.words[at + 1].kind == Kind::mark;
    std::size_t from = at;
    while (from > 0 && prompt.is_free(from - 1))
        --from;
    const bool alone = from == 0 || prompt.words[from - 1].kind == Kind::mark;
    if (!ends || !alone || from == at || at - from > 3) return false;
    keep(facts, lower(prompt.slice(from, at + 1)));
    prompt.mark(from, at + 1, Role::offer);
    return true;
}

// "24 hours only": how long an offer holds.
bool hours(Prompt& prompt, Facts& facts, std::size_t at) {
    if (facts.intent != Intent::sale || !is_amount(prompt, at) ||
        !is_any(prompt, at + 1, {"hours", "hrs", "days"}))
        return false;
    const std::size_t end = at + (prompt.is(at + 2, "only") ? 3 : 2);
    if (facts.extra.empty()) facts.extra = lower(prompt.slice(at, end));
    prompt.mark(at, end, Role::offer);
    return true;
}

// "free class", "free first lesson", "free coffee": what is free, to the end of its clause, at most three
// words.
bool free_thing(Prompt& prompt, Facts& facts, std::size_t at) {
    if (!prompt.is(at, "free") ||
        (at > 0 && prompt.words[at - 1].kind == Kind::word && prompt.words[at - 1].low.size() > 4))
        return false;
    std::size_t end = at + 1;
    while (prompt.is_free(end) && end < at + 4 && !prompt.is(end, "for") && !prompt.is(end, "with") &&
           !prompt.is(end, "on") && !prompt.is(end, "and") && !prompt.is(end, "at") &&
           !prompt.is(end, "in") && !prompt.is(end, "of"))
        ++end;
    if (end == at + 1 || (at > 0 && (prompt.is(at - 1, "-") || prompt.is(at - 1, "of")))) return false;
    const bool begins_clause = at == 0 || prompt.words[at - 1].kind == Kind::mark ||
                               prompt.is(at - 1, "with") || prompt.is(at - 1, "and") ||
                               prompt.is(at - 1, "get") || prompt.is(at - 1, "plus");
    if (!begins_clause) return false;
    keep(facts, lower(prompt.slice(at, end)));
    // The head stays readable for the theme and the intent; only "free" is used up.
    prompt.mark(at, end, Role::offer);
    return true;
}

bool price(Prompt& prompt, Facts& facts, std::size_t at) {
    const std::size_t size = amount(prompt, at);
    if (size == 0) return false;
    std::size_t from = at, end = at + size;
    std::string text = money(prompt, at);
    if (prompt.is(end, "off")) {
        keep(facts, text + " off");
        prompt.mark(at, end + 1, Role::offer);
        return true;
    }
    if (at > 0 && is_any(prompt, at - 1, {"pool", "prize", "prizes", "win", "worth"})) {
        std::size_t begin = at - 1;
        while (begin > 0 && prompt.is_free(begin - 1) && begin + 2 > at)
            --begin;
        facts.extra = lower(prompt.slice(begin, at)) + " " + money(prompt, at);
        prompt.mark(begin, end, Role::offer);
        return true;
    }
    if (at > 0)
        for (const std::string_view word :
             {"from", "only", "just", "under", "ab", "nur", "from:", "desde", "dès", "da", "solo", "seit"})
            if (prompt.is(at - 1, word)) {
                text = prompt.words[at - 1].low + " " + text;
                from = at - 1;
            }
    if (at >= 2 && prompt.is(at - 2, "starting") && (prompt.is(at - 1, "at") || prompt.is(at - 1, "from"))) {
        text = "from " + money(prompt, at);
        from = at - 2;
    }
    if (prompt.is(end, "per") || prompt.is(end, "a") || prompt.is(end, "/")) {
        if (prompt.is_word(end + 1)) {
            text += prompt.is(end, "/") ? "/" + prompt.words[end + 1].text : " " + prompt.slice(end, end + 2);
            end += 2;
        }
    }
    if (facts.price.empty()) facts.price = std::move(text);
    prompt.mark(from, end, Role::price);
    return true;
}

}  // namespace

void spot_offers(Prompt& prompt, Facts& facts) {
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        if (!prompt.is_free(at) && !is_sign(prompt, at)) continue;
        if (said(prompt, facts, at) || percent(prompt, facts, at) || price(prompt, facts, at) ||
            hours(prompt, facts, at) || free_thing(prompt, facts, at) || thing_free(prompt, facts, at))
            continue;
    }
}

}  // namespace atelier::ai::builtin
