#pragma once
// The real front on SQLite, the embedded broker and a folder of objects, on a free loopback port, with a
// client.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/front.hpp"
#include "common/http_client/client.hpp"
#include "common/json/value.hpp"
#include "common/settings/settings.hpp"
#include "common/store/users.hpp"
#include "queues/backend.hpp"

namespace atelier::tests {

struct Answer {
    int status = 0;
    json::Value body;  ///< null when it is no JSON
    std::string text;
    std::map<std::string, std::string> headers;  ///< names in lower case

    std::string error_code() const { return body["error"]["code"].as_string(); }
    /// The pointers of the error's details, in their order.
    std::vector<std::string> pointers() const;
};

/// Somebody who is signed in.
struct Account {
    std::string email, password, access_token, refresh_token;
    UserId user;
    OrganizationId organization;
};

using Sets = std::vector<std::pair<std::string, std::string>>;
using Headers = std::vector<std::pair<std::string, std::string>>;

class ApiServer {
  public:
    /// `sets` are settings by their names, besides those that a test needs: no rate limits, small sign-up
    /// credits.
    explicit ApiServer(const Sets& sets = {});
    ~ApiServer();

    /// `path` begins behind /api/v1; an empty token sends no Authorization.
    Answer send(const std::string& method, const std::string& path, const std::string& token = "",
                const std::optional<json::Value>& body = {}, const Headers& headers = {});
    Answer get(const std::string& path, const Account& as) { return send("GET", path, as.access_token); }
    Answer post(const std::string& path, const Account& as, const json::Value& body) {
        return send("POST", path, as.access_token, body);
    }

    /// A new organization with its first admin, over HTTP.
    Account found(const std::string& name);
    /// Another member of the account's organization, signed in over HTTP; stored with a cheap hash.
    Account join(const Account& admin, const std::string& name, store::Role role = store::Role::user);

    queues::Backend& backend() { return *backend_; }
    store::Database& db() { return *backend_->db; }
    const std::string& url() const { return front_->url(); }
    const settings::Settings& settings() const { return settings_; }

  private:
    std::filesystem::path folder_;
    settings::Settings settings_;
    std::optional<queues::Backend> backend_;
    metrics::Registry metrics_{"atelier-test"};
    std::unique_ptr<api::Front> front_;
    http_client::Client client_;
};

}  // namespace atelier::tests
