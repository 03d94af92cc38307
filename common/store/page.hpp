#pragma once
// Lists in pages: newest first by id (UUIDv7), with an opaque cursor that names the last row seen.

#include <optional>
#include <string>
#include <vector>

#include "common/errors/error.hpp"

namespace atelier::store {

struct PageRequest {
    int limit = 20;      ///< 1…100
    std::string cursor;  ///< a previous page's next_cursor; empty: from the newest
};

template <class T>
struct Page {
    std::vector<T> items;
    std::optional<std::string> next_cursor;  ///< absent on the last page
};

std::string encode_cursor(const std::string& last_id);
/// The id that rows must be older than: with an empty cursor, one that is greater than all. Error:
/// validation_failed on `query:cursor` or `query:limit`.
Result<std::string> page_bound(const PageRequest& request);

/// From up to limit + 1 rows: cuts the extra one and makes the cursor. `id_of(item)` is the item's id text.
template <class T, class IdOf>
Page<T> to_page(std::vector<T> rows, const PageRequest& request, IdOf id_of) {
    Page<T> page;
    const auto limit = static_cast<std::size_t>(request.limit);
    if (rows.size() > limit) {
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(limit), rows.end());
        page.next_cursor = encode_cursor(id_of(rows.back()));
    }
    page.items = std::move(rows);
    return page;
}

}  // namespace atelier::store
