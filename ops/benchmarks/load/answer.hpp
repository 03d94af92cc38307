#pragma once
// Finding the end of an HTTP answer, and nothing else about it.

#include <cstddef>
#include <string_view>

namespace atelier::bench {

struct Answer {
    std::size_t length = 0;  ///< head and body; 0 while they are incomplete
    std::size_t body_at = 0;
    int status = 0;
};

/// Of the answer that `bytes` begin with. Throws when it does not say its length.
Answer complete_answer(std::string_view bytes);

}  // namespace atelier::bench
