#pragma once
// What commands of the operator work with: the installation's own database and broker.

#include <memory>
#include <string>
#include <vector>

#include "common/json/value.hpp"
#include "common/store/database.hpp"
#include "ops/ctl/command.hpp"
#include "queues/broker.hpp"
#include "queues/events.hpp"

namespace atelier::ctl {

/// Error: unavailable, or internal when the schema is not at this program's version (`atelierctl migrate`).
Result<std::unique_ptr<store::Database>> open_database(const settings::Settings& settings);

/// Database and broker. With the embedded broker the queues live inside the server's process: this one's are
/// empty, and what an order changes reaches the server through the database.
struct Installation {
    std::unique_ptr<store::Database> db;
    std::unique_ptr<queues::Broker> broker;
    std::unique_ptr<queues::Announcer> announcer;
    bool embedded = false;
};
Result<Installation> open_installation(const Invocation& invocation);

/// Rows under a heading, columns aligned; cells of the same place in every row.
using TableRow = std::vector<std::string>;
void print_table(const TableRow& heading, const std::vector<TableRow>& rows);
/// JSON for programs, on one line each.
void print_json(const json::Value& value);

}  // namespace atelier::ctl
