#pragma once
// How one log line looks. Pure functions, so that tests can read them.

#include <chrono>
#include <string>

#include "common/log/log.hpp"

namespace atelier::log {

struct Entry {
    std::chrono::system_clock::time_point time;
    Level level = Level::info;
    std::string_view service;
    std::string_view message;
    const Fields& fields;  ///< outer before inner; of equal names the last one counts
};

/// `2026-01-31T12:00:00.250Z warning atelier-api The disk is nearly full job_id=… `
std::string text_line(const Entry& entry);
/// `{"time":…,"level":…,"service":…,"message":…,"job_id":…}`
std::string json_line(const Entry& entry);

}  // namespace atelier::log
