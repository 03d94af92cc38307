#pragma once
// A client of the HTTP contract that shows what it got. Each call that ends in _ok throws with the server's
// answer when the status is not the one the contract names, which fails the test case.

#include <memory>
#include <string>
#include <vector>

#include "common/http_client/client.hpp"
#include "common/json/value.hpp"
#include "tests/e2e/support/process.hpp"

namespace atelier::e2e {

struct Answer {
    int status = 0;  ///< 0: no answer
    json::Value body;
    std::string bytes;
};

class Client {
  public:
    explicit Client(std::string url) : url_(std::move(url)) {}

    Answer send(const std::string& method, const std::string& path, const json::Value* body = nullptr) const;
    Answer get(const std::string& path) const { return send("GET", path); }
    /// A null body is none.
    Answer post(const std::string& path, const json::Value& body = {}) const;
    json::Value get_ok(const std::string& path) const;
    json::Value post_ok(int status, const std::string& path, const json::Value& body = {}) const;
    json::Value patch_ok(int status, const std::string& path, const json::Value& body) const;
    /// Any URL, without Authorization.
    Answer fetch(const std::string& url) const;

    /// A fresh user with an organization of its own.
    void sign_up();
    const std::string& token() const { return token_; }
    const std::string& url() const { return url_; }
    int port() const;

    /// Announced, uploaded, completed: the asset.
    json::Value upload(const std::string& file) const;
    /// A project of uploaded photos, analysed.
    std::string analysed_project(const std::vector<std::string>& files) const;
    /// The job that makes the project's photos into formats (slugs; empty: all).
    std::string generate(const std::string& project, const std::vector<std::string>& formats = {},
                         json::Value request = json::Object{}) const;
    /// Waits for the end: the job.
    json::Value ended(const std::string& job, seconds patience = seconds(120)) const;
    /// The same, and it must have completed.
    json::Value completed(const std::string& job, seconds patience = seconds(120)) const;
    json::Array results(const std::string& job) const;
    /// All events after `after`.
    json::Array events(const std::string& job, std::int64_t after = 0) const;
    std::int64_t balance() const;
    /// The ledger's entries of a job, oldest first: `reserve -21`, `settle 0`.
    std::vector<std::string> ledger(const std::string& job) const;

  private:
    std::string url_, token_;
    std::shared_ptr<http_client::Client> http_ = std::make_shared<http_client::Client>();
};

}  // namespace atelier::e2e
