#pragma once
// The one error type that crosses module boundaries, and the Result that carries it.
//
// Expected failures are returned as `Result<T>`; exceptions are for bugs and third-party libraries and are
// caught once, at a boundary (HTTP session, task runner, main). `http_status` in api/http maps codes to HTTP,
// nowhere else.

#include <boost/system/result.hpp>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace atelier {

enum class ErrorCode {
    bad_request,           ///< cannot be parsed at all (400)
    unauthenticated,       ///< no or invalid credentials (401)
    insufficient_credits,  ///< (402)
    forbidden,             ///< known, but not allowed (403)
    not_found,             ///< does not exist, or belongs to somebody else (404)
    method_not_allowed,    ///< (405)
    request_timeout,       ///< the client was too slow (408)
    conflict,              ///< the state does not allow it (409)
    too_large,             ///< (413)
    unsupported_media,     ///< (415)
    validation_failed,     ///< understood, but fields are wrong: see details (422)
    rate_limited,          ///< (429)
    header_too_large,      ///< (431)
    generation_failed,     ///< no AI provider could do it; another try may succeed (500)
    internal,              ///< a bug or a broken dependency (500)
    unavailable,           ///< a dependency is away; try again later (503)
};

/// The code as clients see it: `VALIDATION_FAILED`, `NOT_FOUND`, …
std::string_view to_string(ErrorCode code);

/// One wrong field: a JSON pointer into the request (or `query:name`, `header:Name`), the rule it broke, and
/// a sentence.
struct FieldError {
    std::string pointer;
    std::string rule;
    std::string message;
    bool operator==(const FieldError&) const = default;
};

struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message;               ///< one sentence for a person; never holds secrets
    std::vector<FieldError> details;   ///< every wrong field, for validation_failed
    std::optional<int> retry_after_s;  ///< seconds after which another try makes sense

    bool operator==(const Error&) const = default;
    /// True when the same request may succeed later.
    bool retryable() const {
        return code == ErrorCode::unavailable || code == ErrorCode::rate_limited ||
               code == ErrorCode::request_timeout || code == ErrorCode::generation_failed;
    }
};

/// `CODE: message (pointer: rule)…`, for logs and test output.
std::ostream& operator<<(std::ostream& out, const Error& error);

template <class T = void>
using Result = boost::system::result<T, Error>;

/// Thrown only when somebody calls `.value()` on a failed Result: a bug at the call site.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

Error bad_request(std::string message);
Error unauthenticated(std::string message);
Error forbidden(std::string message);
Error not_found(std::string_view what);  ///< "no such <what>"
Error conflict(std::string message);
Error invalid(std::vector<FieldError> details);
Error invalid(std::string pointer, std::string rule, std::string message);
Error internal(std::string message);
Error unavailable(std::string message, int retry_after_s = 5);

}  // namespace atelier
