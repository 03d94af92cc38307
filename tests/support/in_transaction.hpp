#pragma once
// Short forms for tests that call repositories: each call in a transaction of its own.

#include "tests/support/database.hpp"

namespace atelier::testing {

/// `write(database, [&](auto& session) { return find_user(session, …); })`; also for functions that return no
/// Result.
template <class Work>
auto write(TestDatabase& database, Work work) {
    using Out = std::invoke_result_t<Work, soci::session&>;
    if constexpr (requires(Out out) { out.has_error(); }) {
        return database->write(work);
    } else if constexpr (std::is_void_v<Out>) {
        database
            ->write([&](soci::session& session) -> Result<void> {
                work(session);
                return {};
            })
            .value();
    } else {
        return std::move(
            database->write([&](soci::session& session) -> Result<Out> { return work(session); }).value());
    }
}

/// The code of a failed Result; `internal` when it did not fail, which no test expects.
template <class T>
std::string failure(const Result<T>& result) {
    return result.has_error() ? std::string(to_string(result.error().code)) : "no error";
}

/// `CONFLICT /slug`: the code and the pointers of the wrong fields.
template <class T>
std::string fields(const Result<T>& result) {
    std::string text = failure(result);
    if (result.has_error()) {
        for (const FieldError& field : result.error().details)
            text += " " + field.pointer;
    }
    return text;
}

}  // namespace atelier::testing
