#include "common/settings/settings.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace atelier::settings {
namespace {

constexpr Choice<log::Level> kLevels[] = {{"debug", log::Level::debug},
                                          {"info", log::Level::info},
                                          {"warning", log::Level::warning},
                                          {"error", log::Level::error}};
constexpr Choice<log::Format> kFormats[] = {{"text", log::Format::text}, {"json", log::Format::json}};

void read(Reader& r, Http& s) {
    r.address("ATELIER_LISTEN", s.listen, false, "Address and port of the API; port 0 takes a free one.");
    r.url("ATELIER_PUBLIC_URL", s.public_url, {"http://", "https://"},
          "The API as its clients reach it; presigned URLs of the folder store start with it. Empty: "
          "http://ATELIER_LISTEN.");
    r.list("ATELIER_CORS_ORIGINS", s.cors_origins,
           "Origins whose pages may call the API, separated by commas; * for all.");
    r.integer("ATELIER_HTTP_THREADS", s.threads, 1, 64, "Threads of the API that read and write sockets.");
    r.integer("ATELIER_HANDLER_THREADS", s.handler_threads, 1, 256,
              "Threads of the API that wait for the database.");
    r.integer("ATELIER_HTTP_CONNECTIONS", s.connections, 1, 1000000,
              "Connections that the API keeps open at most, WebSockets included.");
    r.number("ATELIER_RATE_FACTOR", s.rate_factor, 0, 1000,
             "Multiplies every rate limit; 0 switches them off.");
    r.integer("ATELIER_GENERATIONS_PER_HOUR", s.generations_per_hour, 1, 1000000,
              "Requests for designs from a prompt that one user may make.");
    r.integer("ATELIER_PICTURES_PER_HOUR", s.pictures_per_hour, 1, 1000000,
              "Requests for smart images, edits by instruction and briefs that one user may make.");
    r.integer("ATELIER_EXPORTS_PER_HOUR", s.exports_per_hour, 1, 1000000,
              "Exports of designs that one user may ask for.");
}

void read(Reader& r, Accounts& s) {
    r.secret("ATELIER_SECRET_KEY", s.secret_key, 32,
             "Signs tokens and the folder store's URLs; at least 32 bytes, equal in all processes.");
    r.integer("ATELIER_ACCESS_TOKEN_S", s.access_token_s, 60, 86400,
              "Seconds that an access token is valid.");
    r.integer("ATELIER_REFRESH_TOKEN_S", s.refresh_token_s, 600, 365 * 86400,
              "Seconds that a refresh token is valid.");
    r.integer("ATELIER_SIGNUP_CREDITS", s.signup_credits, 0, 1000000000,
              "Credits that a new organization starts with.");
}

void read(Reader& r, Database& s) {
    r.url("ATELIER_DATABASE_URL", s.url, {"sqlite:///", "postgresql://"},
          "sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME. Empty: DATA/atelier.db.");
    r.integer("ATELIER_DB_POOL", s.pool_size, 1, 256, "Database sessions that a process keeps open at most.");
}

void read(Reader& r, Broker& s) {
    r.url("ATELIER_BROKER_URL", s.url, {"embedded:", "amqp://"},
          "embedded: (queues inside one process) or amqp://USER:PASSWORD@HOST:PORT/VHOST.");
}

void read(Reader& r, Objects& s) {
    r.url("ATELIER_OBJECTS_URL", s.url, {"file:///", "s3://"},
          "file:///FOLDER or s3://BUCKET?endpoint=https://HOST:PORT&region=REGION. Empty: DATA/objects.");
    r.secret("ATELIER_S3_ACCESS_KEY", s.s3_access_key, 1, "Access key of the S3 store.");
    r.secret("ATELIER_S3_SECRET_KEY", s.s3_secret_key, 1, "Secret key of the S3 store.");
    r.integer("ATELIER_URL_LIFETIME_S", s.url_lifetime_s, 10, 7 * 86400,
              "Seconds that a presigned URL works.");
    r.bytes("ATELIER_MAX_UPLOAD", s.max_upload_bytes, 1024, std::int64_t{1} << 30,
            "The largest file that may be uploaded.");
}

void read(Reader& r, Workers& s) {
    r.integer("ATELIER_SLOTS", s.slots, 1, 64, "Tasks that one worker process runs at the same time.");
    r.integer("ATELIER_LEASE_S", s.lease_s, 3, 3600,
              "Seconds without a sign of life after which a task is taken back.");
    r.address("ATELIER_METRICS_LISTEN", s.metrics_listen, true,
              "Address and port of a worker's /metrics and /health; empty for none.");
    r.text("ATELIER_MODELS_DIR", s.models_dir,
           "Folder of the pretrained models. Empty: models beside the program's folder.");
    r.text(
        "ATELIER_PROVIDERS_FILE", s.providers_file,
        "The file that lists the providers of AI (schemas/providers.json). Empty: the builtin engine alone.");
}

void read(Reader& r, Log& s) {
    r.choice("ATELIER_LOG_LEVEL", s.level, kLevels,
             "The least important lines to write: debug, info, warning, error.");
    r.choice("ATELIER_LOG_FORMAT", s.format, kFormats, "text for people, json for collectors.");
}

/// Processes of a fleet meet in shared services; what lives inside one process cannot serve them.
void check_shared(Reader& r, const Settings& s, Program program) {
    const auto missing = [&](std::string_view name, std::string_view example) {
        r.problem(name, fmt::format("{} must be given: processes of a fleet share it, for example {}.", name,
                                    example));
    };
    if (s.database.url.empty())
        missing("ATELIER_DATABASE_URL", "postgresql://atelier@127.0.0.1:5432/atelier");
    if (program == Program::control) return;
    if (s.broker.is_embedded()) missing("ATELIER_BROKER_URL", "amqp://guest:guest@127.0.0.1:5672/");
    if (s.objects.url.empty()) missing("ATELIER_OBJECTS_URL", "s3://atelier?endpoint=https://s3.example.com");
    if (program == Program::api && s.accounts.secret_key.empty())
        missing("ATELIER_SECRET_KEY_FILE", "a file with 64 random characters");
}

void check_objects(Reader& r, const Settings& s) {
    const bool s3 = s.objects.url.starts_with("s3:");
    if (s3 && s.objects.s3_access_key.empty())
        r.problem("ATELIER_S3_ACCESS_KEY", "ATELIER_S3_ACCESS_KEY must be given for an S3 store.");
    if (s3 && s.objects.s3_secret_key.empty())
        r.problem("ATELIER_S3_SECRET_KEY", "ATELIER_S3_SECRET_KEY must be given for an S3 store.");
    if (!s3 && (!s.objects.s3_access_key.empty() || !s.objects.s3_secret_key.empty()))
        r.problem("ATELIER_OBJECTS_URL", "S3 keys are given, but ATELIER_OBJECTS_URL names no S3 store.");
}

void fill_in(Settings& s) {
    namespace fs = std::filesystem;
    std::error_code error;
    s.data_dir = fs::absolute(s.data_dir, error);
    while (s.http.public_url.ends_with('/'))
        s.http.public_url.pop_back();
    if (s.database.url.empty()) s.database.url = "sqlite://" + s.data_dir + "/atelier.db";
    if (s.objects.url.empty()) s.objects.url = "file://" + s.data_dir + "/objects";
    if (s.workers.models_dir.empty()) {
        const fs::path program = fs::read_symlink("/proc/self/exe", error);
        s.workers.models_dir = (program.parent_path().parent_path() / "models").string();
    }
}

}  // namespace

Result<Settings> load(const Source& source, Program program) {
    Settings s;
    Reader r(source);
    read(r, s.http);
    r.text("ATELIER_DATA_DIR", s.data_dir, "Folder of everything that the embedded parts keep.");
    read(r, s.database);
    read(r, s.broker);
    read(r, s.objects);
    read(r, s.accounts);
    read(r, s.workers);
    read(r, s.log);
    if (s.data_dir.empty()) r.problem("ATELIER_DATA_DIR", "ATELIER_DATA_DIR must not be empty.");
    if (s.accounts.refresh_token_s <= s.accounts.access_token_s)
        r.problem("ATELIER_REFRESH_TOKEN_S",
                  "ATELIER_REFRESH_TOKEN_S must be longer than ATELIER_ACCESS_TOKEN_S.");
    check_objects(r, s);
    if (program != Program::standalone) check_shared(r, s, program);
    s.rows = r.rows();
    if (auto done = r.finish(); !done) return done.error();
    fill_in(s);
    return s;
}

std::string describe(const Error& error) {
    if (error.details.empty()) return error.message + "\n";
    std::string out;
    for (const FieldError& detail : error.details)
        out += detail.message + "\n";
    return out;
}

}  // namespace atelier::settings
