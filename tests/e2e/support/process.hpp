#pragma once
// Programs that a test starts, watches and ends by their pid. Their environment holds what the test gives and
// nothing else of Atelier; they die with the test.

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace atelier::e2e {

using Environment = std::map<std::string, std::string>;
using std::chrono::seconds;

/// A folder of its own, gone with this object.
class TempFolder {
  public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }
    std::string operator/(std::string_view name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};

/// `atelier-api` → build/bin/atelier-api.
std::string program(const std::string& name);
/// `people.jpg` → the photograph in ops/photos.
std::string photo(const std::string& name);
std::string read_file(const std::filesystem::path& path);
/// A loopback port on which nothing listens, outside the range that the kernel hands out itself.
int free_port();
/// How many times slower than usual this build runs: sanitizers cost.
int slowness();

class Process {
  public:
    /// Output and errors are appended to `log`.
    Process(const std::vector<std::string>& command, const Environment& environment, std::string log);
    /// SIGKILL, if it still runs.
    ~Process();
    Process(const Process&) = delete;

    pid_t pid() const { return pid_; }
    bool is_running();
    void send(int signal);
    /// The exit code (128 + signal when a signal ended it); nothing when it still runs after `patience`.
    std::optional<int> wait(seconds patience);
    /// SIGTERM and its exit code; SIGKILL after `patience`, which gives 137.
    int stop(seconds patience = seconds(30));
    std::string log() const { return read_file(log_); }

  private:
    pid_t pid_ = -1;
    std::optional<int> exit_code_;
    std::string log_;
};

struct Finished {
    int exit_code = -1;
    std::string output, errors;
};
/// Runs a program to its end.
Finished run(const std::vector<std::string>& command, const Environment& environment = {},
             seconds patience = seconds(60));

/// Asks ten times a second until `what` holds. False after `patience` (times slowness()).
template <class Condition>
bool eventually(seconds patience, Condition what);

void pause_briefly();

template <class Condition>
bool eventually(seconds patience, Condition what) {
    const auto until = std::chrono::steady_clock::now() + patience * slowness();
    while (!what()) {
        if (std::chrono::steady_clock::now() > until) return false;
        pause_briefly();
    }
    return true;
}

}  // namespace atelier::e2e
