#pragma once
// A prompt as words with their roles: each pass of the reader marks what it understood, the next ones look at
// the rest.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace atelier::ai::builtin {

enum class Role {
    none,
    filler,   ///< "create", "please", "a", "with"
    mark,     ///< punctuation
    literal,  ///< quoted text
    field,    ///< "headline: …"
    contact,  ///< URL, phone number, hashtag
    offer,
    price,
    when,
    place,
    brand,
    purpose,  ///< "poster"
    intent,   ///< "sale"
    occasion,
    season,
    audience,
    color,
    tone,
    style,
    mood,
    subject,
};

enum class Kind { word, mark, quote, url, phone, hashtag, hex };

struct Word {
    std::string text;  ///< as it stands; of a quote: what is between the quotes
    std::string low;
    Kind kind = Kind::word;
    std::size_t begin = 0, end = 0;  ///< bytes of the prompt
    Role role = Role::none;
};

struct Prompt {
    std::string text;  ///< valid UTF-8, one kind of quotes and spaces, no control characters but line ends
    std::vector<Word> words;
    std::string language = "en";

    bool is(std::size_t at, std::string_view low) const;
    bool is_word(std::size_t at) const { return at < words.size() && words[at].kind == Kind::word; }
    bool is_free(std::size_t at) const { return is_word(at) && words[at].role == Role::none; }
    void mark(std::size_t from, std::size_t to, Role role);
    /// The words as they stand in the prompt, their spaces included.
    std::string slice(std::size_t from, std::size_t to) const;
};

/// Without ill-formed sequences and control characters other than line ends and tabs.
std::string valid_text(std::string_view text);
Prompt read_words(std::string_view prompt);
/// The lower-case words of a phrase in a lexicon.
std::vector<std::string> phrase_words(std::string_view phrase);

}  // namespace atelier::ai::builtin
