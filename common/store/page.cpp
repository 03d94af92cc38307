#include "common/store/page.hpp"

#include "common/crypto/encoding.hpp"
#include "common/ids/id.hpp"

namespace atelier::store {

std::string encode_cursor(const std::string& last_id) {
    return crypto::base64url_encode(crypto::bytes_of(last_id));
}

Result<std::string> page_bound(const PageRequest& request) {
    if (request.limit < 1 || request.limit > 100)
        return invalid("query:limit", "range", "limit is 1 to 100.");
    if (request.cursor.empty()) return std::string("z");
    const auto id = crypto::base64url_decode(request.cursor);
    if (!id || !ids::is_uuid(*id)) return invalid("query:cursor", "format", "This is no cursor of a page.");
    return *id;
}

}  // namespace atelier::store
