#pragma once
// Chooses the object store from its URL.

#include <memory>
#include <string>

#include "common/errors/error.hpp"
#include "common/objects/object_store.hpp"

namespace atelier::objects {

struct ObjectsSettings {
    /// `file:///absolute/folder`, or
    /// `s3://bucket?endpoint=http://host:port&region=…&path_style=1&public_endpoint=…`. `endpoint` defaults
    /// to AWS in the region, `region` to us-east-1; `public_endpoint` is where presigned URLs point when
    /// clients reach the store by another name.
    std::string url;
    std::string access_key = {};       ///< S3 only
    std::string secret_key = {};       ///< S3 only
    std::string session_token = {};    ///< S3 only; empty for long-lived keys
    std::string signing_secret = {};   ///< local only: the installation's secret, at least 32 bytes
    std::string public_base_url = {};  ///< local only: `https://host[:port]` before /api/v1; empty gives URLs
                                       ///< that begin with `/`
};

/// Makes the store (and the folder of a local one). Error: validation_failed at /objects_url,
/// /objects_access_key, … naming what is wrong; unavailable when the folder cannot be made or written.
Result<std::unique_ptr<ObjectStore>> open_store(const ObjectsSettings& settings);

}  // namespace atelier::objects
