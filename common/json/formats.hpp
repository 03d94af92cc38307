#pragma once
// The values of the schema keyword `format`: each a function that reads its text once.

#include <optional>
#include <string_view>

namespace atelier::json {

enum class Format {
    email,      ///< an address of the plain kind: no quotes, no comments, a domain with a dot
    uuid,       ///< 8-4-4-4-12 hexadecimal digits
    color,      ///< #rrggbb
    uri,        ///< absolute http or https URL with a host and no blanks
    date_time,  ///< RFC 3339 with an offset or Z
    hex_color,  ///< #rrggbb, or #rrggbbaa where alpha is not ff, in lower case: one way to write each colour
    slug,       ///< a-z, 0-9 and inner single `-` or `_`
};

std::optional<Format> parse_format(std::string_view name);
bool fits(Format format, std::string_view text);
/// What the text must be: `an e-mail address`, …
std::string_view describe(Format format);

}  // namespace atelier::json
