#include "ops/ctl/operator.hpp"

#include <algorithm>
#include <iostream>

namespace atelier::ctl {

Result<std::unique_ptr<store::Database>> open_database(const settings::Settings& settings) {
    return store::Database::open({.url = settings.database.url, .pool_size = 2});
}

Result<Installation> open_installation(const Invocation& invocation) {
    const auto settings = invocation.load_settings();
    if (!settings) return settings.error();
    Installation opened;
    auto db = open_database(*settings);
    if (!db) return db.error();
    opened.db = std::move(*db);
    auto broker = queues::open_broker({.url = settings->broker.url});
    if (!broker) return broker.error();
    opened.broker = std::move(*broker);
    opened.announcer = std::make_unique<queues::Announcer>(*opened.broker);
    opened.embedded = settings->broker.is_embedded();
    return opened;
}

void print_table(const TableRow& heading, const std::vector<TableRow>& rows) {
    std::vector<std::size_t> widths;
    for (const std::string& name : heading)
        widths.push_back(name.size());
    for (const TableRow& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    const auto print = [&](const TableRow& row) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::cout << row[i];
            if (i + 1 < row.size()) std::cout << std::string(widths[i] - row[i].size() + 2, ' ');
        }
        std::cout << "\n";
    };
    print(heading);
    for (const TableRow& row : rows)
        print(row);
}

void print_json(const json::Value& value) {
    std::cout << json::write(value) << "\n";
}

}  // namespace atelier::ctl
