#pragma once
// Decodes a chunked body (RFC 9112 §7.1) strictly: plain hexadecimal sizes, CR LF everywhere, no chunk
// extensions (nobody needs them, readers differ on them) and no trailers.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"

namespace atelier::api::http {

class ChunkedDecoder {
  public:
    explicit ChunkedDecoder(std::size_t limit) : limit_(limit) {}

    /// Consumes what it can and appends the content to `body`; returns how many bytes it consumed, which is
    /// all of them until done(). Errors: bad_request, too_large.
    Result<std::size_t> feed(std::string_view received, std::string& body);
    bool done() const { return state_ == State::done; }

  private:
    enum class State { size, size_lf, data, data_cr, data_lf, end_cr, end_lf, done };
    Result<void> step(char c);

    const std::size_t limit_;
    State state_ = State::size;
    std::uint64_t left_ = 0;  ///< of the current chunk; the size itself while that is read
    int digits_ = 0;
};

}  // namespace atelier::api::http
