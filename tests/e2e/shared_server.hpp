#pragma once
// One server for all cases of this program that do not stop it: loading the models takes a while.

#include "tests/e2e/support/standalone.hpp"

namespace atelier::e2e {

inline const Standalone& shared_server() {
    static const Standalone server;
    return server;
}

}  // namespace atelier::e2e
