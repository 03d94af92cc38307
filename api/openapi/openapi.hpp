#pragma once
// The HTTP contract, schemas/openapi.yaml, as the programs use it.

#include <string>
#include <vector>

#include "common/errors/error.hpp"

namespace atelier::api {

/// The document as JSON, complete in itself: the schema files that it refers to are carried under
/// `components`. Error: internal, naming what is wrong in the document.
Result<std::string> openapi_json();

struct Operation {
    std::string method;      ///< `GET`
    std::string path;        ///< `/api/v1/projects/{project_id}`
    std::string access;      ///< `anonymous`, `user`, `admin` or `signed_url`
    std::string rate_class;  ///< as in `x-rate-limits`: `auth`, `read`, `write` …
    std::string body;        ///< the schema file of a JSON body (`http/login.json`), or empty
    bool operator==(const Operation&) const = default;
};

/// Every operation, in the order of the document. Error as above.
Result<std::vector<Operation>> openapi_operations();

}  // namespace atelier::api
