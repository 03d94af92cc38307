#include "common/settings/settings.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace atelier;
using settings::Program;
using settings::Source;

namespace {

/// A folder of its own, removed at the end.
struct Folder {
    std::string path;
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "atelier-settings-XXXXXX").string();
        path = mkdtemp(pattern.data());
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(path + "/" + name) << text;
        return path + "/" + name;
    }
};

Source given(std::initializer_list<std::pair<const char*, std::string>> values) {
    Source source;
    for (const auto& [name, value] : values)
        source.add(name, value, "the environment");
    return source;
}

std::string complaint(const Source& source, Program program = Program::standalone) {
    const auto loaded = settings::load(source, program);
    return loaded ? "" : settings::describe(loaded.error());
}

Source fleet() {
    return given({{"ATELIER_DATABASE_URL", "postgresql://a:b@db/atelier"},
                  {"ATELIER_BROKER_URL", "amqp://a:b@mq/"},
                  {"ATELIER_OBJECTS_URL", "s3://atelier?endpoint=http://127.0.0.1:9000"},
                  {"ATELIER_S3_ACCESS_KEY", "key"},
                  {"ATELIER_S3_SECRET_KEY", "secret"},
                  {"ATELIER_SECRET_KEY", std::string(64, 'k')}});
}

}  // namespace

TEST_CASE("with nothing given the standalone program has all it needs, under its data folder") {
    const auto s = settings::load(given({{"ATELIER_DATA_DIR", "/srv/atelier"}}), Program::standalone);
    REQUIRE(s.has_value());
    CHECK(s->database.url == "sqlite:///srv/atelier/atelier.db");
    CHECK(s->objects.url == "file:///srv/atelier/objects");
    CHECK(s->broker.is_embedded());
    CHECK(s->http.listen == "127.0.0.1:8080");
    CHECK(s->workers.models_dir.ends_with("/models"));
}

TEST_CASE("values of every kind are read") {
    auto source = given({{"ATELIER_LISTEN", "[::1]:0"},
                         {"ATELIER_SLOTS", "7"},
                         {"ATELIER_RATE_FACTOR", "0.5"},
                         {"ATELIER_MAX_UPLOAD", "64MiB"},
                         {"ATELIER_LOG_LEVEL", "debug"},
                         {"ATELIER_LOG_FORMAT", "json"},
                         {"ATELIER_CORS_ORIGINS", "https://a.example, https://b.example"},
                         {"ATELIER_PUBLIC_URL", "https://atelier.example/"}});
    const auto s = settings::load(source, Program::standalone);
    REQUIRE(s.has_value());
    CHECK(s->http.listen == "[::1]:0");
    CHECK(s->workers.slots == 7);
    CHECK(s->http.rate_factor == 0.5);
    CHECK(s->objects.max_upload_bytes == 64 << 20);
    CHECK(s->log.level == log::Level::debug);
    CHECK(s->log.format == log::Format::json);
    CHECK(s->http.cors_origins == std::vector<std::string>{"https://a.example", "https://b.example"});
    CHECK(s->http.public_url == "https://atelier.example");
}

TEST_CASE("all problems are told at once, each with its setting and where it came from") {
    const std::string text = complaint(given({{"ATELIER_SLOTS", "many"},
                                              {"ATELIER_LEASE_S", "1"},
                                              {"ATELIER_LISTEN", "8080"},
                                              {"ATELIER_LOG_LEVEL", "loud"},
                                              {"ATELIER_MAX_UPLOAD", "9999999GiB"},
                                              {"ATELIER_BROKER_URL", "http://mq"}}));
    CHECK(
        text.find("ATELIER_SLOTS is \"many\" (the environment), but must be a whole number from 1 to 64.") !=
        text.npos);
    for (const char* name : {"ATELIER_LEASE_S", "ATELIER_LISTEN", "ATELIER_LOG_LEVEL", "ATELIER_MAX_UPLOAD",
                             "ATELIER_BROKER_URL"})
        CHECK_MESSAGE(text.find(name) != text.npos, name);
    CHECK(std::count(text.begin(), text.end(), '\n') == 6);
}

TEST_CASE("a misspelt setting stops the start and is told the closest name") {
    CHECK(complaint(given({{"ATELIER_LISEN", "127.0.0.1:1"}})) ==
          "ATELIER_LISEN (the environment) is no setting of Atelier; the closest is ATELIER_LISTEN.\n");
    CHECK(complaint(given({{"ATELIER_TEST_POSTGRES", "x"}})).empty());
}

TEST_CASE("the command line is stronger than the environment, which is stronger than a file") {
    const Folder folder;
    auto source = given({{"ATELIER_SLOTS", "3"}, {"ATELIER_LEASE_S", "20"}});
    source.override_with("ATELIER_SLOTS", "4", "--slots");
    const auto file =
        folder.write("a.env", "# fleet\n\nATELIER_SLOTS=9\nATELIER_LEASE_S=9\nATELIER_DB_POOL=9\r\n");
    REQUIRE(source.add_file(file).has_value());
    const auto s = settings::load(source, Program::standalone);
    REQUIRE(s.has_value());
    CHECK(s->workers.slots == 4);
    CHECK(s->workers.lease_s == 20);
    CHECK(s->database.pool_size == 9);
    CHECK(source.add_file(folder.write("b.env", "ATELIER_SLOTS\n")).error().message.find("b.env line 1") !=
          std::string::npos);
    CHECK(source.add_file(folder.write("c.env", "PATH=/\n")).has_error());
    CHECK(source.add_file(folder.path + "/absent").has_error());
}

TEST_CASE("a secret comes by value or by file, and is never shown") {
    const Folder folder;
    const std::string secret(40, 's');
    const auto file = folder.write("key", secret + "\n");
    const auto s = settings::load(given({{"ATELIER_SECRET_KEY_FILE", file}}), Program::standalone);
    REQUIRE(s.has_value());
    CHECK(s->accounts.secret_key.reveal() == secret);
    CHECK_FALSE(
        complaint(given({{"ATELIER_SECRET_KEY_FILE", file}, {"ATELIER_SECRET_KEY", secret}})).empty());
    CHECK_FALSE(complaint(given({{"ATELIER_SECRET_KEY_FILE", "/absent"}})).empty());
    const std::string too_short = complaint(given({{"ATELIER_SECRET_KEY", "hush"}}));
    CHECK(too_short.find("at least 32 bytes") != too_short.npos);
    CHECK(too_short.find("hush") == too_short.npos);

    const auto shown = settings::load(
        given({{"ATELIER_SECRET_KEY", secret}, {"ATELIER_DATABASE_URL", "postgresql://me:hidden@db/a"}}),
        Program::standalone);
    REQUIRE(shown.has_value());
    const std::string table = settings::print(shown->rows);
    CHECK(table.find(secret) == table.npos);
    CHECK(table.find("hidden") == table.npos);
    CHECK(table.find("postgresql://***@db/a") != table.npos);
    std::ostringstream out;
    out << shown->accounts.secret_key;
    CHECK(out.str() == "***");
}

TEST_CASE("a wrong URL is reported without its password") {
    const std::string text = complaint(given({{"ATELIER_DATABASE_URL", "mysql://me:hidden@db/a"}}));
    CHECK(text.find("mysql://***@db/a") != text.npos);
    CHECK(text.find("hidden") == text.npos);
}

TEST_CASE("processes of a fleet must be told what they share") {
    const std::string api = complaint({}, Program::api);
    for (const char* name :
         {"ATELIER_DATABASE_URL", "ATELIER_BROKER_URL", "ATELIER_OBJECTS_URL", "ATELIER_SECRET_KEY_FILE"})
        CHECK_MESSAGE(api.find(name) != api.npos, name);
    CHECK(complaint({}, Program::worker).find("ATELIER_SECRET_KEY") == std::string::npos);
    CHECK(complaint(fleet(), Program::api).empty());
    CHECK(complaint(fleet(), Program::worker).empty());
}

TEST_CASE("settings that contradict each other are refused") {
    CHECK_FALSE(complaint(given({{"ATELIER_S3_ACCESS_KEY", "k"}, {"ATELIER_S3_SECRET_KEY", "s"}})).empty());
    CHECK_FALSE(complaint(given({{"ATELIER_OBJECTS_URL", "s3://bucket"}})).empty());
    CHECK_FALSE(
        complaint(given({{"ATELIER_ACCESS_TOKEN_S", "3600"}, {"ATELIER_REFRESH_TOKEN_S", "3600"}})).empty());
}

TEST_CASE("the README's table has a row for every setting") {
    const auto s = settings::load({}, Program::standalone);
    REQUIRE(s.has_value());
    const std::string table = settings::markdown(s->rows);
    CHECK(table.find("| `ATELIER_LISTEN` | `127.0.0.1:8080` |") != table.npos);
    CHECK(static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n')) == s->rows.size() + 2);
}

TEST_CASE("a standalone server makes its secret key once and keeps it to itself") {
    const Folder folder;
    const std::string data = folder.path + "/data";
    const auto first = settings::secret_key_in(data), second = settings::secret_key_in(data);
    REQUIRE(first.has_value());
    CHECK(first->reveal().size() == 64);
    CHECK(second->reveal() == first->reveal());
    const auto mode = std::filesystem::status(data + "/secret.key").permissions();
    CHECK(mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    CHECK(std::distance(std::filesystem::directory_iterator(data), {}) == 1);  // no draft left behind
    folder.write("data/secret.key", "short\n");
    CHECK(settings::secret_key_in(data).has_error());
    CHECK(settings::secret_key_in("/proc/nowhere").has_error());
}
