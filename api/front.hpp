#pragma once
// The HTTP and WebSocket front over an opened backend: used by `atelier-api` and, in one process with the
// workers, by `atelier`.

#include <memory>

#include "common/json/schema_set.hpp"
#include "common/metrics/registry.hpp"
#include "common/settings/settings.hpp"
#include "queues/backend.hpp"

namespace atelier::api {

class Front {
  public:
    /// Listens and serves on its own threads when it returns. The references must outlive the front. Errors:
    /// unavailable (the address), validation_failed (settings), internal (a schema that does not compile).
    /// `more_schemas` join those that are compiled in.
    static Result<std::unique_ptr<Front>> start(const settings::Settings& settings, queues::Backend& backend,
                                                metrics::Registry& metrics,
                                                const json::SchemaSet::Texts& more_schemas = {});
    /// As stop().
    ~Front();

    /// Drains: lets requests in flight finish, closes streams, joins the threads. Safe to call twice.
    void stop();
    /// Where clients reach it: `http://127.0.0.1:8080`.
    const std::string& url() const;

  private:
    struct Impl;
    explicit Front(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace atelier::api
