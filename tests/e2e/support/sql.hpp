#pragma once
// A look at the database behind the programs' backs, by plain SQL.

#include <memory>
#include <string>
#include <vector>

struct pg_conn;

namespace atelier::e2e {

class Sql {
  public:
    /// A libpq URI, or `postgresql://` before a libpq keyword string. Throws.
    explicit Sql(const std::string& url);

    /// Rows of text; NULL is empty. Throws with the server's message.
    std::vector<std::vector<std::string>> rows(const std::string& query);
    /// The first column of the first row; empty when there is no row.
    std::string value(const std::string& query);
    int number(const std::string& query) { return std::stoi(value(query)); }

  private:
    struct Close {
        void operator()(pg_conn* connection) const;
    };
    std::unique_ptr<pg_conn, Close> connection_;
};

/// A database of its own on the server of `url`, dropped with this object.
class OwnDatabase {
  public:
    explicit OwnDatabase(std::string server_url);
    ~OwnDatabase();
    OwnDatabase(const OwnDatabase&) = delete;
    const std::string& url() const { return url_; }

  private:
    std::string server_url_, name_, url_;
};

}  // namespace atelier::e2e
