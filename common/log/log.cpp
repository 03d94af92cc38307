#include "common/log/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>
#include <atomic>
#include <mutex>

#include "common/log/line.hpp"

namespace atelier::log {
namespace {

constexpr std::array<std::string_view, 4> kLevels{"debug", "info", "warning", "error"};
constexpr std::array<std::string_view, 2> kFormats{"text", "json"};

class FunctionSink : public spdlog::sinks::base_sink<std::mutex> {
  public:
    explicit FunctionSink(std::function<void(std::string_view)> function) : function_(std::move(function)) {}

  protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        function_({message.payload.data(), message.payload.size()});
    }
    void flush_() override {}

  private:
    std::function<void(std::string_view)> function_;
};

std::shared_ptr<spdlog::logger> make_logger(spdlog::sink_ptr sink) {
    auto logger = std::make_shared<spdlog::logger>("atelier", std::move(sink));
    logger->set_formatter(std::make_unique<spdlog::pattern_formatter>("%v"));
    logger->set_level(spdlog::level::trace);
    logger->flush_on(spdlog::level::trace);
    return logger;
}

// The log is the one piece of process-wide state: a line must be possible anywhere, before and after main's
// services.
struct Process {
    std::atomic<Level> level{Level::info};
    std::mutex mutex;
    Format format = Format::text;
    std::string service;
    std::shared_ptr<spdlog::logger> logger = make_logger(std::make_shared<spdlog::sinks::stderr_sink_mt>());
};
Process& process() {
    static Process* const instance = new Process;  // never destroyed: threads may log while the process exits
    return *instance;
}

thread_local Fields context_fields;

}  // namespace

std::string_view to_string(Level level) {
    return kLevels[static_cast<std::size_t>(level)];
}
std::optional<Level> parse_level(std::string_view name) {
    for (std::size_t i = 0; i < kLevels.size(); ++i)
        if (kLevels[i] == name) return static_cast<Level>(i);
    return std::nullopt;
}
std::string_view to_string(Format format) {
    return kFormats[static_cast<std::size_t>(format)];
}
std::optional<Format> parse_format(std::string_view name) {
    for (std::size_t i = 0; i < kFormats.size(); ++i)
        if (kFormats[i] == name) return static_cast<Format>(i);
    return std::nullopt;
}

void configure(Level level, Format format, std::string service) {
    Process& p = process();
    std::lock_guard lock(p.mutex);
    p.level = level;
    p.format = format;
    p.service = std::move(service);
}

void set_sink(std::function<void(std::string_view)> sink) {
    Process& p = process();
    std::lock_guard lock(p.mutex);
    if (sink)
        p.logger = make_logger(std::make_shared<FunctionSink>(std::move(sink)));
    else
        p.logger = make_logger(std::make_shared<spdlog::sinks::stderr_sink_mt>());
}

bool enabled(Level level) {
    return level >= process().level.load(std::memory_order_relaxed);
}

void write(Level level, const Fields& fields, std::string_view message) {
    if (!enabled(level)) return;
    Process& p = process();
    Fields all = context_fields;
    all.insert(all.end(), fields.begin(), fields.end());
    std::shared_ptr<spdlog::logger> logger;
    std::string line;
    {
        std::lock_guard lock(p.mutex);
        logger = p.logger;
        const Entry entry{std::chrono::system_clock::now(), level, p.service, message, all};
        line = p.format == Format::json ? json_line(entry) : text_line(entry);
    }
    logger->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

Context::Context(std::initializer_list<Field> fields) : outer_size_(context_fields.size()) {
    context_fields.insert(context_fields.end(), fields.begin(), fields.end());
}
Context::~Context() {
    context_fields.resize(outer_size_);
}

std::string without_credentials(std::string_view url) {
    std::string out(url);
    const std::size_t scheme = out.find("://");
    const std::size_t host = scheme == out.npos ? 0 : scheme + 3;
    // A password may itself hold an unescaped '@', '/' or '?': everything up to the last '@' counts as
    // userinfo. That hides too much of a URL with '@' in its path, and never too little.
    if (const std::size_t at = out.rfind('@'); scheme != out.npos && at != out.npos && at >= host)
        out.replace(host, at - host, "***");
    if (const std::size_t query = out.find('?', host); query != out.npos)
        out.replace(query + 1, out.npos, "***");
    return out;
}

}  // namespace atelier::log
