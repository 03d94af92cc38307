#include "common/errors/error.hpp"

#include <ostream>
#include <stdexcept>

namespace atelier {

std::string_view to_string(ErrorCode code) {
    switch (code) {
        case ErrorCode::bad_request:
            return "BAD_REQUEST";
        case ErrorCode::unauthenticated:
            return "UNAUTHENTICATED";
        case ErrorCode::insufficient_credits:
            return "INSUFFICIENT_CREDITS";
        case ErrorCode::forbidden:
            return "FORBIDDEN";
        case ErrorCode::not_found:
            return "NOT_FOUND";
        case ErrorCode::method_not_allowed:
            return "METHOD_NOT_ALLOWED";
        case ErrorCode::request_timeout:
            return "REQUEST_TIMEOUT";
        case ErrorCode::conflict:
            return "CONFLICT";
        case ErrorCode::too_large:
            return "TOO_LARGE";
        case ErrorCode::unsupported_media:
            return "UNSUPPORTED_MEDIA_TYPE";
        case ErrorCode::validation_failed:
            return "VALIDATION_FAILED";
        case ErrorCode::rate_limited:
            return "RATE_LIMITED";
        case ErrorCode::header_too_large:
            return "HEADER_TOO_LARGE";
        case ErrorCode::generation_failed:
            return "GENERATION_FAILED";
        case ErrorCode::internal:
            return "INTERNAL";
        case ErrorCode::unavailable:
            return "UNAVAILABLE";
    }
    return "INTERNAL";
}

std::ostream& operator<<(std::ostream& out, const Error& error) {
    out << to_string(error.code) << ": " << error.message;
    for (const FieldError& field : error.details)
        out << " (" << field.pointer << ": " << field.rule << ")";
    return out;
}

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
    throw std::logic_error("unchecked error at " + where.to_string() + ": " + error.message);
}

Error bad_request(std::string message) {
    return {ErrorCode::bad_request, std::move(message), {}, {}};
}
Error unauthenticated(std::string message) {
    return {ErrorCode::unauthenticated, std::move(message), {}, {}};
}
Error forbidden(std::string message) {
    return {ErrorCode::forbidden, std::move(message), {}, {}};
}
Error not_found(std::string_view what) {
    return {ErrorCode::not_found, "There is no such " + std::string(what) + ".", {}, {}};
}
Error conflict(std::string message) {
    return {ErrorCode::conflict, std::move(message), {}, {}};
}
Error invalid(std::vector<FieldError> details) {
    std::string message = details.size() == 1 ? details.front().message
                                              : std::to_string(details.size()) + " fields are not valid.";
    return {ErrorCode::validation_failed, std::move(message), std::move(details), {}};
}
Error invalid(std::string pointer, std::string rule, std::string message) {
    return invalid({FieldError{std::move(pointer), std::move(rule), std::move(message)}});
}
Error internal(std::string message) {
    return {ErrorCode::internal, std::move(message), {}, {}};
}
Error unavailable(std::string message, int retry_after_s) {
    return {ErrorCode::unavailable, std::move(message), {}, retry_after_s};
}

}  // namespace atelier
