#pragma once
// What Linux tells about this process, in Prometheus' text format under the names every exporter uses.

#include <string>
#include <string_view>

namespace atelier::metrics {

/// Resident memory now and at its peak, CPU seconds, threads, open files, start time. What /proc withholds is
/// left out.
std::string process_metrics(std::string_view service);

}  // namespace atelier::metrics
