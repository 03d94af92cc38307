#include "common/metrics/process.hpp"

#include <fmt/core.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

namespace atelier::metrics {
namespace {

/// A line `name:   12 kB` of /proc/self/status.
std::optional<double> status_value(std::string_view name) {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(name) && line.size() > name.size() && line[name.size()] == ':')
            return std::strtod(line.c_str() + name.size() + 1, nullptr);
    return std::nullopt;
}

/// Seconds since 1970 at which the process started: the boot time plus field 22 of /proc/self/stat, see
/// proc(5).
std::optional<double> start_time() {
    std::ifstream uptime_file("/proc/stat");
    double boot = 0;
    for (std::string line; std::getline(uptime_file, line);)
        if (line.starts_with("btime ")) boot = std::strtod(line.c_str() + 6, nullptr);
    std::ifstream stat_file("/proc/self/stat");
    std::string stat;
    std::getline(stat_file, stat);
    const std::size_t after_name = stat.rfind(')');
    if (boot == 0 || after_name == std::string::npos) return std::nullopt;
    std::istringstream fields(stat.substr(after_name + 2));
    std::string field;
    for (int number = 3; number <= 22; ++number)
        fields >> field;
    return boot + std::strtod(field.c_str(), nullptr) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::optional<double> cpu_seconds() {
    rusage usage{};
    if (getrusage(RUSAGE_SELF, &usage) != 0) return std::nullopt;
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::optional<double> open_files() {
    std::error_code error;
    std::filesystem::directory_iterator entries("/proc/self/fd", error);
    if (error) return std::nullopt;
    return static_cast<double>(std::distance(begin(entries), end(entries)));
}

std::optional<double> kib(std::optional<double> value) {
    return value ? std::optional(*value * 1024) : std::nullopt;
}

}  // namespace

std::string process_metrics(std::string_view service) {
    std::string out;
    const auto show = [&](const char* name, const char* type, const char* meaning,
                          std::optional<double> value) {
        if (!value) return;
        out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n{0}{{service=\"{3}\"}} {4}\n", name, meaning,
                           type, service, *value);
    };
    show("process_resident_memory_bytes", "gauge", "Memory in RAM.", kib(status_value("VmRSS")));
    show("process_peak_memory_bytes", "gauge", "The most memory in RAM so far.", kib(status_value("VmHWM")));
    show("process_cpu_seconds_total", "counter", "User and system time.", cpu_seconds());
    show("process_threads", "gauge", "Threads.", status_value("Threads"));
    show("process_open_fds", "gauge", "Open file descriptors.", open_files());
    show("process_start_time_seconds", "gauge", "Start, as seconds since 1970.", start_time());
    return out;
}

}  // namespace atelier::metrics
