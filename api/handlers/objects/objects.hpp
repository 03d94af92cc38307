#pragma once
// /objects/{key}: what presigned URLs of the local object store point to. The signature is the permission.

#include "api/handlers/exchange.hpp"

namespace atelier::api {

Result<std::uint64_t> object_upload_limit(const Request& request, ApiServices& services);
Reply put_object(const Request& request, ApiServices& services);
Reply get_object(const Request& request, ApiServices& services);

}  // namespace atelier::api
