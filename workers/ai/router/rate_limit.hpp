#pragma once
// Calls a minute, as one number that can live in a database: the generic cell rate algorithm (ITU-T I.371
// annex A). Pure.

#include <cstdint>

namespace atelier::ai {

/// 0 when a call may begin now; `next_us` then pays for it. Otherwise the microseconds to wait, and nothing
/// changes. Times are epoch microseconds. In no minute more than `per_minute` begin; a sixth of them, but
/// one at least, may come at once.
std::int64_t admit(std::int64_t& next_us, std::int64_t now_us, int per_minute);

}  // namespace atelier::ai
