#include "tests/e2e/support/process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace atelier::e2e {
namespace {

constexpr const char* kInherited[] = {
    "PATH",         "HOME",          "LANG",         "TMPDIR",      "ATELIER_TEST_RUN",
    "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"};

std::vector<std::string> environment_block(const Environment& given) {
    Environment all;
    for (const char* name : kInherited)
        if (const char* value = std::getenv(name)) all[name] = value;
    for (const auto& [name, value] : given)
        all[name] = value;
    std::vector<std::string> block;
    for (const auto& [name, value] : all)
        block.push_back(name + "=" + value);
    return block;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> all;
    for (std::string& word : words)
        all.push_back(word.data());
    all.push_back(nullptr);
    return all;
}

/// `output` and `errors` are files to append to.
pid_t start(std::vector<std::string> command, const Environment& environment, const std::string& output,
            const std::string& errors) {
    std::vector<std::string> block = environment_block(environment);
    const std::vector<char*> arguments = pointers(command), variables = pointers(block);
    const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const int err = ::open(errors.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid < 0) throw std::runtime_error("no process can be made");
    if (pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(126);
        ::dup2(nothing, STDIN_FILENO);
        ::dup2(out, STDOUT_FILENO);
        ::dup2(err, STDERR_FILENO);
        ::execve(arguments[0], arguments.data(), variables.data());
        ::_exit(127);
    }
    for (const int fd : {out, err, nothing})
        ::close(fd);
    return pid;
}

}  // namespace

TempFolder::TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "atelier-e2e-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder can be made");
    path_ = name;
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string program(const std::string& name) {
    return std::string(ATELIER_BINARY_DIR) + "/bin/" + name;
}

std::string photo(const std::string& name) {
    return std::string(ATELIER_SOURCE_DIR) + "/ops/photos/" + name;
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

int free_port() {
    static std::mt19937 random{std::random_device{}()};
    for (int i = 0; i < 200; ++i) {
        const int port = std::uniform_int_distribution(20000, 32000)(random);
        const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const bool free = ::bind(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
        ::close(probe);
        if (free) return port;
    }
    throw std::runtime_error("there is no free port");
}

int slowness() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 5;
#else
    return 1;
#endif
}

void pause_briefly() {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
}

Process::Process(const std::vector<std::string>& command, const Environment& environment, std::string log)
    : log_(std::move(log)) {
    pid_ = start(command, environment, log_, log_);
}

Process::~Process() {
    if (!is_running()) return;
    send(SIGKILL);
    wait(seconds(10));
}

bool Process::is_running() {
    return !wait(seconds(0));
}

void Process::send(int signal) {
    if (!exit_code_) ::kill(pid_, signal);
}

std::optional<int> Process::wait(seconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!exit_code_) {
        int status = 0;
        if (::waitpid(pid_, &status, WNOHANG) == pid_)
            exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        else if (std::chrono::steady_clock::now() >= until)
            return std::nullopt;
        else
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return exit_code_;
}

int Process::stop(seconds patience) {
    send(SIGTERM);
    if (const auto code = wait(patience)) return *code;
    send(SIGKILL);
    return wait(seconds(10)).value_or(-1);
}

Finished run(const std::vector<std::string>& command, const Environment& environment, seconds patience) {
    const TempFolder folder;
    const pid_t pid = start(command, environment, folder / "out", folder / "err");
    const auto until = std::chrono::steady_clock::now() + patience * slowness();
    int status = 0;
    while (::waitpid(pid, &status, WNOHANG) != pid) {
        if (std::chrono::steady_clock::now() > until) ::kill(pid, SIGKILL);
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return {code, read_file(folder / "out"), read_file(folder / "err")};
}

}  // namespace atelier::e2e
