#pragma once
// Everyday names of the illustrations, besides the names that they have themselves.

#include <span>
#include <string_view>

namespace atelier::ai::builtin {

struct Synonyms {
    std::string_view subject;
    std::string_view things;   ///< other words for the thing, separated by `|`
    std::string_view matters;  ///< trades, occasions and activities that the thing can stand for
};

std::span<const Synonyms> synonyms();

}  // namespace atelier::ai::builtin
