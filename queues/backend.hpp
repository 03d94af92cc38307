#pragma once
// The parts that every server process shares, opened from the settings in the order in which they depend on
// each other: database, object store, broker, announcer, dispatcher.

#include <memory>

#include "common/objects/object_store.hpp"
#include "common/settings/settings.hpp"
#include "common/store/database.hpp"
#include "queues/broker.hpp"
#include "queues/dispatcher.hpp"
#include "queues/events.hpp"

namespace atelier::queues {

/// Members end in reverse order, so nothing outlives what it uses.
struct Backend {
    std::unique_ptr<store::Database> db;
    std::unique_ptr<objects::ObjectStore> objects;
    std::unique_ptr<Broker> broker;
    std::unique_ptr<Announcer> announcer;
    std::unique_ptr<Dispatcher> dispatcher;
};

/// Migrates the database, opens everything and starts the dispatcher. With the embedded broker, whose queues
/// begin empty, whatever was queued is made ready again. Errors say which part could not be opened.
Result<Backend> open_backend(const settings::Settings& settings);

}  // namespace atelier::queues
