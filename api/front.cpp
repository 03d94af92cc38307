#include "api/front.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <filesystem>

#include "api/auth/accounts.hpp"
#include "api/auth/authenticator.hpp"
#include "api/handlers/service/queue_gauges.hpp"
#include "api/housekeeping.hpp"
#include "api/http/server.hpp"
#include "api/live/hub.hpp"
#include "api/openapi/openapi.hpp"
#include "api/routes.hpp"
#include "api/services.hpp"
#include "common/crypto/random.hpp"
#include "common/json/embedded_schemas.hpp"
#include "common/log/log.hpp"
#include "common/objects/local/local_store.hpp"
#include "common/store/events.hpp"
#include "common/store/jobs.hpp"

namespace atelier::api {
namespace {

live::Event live_event(const store::JobEvent& event) {
    return {event.seq, event.type, json::write(store::to_json(event)), event.type != "job:progress"};
}

/// A message of the bus, or nothing when it is none of ours.
std::optional<live::Event> parse_bus_event(std::string_view payload) {
    const auto parsed = json::parse(payload);
    if (!parsed || !(*parsed)["seq"].is_int()) return std::nullopt;
    const std::string& type = (*parsed)["type"].as_string();
    return live::Event{(*parsed)["seq"].as_int(), type, std::string(payload), type != "job:progress"};
}

live::HubCallbacks hub_callbacks(store::Database& db) {
    live::HubCallbacks callbacks;
    callbacks.history = [&db](const std::string& job_id, std::int64_t after,
                              std::size_t limit) -> Result<live::HistoryPage> {
        return db.read([&](soci::session& session) -> Result<live::HistoryPage> {
            live::HistoryPage page;
            page.finished = store::job_has_ended(session, JobId{job_id});
            for (const store::JobEvent& event :
                 store::list_events(session, JobId{job_id}, after, static_cast<int>(limit)))
                page.events.push_back(live_event(event));
            return page;
        });
    };
    callbacks.can_watch = [&db](const http::Principal& principal, const std::string& job_id) -> Result<void> {
        return db.read([&](soci::session& session) -> Result<void> {
            auto job = store::find_job(session, OrganizationId{principal.organization_id}, JobId{job_id});
            if (!job) return job.error();
            return {};
        });
    };
    return callbacks;
}

/// `ADDRESS:PORT` or `[ADDRESS]:PORT`, which settings have checked.
void set_address(http::ServerSettings& server, const std::string& listen) {
    const auto colon = listen.rfind(':');
    server.address = listen.substr(0, colon);
    if (server.address.starts_with('[')) server.address = server.address.substr(1, server.address.size() - 2);
    server.port = static_cast<std::uint16_t>(std::stoi(listen.substr(colon + 1)));
}

/// Systems let a process open about a thousand files unless it asks for more.
void raise_file_limit(int connections) {
    constexpr rlim_t kOthers = 256;  // log, database, broker, objects
    const rlim_t wanted = static_cast<rlim_t>(connections) + kOthers;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
    limit.rlim_cur = std::min(limit.rlim_max, wanted);
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted)
        log::warning("Only {} files may be open: fewer than {} connections will be served", limit.rlim_cur,
                     connections);
}

http::ServerSettings server_settings(const settings::Settings& settings, const objects::LocalStore* local) {
    http::ServerSettings server;
    set_address(server, settings.http.listen);
    server.io_threads = settings.http.threads;
    server.handler_threads = settings.http.handler_threads;
    server.max_connections = static_cast<std::size_t>(settings.http.connections);
    server.cors_origins = settings.http.cors_origins;
    server.upload_folder =
        local ? local->new_temporary_path().parent_path() : std::filesystem::temp_directory_path();
    for (http::RateRule& rule : server.rate_rules) {
        if (rule.rate_class == http::RateClass::generate) rule.requests = settings.http.generations_per_hour;
        if (rule.rate_class == http::RateClass::picture) rule.requests = settings.http.pictures_per_hour;
        if (rule.rate_class == http::RateClass::render) rule.requests = settings.http.exports_per_hour;
    }
    if (settings.http.rate_factor == 0) server.rate_rules.clear();
    for (http::RateRule& rule : server.rate_rules)
        rule.requests = std::max(1, static_cast<int>(rule.requests * settings.http.rate_factor));
    return server;
}

}  // namespace

struct Front::Impl {
    Impl(const settings::Settings& settings, queues::Backend& backend, metrics::Registry& registry,
         json::SchemaSet set, std::string openapi_text)
        : schemas(std::move(set)),
          openapi(std::move(openapi_text)),
          keys{{"", settings.accounts.secret_key.reveal()}},
          local(dynamic_cast<objects::LocalStore*>(backend.objects.get())),
          services{settings,
                   *backend.db,
                   *backend.broker,
                   *backend.objects,
                   local,
                   *backend.announcer,
                   *backend.dispatcher,
                   schemas,
                   registry,
                   keys,
                   openapi,
                   accounts,
                   queue_gauges},
          hub(hub_callbacks(*backend.db)),
          server(server_settings(settings, local), routes(),
                 {[this](const http::Request& request) { return auth::authenticate(request, services); },
                  [this](const http::Request& request) { return auth::recognize(request, services); }},
                 hub, services, observers(registry)) {}

    static http::Observers observers(metrics::Registry& registry) {
        http::Observers seen;
        seen.on_request = [&registry](http::Method method, std::string_view pattern, int status,
                                      std::chrono::duration<double> took) {
            const std::string_view route = pattern.empty() ? "(none)" : pattern;
            registry.add(metrics::Counter::http_requests, {to_string(method), route, std::to_string(status)});
            registry.observe(metrics::Histogram::http_seconds, {route}, took.count());
        };
        seen.on_exception = [](std::string_view request_id, std::string_view what) {
            log::write(log::Level::error, {{"request_id", std::string(request_id)}},
                       "A handler threw: " + std::string(what));
        };
        seen.on_rate_limited = [&registry](http::RateClass rate_class) {
            registry.add(metrics::Counter::rate_limited, {to_string(rate_class)});
        };
        seen.on_bad_framing = [&registry](const Error& error) {
            registry.add(metrics::Counter::refused_framing, {to_string(error.code)});
        };
        seen.on_slow_reader = [&registry](std::string_view transport) {
            registry.add(metrics::Counter::live_slow_readers, {transport});
        };
        return seen;
    }

    json::SchemaSet schemas;
    std::string openapi;
    std::vector<crypto::JwtKey> keys;
    objects::LocalStore* local;
    auth::Accounts accounts;
    QueueGauges queue_gauges;
    ApiServices services;
    live::Hub hub;
    http::Server server;
    std::unique_ptr<queues::Subscription> bus;
    Housekeeping housekeeping;
    std::string url;
};

Front::Front(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Front::~Front() {
    stop();
}

Result<std::unique_ptr<Front>> Front::start(const settings::Settings& settings, queues::Backend& backend,
                                            metrics::Registry& metrics,
                                            const json::SchemaSet::Texts& more_schemas) {
    auto schemas = json::embedded_schemas(more_schemas);
    if (!schemas) return schemas.error();
    auto openapi = openapi_json();
    if (!openapi) return openapi.error();
    raise_file_limit(settings.http.connections);
    auto impl = std::make_unique<Impl>(settings, backend, metrics, std::move(*schemas), std::move(*openapi));
    impl->hub.start();
    impl->bus = backend.broker->subscribe_events(
        {[&hub = impl->hub](std::string_view job_id, std::string_view payload) {
             if (auto event = parse_bus_event(payload)) hub.publish(std::string(job_id), std::move(*event));
         },
         {}});
    if (auto listening = impl->server.start(); !listening) return listening.error();
    impl->url = "http://" + settings.http.listen.substr(0, settings.http.listen.rfind(':')) + ":" +
                std::to_string(impl->server.port());
    impl->housekeeping = start_housekeeping(impl->services);
    return std::unique_ptr<Front>(new Front(std::move(impl)));
}

void Front::stop() {
    impl_->housekeeping = {};
    impl_->bus.reset();
    impl_->server.stop();
    impl_->hub.stop();
}

const std::string& Front::url() const {
    return impl_->url;
}

}  // namespace atelier::api
