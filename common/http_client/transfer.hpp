#pragma once
// Private to common/http_client: one transfer on one libcurl handle. The only header that names libcurl.

#include <curl/curl.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "common/http_client/client.hpp"
#include "common/http_client/engine.hpp"

namespace atelier::http_client {

class Transfer {
  public:
    /// Both must outlive the transfer. The handle comes fresh or reset.
    Transfer(CURL* handle, const Request& request, const ClientSettings& settings);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    /// The callbacks below run in the engine's thread, while this one waits.
    Result<Response> run(Engine& engine);

  private:
    Result<void> prepare();
    Result<void> check_url();
    /// Whether its connections may serve others: only those that keep to the usual guard.
    bool has_usual_guard() const;
    Result<void> open_body();
    void set_options();
    void set_method();
    void set_protocol();
    void set_guard();
    Error error_of(CURLcode code) const;
    Result<void> close_output();
    /// Refuses an announced length over the cap and opens the file; false stops the transfer.
    bool begin_body();

    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
    static curl_socket_t on_open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);

    struct CloseFile {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    using File = std::unique_ptr<std::FILE, CloseFile>;

    CURL* handle_;
    const Request& request_;
    const ClientSettings& settings_;
    curl_slist* headers_ = nullptr;
    File input_;
    File output_;
    bool output_made_ = false;
    std::size_t header_bytes_ = 0;
    std::string host_;
    Response response_;
    std::optional<Error> failure_;  ///< why a callback stopped the transfer
};

}  // namespace atelier::http_client
