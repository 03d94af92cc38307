#pragma once
// Who is asking: what an authenticator proved about a request.

#include <string>

namespace atelier::api::http {

enum class Role { user, admin };

struct Principal {
    std::string user_id;
    std::string organization_id;
    Role role = Role::user;
    bool operator==(const Principal&) const = default;
};

}  // namespace atelier::api::http
