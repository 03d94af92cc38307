#include "queues/backend.hpp"

#include <filesystem>

#include "common/objects/open.hpp"
#include "common/store/tasks.hpp"

namespace atelier::queues {
namespace {

Error in(const char* part, Error error) {
    error.message = std::string(part) + ": " + error.message;
    return error;
}

Result<std::unique_ptr<store::Database>> open_database(const settings::Settings& settings) {
    const store::DatabaseSettings wanted{.url = settings.database.url,
                                         .pool_size = settings.database.pool_size};
    if (auto migrated = store::migrate(wanted); !migrated) return migrated.error();
    return store::Database::open(wanted);
}

/// Where clients reach this installation. Without a setting it is where the API listens, unless that names no
/// host or port: URLs then begin with a slash and clients complete them.
std::string public_url(const settings::Http& http) {
    const bool anywhere = http.listen.starts_with("0.0.0.0:") || http.listen.starts_with("[::]:") ||
                          http.listen.ends_with(":0");
    return http.public_url.empty() && !anywhere ? "http://" + http.listen : http.public_url;
}

objects::ObjectsSettings objects_settings(const settings::Settings& settings) {
    objects::ObjectsSettings wanted;
    wanted.url = settings.objects.url;
    wanted.access_key = settings.objects.s3_access_key.reveal();
    wanted.secret_key = settings.objects.s3_secret_key.reveal();
    wanted.signing_secret = settings.accounts.secret_key.reveal();
    wanted.public_base_url = public_url(settings.http);
    return wanted;
}

/// Leases decide how often it pays to look for expired ones: at least twice a lease, at most every 15 s.
DispatcherSettings dispatcher_settings(const settings::Settings& settings) {
    DispatcherSettings wanted;
    wanted.reap_every =
        std::min(wanted.reap_every, std::chrono::milliseconds(settings.workers.lease_s * 500));
    return wanted;
}

}  // namespace

Result<Backend> open_backend(const settings::Settings& settings) {
    Backend backend;
    auto db = open_database(settings);
    if (!db) return in("database", db.error());
    backend.db = std::move(*db);

    auto objects = objects::open_store(objects_settings(settings));
    if (!objects) return in("object store", objects.error());
    backend.objects = std::move(*objects);

    auto broker = open_broker({.url = settings.broker.url});
    if (!broker) return in("broker", broker.error());
    backend.broker = std::move(*broker);

    if (settings.broker.is_embedded()) {
        auto resent =
            backend.db->write([](soci::session& s) -> Result<int> { return store::resend_all_queued(s); });
        if (!resent) return in("database", resent.error());
    }
    backend.announcer = std::make_unique<Announcer>(*backend.broker);
    backend.dispatcher = std::make_unique<Dispatcher>(dispatcher_settings(settings), *backend.db,
                                                      *backend.broker, *backend.announcer);
    return backend;
}

}  // namespace atelier::queues
