#pragma once
// The process's log: one line per event on stderr, as text for people or JSON for collectors.
//
//     log::info("Listening on {}", address);
//     log::Context context({{"job_id", id}});        // every line of this thread carries it until the scope
//     ends log::write(log::Level::warning, {{"request_id", id}}, "The body came too slowly");   // in
//     coroutines
//
// Thread-safe. Control characters are escaped, so a line stays a line. Never pass a secret; URLs that may
// hold credentials or signatures go through `without_credentials`.

#include <fmt/core.h>

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace atelier::log {

enum class Level { debug, info, warning, error };
enum class Format { text, json };

std::string_view to_string(Level level);
std::optional<Level> parse_level(std::string_view name);
std::string_view to_string(Format format);
std::optional<Format> parse_format(std::string_view name);

using Field = std::pair<std::string, std::string>;
using Fields = std::vector<Field>;

/// Once, early in main; until then: info, text, no service name. `service` names the program in every line.
void configure(Level level, Format format, std::string service);

/// Where lines go; an empty function means stderr. For tests. The function is called by one thread at a time.
void set_sink(std::function<void(std::string_view line)> sink);

bool enabled(Level level);
/// One line with the thread's context and `fields`.
void write(Level level, const Fields& fields, std::string_view message);

/// Adds fields to every line that this thread writes while it lives. Scopes nest; an inner value hides an
/// outer one of the same name. Not for coroutines: they may resume on another thread.
class Context {
  public:
    Context(std::initializer_list<Field> fields);
    ~Context();
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

  private:
    std::size_t outer_size_;
};

/// `scheme://user:secret@host/path?signature=…` → `scheme://***@host/path?***`: for logs and error messages.
std::string without_credentials(std::string_view url);

template <class... Args>
void debug(fmt::format_string<Args...> text, Args&&... args) {
    if (enabled(Level::debug)) write(Level::debug, {}, fmt::format(text, std::forward<Args>(args)...));
}
template <class... Args>
void info(fmt::format_string<Args...> text, Args&&... args) {
    if (enabled(Level::info)) write(Level::info, {}, fmt::format(text, std::forward<Args>(args)...));
}
template <class... Args>
void warning(fmt::format_string<Args...> text, Args&&... args) {
    if (enabled(Level::warning)) write(Level::warning, {}, fmt::format(text, std::forward<Args>(args)...));
}
template <class... Args>
void error(fmt::format_string<Args...> text, Args&&... args) {
    write(Level::error, {}, fmt::format(text, std::forward<Args>(args)...));
}

}  // namespace atelier::log
