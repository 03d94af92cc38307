#pragma once
// What handlers work with. One object a process, handed to every handler by reference; all parts are
// thread-safe.

#include <string>
#include <vector>

#include "common/crypto/jwt.hpp"
#include "common/json/schema_set.hpp"
#include "common/metrics/registry.hpp"
#include "common/settings/settings.hpp"
#include "queues/backend.hpp"

namespace atelier::objects {
class LocalStore;
}
namespace atelier::api::live {
class Hub;
}
namespace atelier::api::auth {
struct Accounts;
}

namespace atelier::api {

class QueueGauges;

struct ApiServices {
    const settings::Settings& settings;
    store::Database& db;
    queues::Broker& broker;
    objects::ObjectStore& objects;
    objects::LocalStore*
        local_objects;  ///< the same store when this API serves its URLs itself, otherwise nullptr
    queues::Announcer& announcer;
    queues::Dispatcher& dispatcher;
    const json::SchemaSet& schemas;
    metrics::Registry& metrics;
    const std::vector<crypto::JwtKey>& token_keys;  ///< the first one signs
    const std::string& openapi;                     ///< /openapi.json
    auth::Accounts& accounts;                       ///< api/auth/accounts.hpp
    QueueGauges& queue_gauges;                      ///< api/handlers/service/queue_gauges.hpp
};

}  // namespace atelier::api
