#include "ops/benchmarks/load/answer.hpp"

#include <charconv>
#include <stdexcept>

namespace atelier::bench {

Answer complete_answer(std::string_view bytes) {
    const std::size_t head = bytes.find("\r\n\r\n");
    if (head == std::string_view::npos) return {};
    constexpr std::string_view kField = "\r\nContent-Length: ";
    const std::size_t field = bytes.find(kField);
    if (field >= head) throw std::runtime_error("an answer has no Content-Length");
    Answer answer{.body_at = head + 4};
    std::size_t body = 0;
    std::from_chars(bytes.data() + field + kField.size(), bytes.data() + head, body);
    std::from_chars(bytes.data() + 9, bytes.data() + 12, answer.status);
    if (bytes.size() >= answer.body_at + body) answer.length = answer.body_at + body;
    return answer;
}

}  // namespace atelier::bench
