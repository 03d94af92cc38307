#include "api/handlers/service/service.hpp"

#include "api/handlers/service/queue_gauges.hpp"

namespace atelier::api {
namespace {

json::Value component(const Result<void>& checked) {
    json::Value v = json::Object{{"status", checked ? "up" : "down"}};
    if (!checked) v.set("message", checked.error().message);
    return v;
}

Result<void> check_broker(const queues::Broker& broker) {
    const queues::BrokerHealth health = broker.health();
    if (health.connected) return {};
    return unavailable(health.last_error.empty() ? "The broker is not connected." : health.last_error);
}

json::Value queues_json(queues::Broker& broker) {
    const auto depths = broker.depths();
    if (!depths) return {};
    json::Value stages = json::Array{};
    for (const queues::StageDepth& depth : *depths)
        stages.push(json::Object{{"stage", to_string(depth.stage)},
                                 {"primary", depth.primary},
                                 {"priority", depth.priority},
                                 {"dead", depth.dead},
                                 {"consumers", depth.consumers}});
    return stages;
}

}  // namespace

Reply get_health(const Request&, ApiServices&) {
    return Reply::json(200, json::Object{{"status", "ok"}});
}

Reply get_health_details(const Request&, ApiServices& services) {
    const Result<void> database = services.db.ping();
    const Result<void> broker = check_broker(services.broker);
    const Result<void> objects = services.objects.check();
    const bool all_up = database && broker && objects;
    json::Value body = json::Object{{"status", all_up ? "ok" : "degraded"}};
    body.set("components", json::Object{{"database", component(database)},
                                        {"broker", component(broker)},
                                        {"objects", component(objects)}});
    body.set("queues", broker ? queues_json(services.broker) : json::Value());
    return Reply::json(all_up ? 200 : 503, body);
}

Reply get_metrics(const Request&, ApiServices& services) {
    services.queue_gauges.refresh(services.broker, services.metrics);
    return Reply::text(200, metrics::Registry::kContentType, services.metrics.expose());
}

Reply get_openapi(const Request&, ApiServices& services) {
    return Reply::text(200, "application/json", services.openapi);
}

}  // namespace atelier::api
