#include <algorithm>
#include <array>
#include <string_view>

#include "workers/ai/builtin/copy/wording.hpp"
#include "workers/ai/builtin/reading/spotters.hpp"

namespace atelier::ai::builtin {
namespace {

constexpr std::array<std::string_view, 74> kMonths{
    "january",   "february", "march",    "april",      "may",     "june",      "july",      "august",
    "september", "october",  "november", "december",   "jan",     "feb",       "mar",       "apr",
    "jun",       "jul",      "aug",      "sep",        "sept",    "oct",       "nov",       "dec",
    "januar",    "februar",  "märz",     "mai",        "juni",    "juli",      "oktober",   "dezember",
    "janvier",   "février",  "mars",     "avril",      "juin",    "juillet",   "août",      "septembre",
    "octobre",   "novembre", "décembre", "enero",      "febrero", "marzo",     "abril",     "mayo",
    "junio",     "julio",    "agosto",   "septiembre", "octubre", "noviembre", "diciembre", "janeiro",
    "fevereiro", "março",    "maio",     "junho",      "julho",   "setembro",  "outubro",   "novembro",
    "dezembro",  "gennaio",  "febbraio", "aprile",     "maggio",  "giugno",    "luglio",    "settembre",
    "ottobre",   "dicembre"};
constexpr std::array<std::string_view, 43> kDays{
    "monday",   "tuesday",    "wednesday", "thursday", "friday",    "saturday",  "sunday",    "mondays",
    "tuesdays", "wednesdays", "thursdays", "fridays",  "saturdays", "sundays",   "montag",    "dienstag",
    "mittwoch", "donnerstag", "freitag",   "samstag",  "sonntag",   "lundi",     "mardi",     "mercredi",
    "jeudi",    "vendredi",   "samedi",    "dimanche", "lunes",     "martes",    "miércoles", "jueves",
    "viernes",  "sábado",     "domingo",   "lunedì",   "martedì",   "mercoledì", "giovedì",   "venerdì",
    "sabato",   "domenica",   "weekend"};

template <std::size_t n>
bool is_one_of(const Prompt& prompt, std::size_t at, const std::array<std::string_view, n>& list) {
    return prompt.is_free(at) && std::find(list.begin(), list.end(), prompt.words[at].low) != list.end();
}

bool digits(std::string_view text, std::size_t least, std::size_t most) {
    return text.size() >= least && text.size() <= most &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "12", "12th", "24-26", "1er".
bool is_day(const Prompt& prompt, std::size_t at) {
    if (!prompt.is_free(at)) return false;
    std::string low = prompt.words[at].low;
    for (const std::string_view end : {"st", "nd", "rd", "th", "er"})
        if (low.size() > 2 && low.substr(low.size() - 2) == end && low[0] >= '0' && low[0] <= '9')
            low.resize(low.size() - 2);
    const std::size_t dash = low.find('-');
    if (dash != std::string::npos)
        return digits(low.substr(0, dash), 1, 2) && low.size() > dash + 1 && low[dash + 1] >= '0' &&
               low[dash + 1] <= '9';
    return digits(low, 1, 2) && std::stoi(low) >= 1 && std::stoi(low) <= 31;
}

bool is_year(const Prompt& prompt, std::size_t at) {
    return prompt.is_free(at) && digits(prompt.words[at].low, 4, 4) && prompt.words[at].low >= "1900" &&
           prompt.words[at].low < "2100";
}

std::string range(std::string text) {
    for (std::size_t i = 1; i + 1 < text.size(); ++i)
        if (text[i] == '-' && std::isdigit(static_cast<unsigned char>(text[i - 1])) &&
            std::isdigit(static_cast<unsigned char>(text[i + 1])))
            text.replace(i, 1, "–"), i += 2;
    return text;
}

// The end of a date that begins at `at`, or `at`.
std::size_t date(const Prompt& prompt, std::size_t at) {
    const auto with_year = [&](std::size_t end) {
        if (is_year(prompt, end)) return end + 1;
        if (prompt.is(end, ",") && is_year(prompt, end + 1)) return end + 2;
        return end;
    };
    if (is_one_of(prompt, at, kMonths) && is_day(prompt, at + 1)) {
        std::size_t end = at + 2;
        if (prompt.is(end, "-") && is_day(prompt, end + 1)) end += 2;
        return with_year(end);
    }
    if (is_day(prompt, at)) {
        std::size_t end = at + 1;
        if ((prompt.is(end, "-") || prompt.is(end, "to") || prompt.is(end, "and") || prompt.is(end, "&")) &&
            is_day(prompt, end + 1))
            end += 2;
        if (prompt.is(end, ".") || prompt.is(end, "of") || prompt.is(end, "de")) ++end;
        if (is_one_of(prompt, end, kMonths)) return with_year(prompt.is(end + 1, "de") ? end + 2 : end + 1);
    }
    if (prompt.is_free(at)) {
        const std::string& low = prompt.words[at].low;
        const auto parts = [&](char by) { return split(low, by); };
        for (const char by : {'.', '/'}) {
            const auto p = parts(by);
            if ((p.size() == 3 || (p.size() == 2 && by == '.' && prompt.is(at + 1, "."))) &&
                std::all_of(p.begin(), p.end(), [](const std::string& s) { return digits(s, 1, 4); }))
                return p.size() == 2 ? at + 2 : at + 1;
        }
        if (low.size() == 10 && low[4] == '-' && low[7] == '-' && digits(low.substr(0, 4), 4, 4))
            return at + 1;
    }
    // A month with a year, or alone after "in": too little to print as a date unless it has its year.
    if (is_one_of(prompt, at, kMonths) && is_year(prompt, at + 1)) return at + 2;
    return at;
}

bool is_half(const Prompt& prompt, std::size_t at) {
    for (const std::string_view half : {"am", "pm", "a.m", "p.m", "uhr", "h", "o'clock", "noon"})
        if (prompt.is(at, half)) return true;
    return false;
}

// "8 pm", "8pm", "20:30", "20 Uhr", "9-17 Uhr", "noon".
std::size_t time_of_day(const Prompt& prompt, std::size_t at) {
    if (!prompt.is_free(at)) return at;
    const std::string& low = prompt.words[at].low;
    if (low == "noon" || low == "midday") return at + 1;
    const std::size_t number = low.find_first_not_of("0123456789:.-");
    if (number == 0) return at;
    std::size_t end = at;
    if (number == std::string::npos) {
        const std::size_t colon = low.find(':');
        const bool has_minutes =
            colon != std::string::npos && colon > 0 && digits(low.substr(colon + 1, 2), 2, 2);
        if (is_half(prompt, at + 1))
            end = at + 2;
        else if (has_minutes)
            end = at + 1;
    } else {
        const std::string half = low.substr(number);
        if (half == "am" || half == "pm" || half == "h" || half == "uhr" ||
            (half.size() > 1 && half[0] == 'h' && digits(half.substr(1), 2, 2)))
            end = at + 1;
        // "7pm-11pm"
        if (half.rfind("pm-", 0) == 0 || half.rfind("am-", 0) == 0) end = at + 1;
    }
    if (end > at && (prompt.is(end, "-") || prompt.is(end, "to") || prompt.is(end, "bis") ||
                     prompt.is(end, "until") || prompt.is(end, "till"))) {
        const std::size_t later = time_of_day(prompt, end + 1);
        if (later > end + 1) end = later;
    }
    // "9 to 5 pm"
    if (end == at && digits(low, 1, 2) &&
        (prompt.is(at + 1, "-") || prompt.is(at + 1, "to") || prompt.is(at + 1, "bis"))) {
        const std::size_t later = time_of_day(prompt, at + 2);
        if (later > at + 2) end = later;
    }
    return end;
}

// "8 pm" and "8pm" look alike on one page.
std::string tidy_time(std::string text) {
    for (const std::string_view half : {"am", "pm"}) {
        for (std::size_t at = 1; (at = text.find(half, at)) != std::string::npos; ++at)
            if (std::isdigit(static_cast<unsigned char>(text[at - 1]))) text.insert(at++, " ");
    }
    for (std::size_t at; (at = text.find(" - ")) != std::string::npos;)
        text.replace(at, 3, " – ");
    return range(text);
}

bool ages(Prompt& prompt, Facts& facts, std::size_t at) {
    if (!prompt.is(at, "ages") && !prompt.is(at, "age") && !prompt.is(at, "aged")) return false;
    if (!prompt.is_word(at + 1) || !std::isdigit(static_cast<unsigned char>(prompt.words[at + 1].low[0])))
        return false;
    std::size_t end = at + 2;
    if ((prompt.is(end, "to") || prompt.is(end, "-")) && prompt.is_word(end + 1)) end += 2;
    if (prompt.is(end, "+")) ++end;
    std::string text = prompt.slice(at + 1, end);
    if (const std::size_t to = text.find(" to "); to != std::string::npos) text.replace(to, 4, "-");
    facts.ages = range(text);
    prompt.mark(at, end, Role::when);
    return true;
}

}  // namespace

bool is_month(std::string_view low) {
    return std::find(kMonths.begin(), kMonths.end(), low) != kMonths.end();
}

void spot_times(Prompt& prompt, Facts& facts) {
    const auto join_to = [](std::string& have, std::string more) {
        if (have.empty())
            have = std::move(more);
        else if (have.find(more) == std::string::npos)
            have += ", " + more;
    };
    for (std::size_t at = 0; at < prompt.words.size(); ++at) {
        if (!prompt.is_free(at) || ages(prompt, facts, at)) continue;
        std::size_t from = at;
        if (std::size_t end = date(prompt, at); end > at) {
            for (const std::string_view word : {"to", "-", "bis", "until", "through", "au", "al"})
                if (prompt.is(end, word) && date(prompt, end + 1) > end + 1) end = date(prompt, end + 1);
            for (const std::string_view word : {"until", "till", "through", "bis", "ab", "from", "since"})
                if (at > 0 && prompt.is(at - 1, word)) from = at - 1;
            join_to(facts.date, range(prompt.slice(from, end)));
            prompt.mark(from, end, Role::when);
        } else if (is_one_of(prompt, at, kDays)) {
            for (const std::string_view word : {"this", "next", "every", "each"})
                if (at > 0 && prompt.is(at - 1, word)) from = at - 1;
            std::size_t end = at + 1;
            if ((prompt.is(end, "and") || prompt.is(end, "&") || prompt.is(end, "to") ||
                 prompt.is(end, "-")) &&
                is_one_of(prompt, end + 1, kDays))
                end += 2;
            if (prompt.is(end, "night") || prompt.is(end, "evening") || prompt.is(end, "morning") ||
                prompt.is(end, "afternoon"))
                ++end;
            if (prompt.is(at, "weekend") && from == at) continue;
            join_to(facts.date, prompt.slice(from, end));
            prompt.mark(from, end, Role::when);
        } else if (prompt.is(at, "tonight") || prompt.is(at, "tomorrow") || prompt.is(at, "today")) {
            join_to(facts.date, prompt.words[at].low);
            prompt.mark(at, at + 1, Role::when);
        } else if (const std::size_t end = time_of_day(prompt, at); end > at) {
            std::string text = tidy_time(prompt.slice(at, end));
            std::size_t zone = end;
            for (const std::string_view name :
                 {"cet", "cest", "gmt", "utc", "est", "edt", "pst", "pdt", "ist", "bst", "et", "pt"})
                if (prompt.is(end, name) && begins_large(prompt.words[end].text)) zone = end + 1;
            if (zone > end) text += " " + prompt.words[end].text;
            prompt.mark(end, zone, Role::when);
            join_to(facts.time, std::move(text));
            prompt.mark(from, end, Role::when);
        }
    }
}

}  // namespace atelier::ai::builtin
