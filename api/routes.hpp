#pragma once
// The table of every route.

#include <span>

#include "api/http/route.hpp"

namespace atelier::api {

std::span<const http::Route> routes();

}  // namespace atelier::api
