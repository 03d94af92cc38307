#pragma once
// Private to common/objects: percent-encoding of RFC 3986 as SigV4 wants it.

#include <optional>
#include <string>
#include <string_view>

namespace atelier::objects {

/// Everything but `A-Z a-z 0-9 - . _ ~` becomes %XX; `/` stays when `keep_slash`.
std::string percent_encode(std::string_view text, bool keep_slash = false);
/// Nothing on a broken escape or an escaped zero byte. `+` is itself.
std::optional<std::string> percent_decode(std::string_view text);

}  // namespace atelier::objects
