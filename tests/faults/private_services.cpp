#include "tests/faults/private_services.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace atelier::faults {
namespace {

/// The value of `export NAME=VALUE` among the lines that `services up` prints.
std::string exported(const std::string& lines, const std::string& name) {
    const std::string before = "export " + name + "=";
    const auto begin = lines.find(before);
    if (begin == lines.npos) throw std::runtime_error("ops/lib/services did not tell " + name);
    return lines.substr(begin + before.size(), lines.find('\n', begin) - begin - before.size());
}

std::string services(const std::string& word, const std::string& folder) {
    const auto done = e2e::run({std::string(ATELIER_SOURCE_DIR) + "/ops/lib/services", word, folder}, {},
                               e2e::seconds(150));
    if (done.exit_code != 0) throw std::runtime_error("ops/lib/services " + word + ": " + done.errors);
    return done.output;
}

}  // namespace

PrivateServices::PrivateServices(const std::string& postgresql_folder, const std::string& rabbitmq_folder) {
    std::filesystem::create_directory_symlink(postgresql_folder, folder_ / "postgresql");
    std::filesystem::create_directory_symlink(rabbitmq_folder, folder_ / "rabbitmq");
    const std::string told = services("up", folder_.path());
    database_url_ = exported(told, "ATELIER_TEST_POSTGRESQL_URL");
    broker_url_ = exported(told, "ATELIER_TEST_AMQP_URL");
}

PrivateServices::~PrivateServices() {
    try {
        services("down", folder_.path());
    } catch (const std::exception&) {  // what is left is stopped by ops/test
    }
}

void PrivateServices::revive() {
    services("up", folder_.path());
}

bool control_rabbitmq(const std::string& arguments) {
    const char* restart = std::getenv("ATELIER_TEST_RABBITMQ_RESTART");
    std::string command = restart ? restart : "";
    constexpr std::string_view kWord = " crash-rabbitmq ";
    const auto at = command.find(kWord);
    if (at == command.npos) return false;
    command.replace(at, kWord.size(), " ctl ");
    if (std::system((command + " " + arguments + " >/dev/null").c_str()) != 0)
        throw std::runtime_error("rabbitmqctl " + arguments + " failed");
    return true;
}

}  // namespace atelier::faults
