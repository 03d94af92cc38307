#pragma once
// Which numbered files of schemas/sql a database has seen. The public part, migrate(), is in database.hpp.

#include "common/errors/error.hpp"
#include "common/store/database.hpp"

namespace atelier::store {

/// Success when the schema is exactly at this program's version. Error: conflict, saying which side is
/// behind.
Result<void> check_schema(soci::session& session, Dialect dialect);

}  // namespace atelier::store
