#pragma once
// Instants as the API writes them.

#include <cstdint>
#include <string>

namespace atelier {

/// `2026-11-21T10:15:30.123Z` for epoch milliseconds.
std::string rfc3339(std::int64_t epoch_ms);

/// This machine's clock in epoch milliseconds: for expiries that this process both sets and checks. What
/// several processes must agree on comes from the database's clock instead.
std::int64_t system_now_ms();

}  // namespace atelier
