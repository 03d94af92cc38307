#pragma once
// Every setting of Atelier, grouped by who uses it, with its default.
//
// main reads them once with `load` and hands each owner its own struct; nobody else looks at the environment.
// All programs know all settings, so one environment serves a whole fleet.

#include <cstdint>
#include <string>
#include <vector>

#include "common/errors/error.hpp"
#include "common/log/log.hpp"
#include "common/settings/reader.hpp"
#include "common/settings/secret.hpp"
#include "common/settings/source.hpp"

namespace atelier::settings {

/// Which program asks: it decides what must be given and where the metrics are.
enum class Program {
    standalone,  ///< `atelier`: everything in one process; every setting has a default
    api,         ///< `atelier-api`: needs a shared database, broker, object store and secret key
    worker,      ///< `atelier-<stage>`: needs a shared database, broker and object store
    control,     ///< `atelierctl`: needs a database; the rest where a command uses it
};

struct Http {
    std::string listen = "127.0.0.1:8080";  ///< address and port of the API
    std::string public_url;    ///< as clients see it, without a trailing slash; empty: http://<listen>
    int threads = 1;           ///< that read and write sockets
    int handler_threads = 8;   ///< that wait for the database and hash passwords
    int connections = 10'000;  ///< open at once, WebSockets included; more are answered 503
    std::vector<std::string> cors_origins;  ///< allowed `Origin`s; `*` for all
    double rate_factor = 1;                 ///< multiplies every rate limit; 0 switches them off
    int generations_per_hour = 10;          ///< of designs from prompts, by one user
    int pictures_per_hour = 50;             ///< smart images, edits by instruction, briefs
    int exports_per_hour = 100;
};

struct Accounts {
    Secret secret_key;                ///< signs tokens and local object URLs; at least 32 bytes
    int access_token_s = 1800;        ///< lifetime of an access token
    int refresh_token_s = 7 * 86400;  ///< lifetime of a refresh token
    int signup_credits = 1000;        ///< given to a new organization
};

struct Database {
    std::string url;    ///< `sqlite:///PATH` or `postgresql://…`; load fills in DATA/atelier.db
    int pool_size = 8;  ///< sessions a process keeps open at most
};

struct Broker {
    std::string url = "embedded:";  ///< or `amqp://user:password@host:port/vhost`
    bool is_embedded() const { return url == "embedded:"; }
};

struct Objects {
    std::string url;  ///< `file:///FOLDER` or `s3://BUCKET?endpoint=…`; load fills in DATA/objects
    Secret s3_access_key;
    Secret s3_secret_key;
    int url_lifetime_s = 900;                          ///< how long a presigned URL works
    std::int64_t max_upload_bytes = 32 * 1024 * 1024;  ///< one uploaded file
};

struct Workers {
    int slots = 2;               ///< tasks a process runs at once
    int lease_s = 30;            ///< a claimed task that shows no sign of life for this long is taken back
    std::string metrics_listen;  ///< address and port of a worker's /metrics and /health; empty: none
    std::string models_dir;      ///< pretrained models; load fills in `models` beside the program's folder
    std::string providers_file;  ///< lists the providers of AI; empty: the builtin engine alone
};

struct Log {
    log::Level level = log::Level::info;
    log::Format format = log::Format::text;
};

struct Settings {
    std::string data_dir = "atelier-data";  ///< everything the embedded parts keep
    Http http;
    Accounts accounts;
    Database database;
    Broker broker;
    Objects objects;
    Workers workers;
    Log log;

    std::vector<Row> rows;  ///< every setting as read, for `--print-settings`
};

/// Reads, fills in what depends on other settings, checks what must fit together. Creates nothing.
/// Error: validation_failed, every problem in `details`.
Result<Settings> load(const Source& source, Program program);

/// The problems of a failed load, one line each, as main prints them.
std::string describe(const Error& error);
/// The rows as aligned text: name, value, default, where it came from, meaning.
std::string print(const std::vector<Row>& rows);
/// The README's table in Markdown: name, default, meaning.
std::string markdown(const std::vector<Row>& rows);

/// Where ATELIER_SECRET_KEY is not given, a standalone server keeps one of its own: reads DATA/secret.key, or
/// creates it (64 hexadecimal digits from the kernel, mode 0600, complete or absent whenever the process
/// dies).
Result<Secret> secret_key_in(const std::string& data_dir);

}  // namespace atelier::settings
