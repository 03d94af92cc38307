#include "api/http/chunked.hpp"

#include <algorithm>

namespace atelier::api::http {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

Result<std::size_t> ChunkedDecoder::feed(std::string_view received, std::string& body) {
    std::size_t at = 0;
    while (at < received.size() && !done()) {
        if (state_ != State::data) {
            if (const auto taken = step(received[at]); !taken) return taken.error();
            ++at;
            continue;
        }
        const auto piece = std::min<std::uint64_t>(left_, received.size() - at);
        if (body.size() + piece > limit_)
            return Error{ErrorCode::too_large, "The body is too large.", {}, {}};
        body.append(received.substr(at, piece));
        at += piece;
        left_ -= piece;
        if (left_ == 0) state_ = State::data_cr;
    }
    return at;
}

Result<void> ChunkedDecoder::step(char c) {
    constexpr int kMaxDigits = 8;
    const auto expect = [&](char wanted, State next) -> Result<void> {
        if (c != wanted) return bad_request("The chunked body is malformed.");
        state_ = next;
        return {};
    };
    switch (state_) {
        case State::size:
            if (const int digit = hex_digit(c); digit >= 0 && digits_ < kMaxDigits) {
                left_ = left_ * 16 + static_cast<unsigned>(digit);
                ++digits_;
                return {};
            }
            if (digits_ == 0) return bad_request("A chunk has no size.");
            return expect('\r', State::size_lf);
        case State::size_lf:
            digits_ = 0;
            return expect('\n', left_ > 0 ? State::data : State::end_cr);
        case State::data_cr:
            return expect('\r', State::data_lf);
        case State::data_lf:
            return expect('\n', State::size);
        case State::end_cr:
            return expect('\r', State::end_lf);
        case State::end_lf:
            return expect('\n', State::done);
        case State::data:
        case State::done:
            break;
    }
    return {};
}

}  // namespace atelier::api::http
