#pragma once
// Several statements to PostgreSQL in one go, by libpq's pipeline mode. Private to common/store.

#include <string>
#include <vector>

namespace soci {
class session;
}

namespace atelier::store {

/// One statement of a pipeline: a prepared one by its name, or a text.
struct Piped {
    std::string prepared,
        text;  ///< the name is empty for a text; of a name that is new, its text is prepared first
    bool is_new = false;
    std::vector<std::string> parameters;  ///< as text
};

/// Sends them all, waits for the last, and returns its command tag. Throws soci::postgresql_soci_error with
/// the first failure; what came after that one was not done.
std::string run_pipeline(soci::session& session, const std::vector<Piped>& statements);

}  // namespace atelier::store
