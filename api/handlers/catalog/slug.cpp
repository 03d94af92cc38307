#include "api/handlers/catalog/slug.hpp"

namespace atelier::api {

Result<std::string> slug_of(std::string_view name) {
    constexpr std::size_t kLongest = 64;
    std::string slug;
    for (char c : name) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (kept) {
            slug += c;
        } else if (!slug.empty() && slug.back() != '-') {
            slug += '-';
        }
        if (slug.size() == kLongest) break;
    }
    while (slug.ends_with('-'))
        slug.pop_back();
    if (slug.empty())
        return invalid("/slug", "required",
                       "Give a slug: none can be made of a name without letters a-z or digits.");
    return slug;
}

}  // namespace atelier::api
