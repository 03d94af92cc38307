#pragma once
// What signing in keeps between requests: one object a process, part of ApiServices.

#include "api/auth/activity_cache.hpp"
#include "api/auth/password_gate.hpp"

namespace atelier::api::auth {

struct Accounts {
    PasswordGate passwords;
    ActivityCache activity;
};

}  // namespace atelier::api::auth
