#include "common/http_client/client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <mutex>
#include <stdexcept>

#include "common/http_client/engine.hpp"
#include "common/http_client/transfer.hpp"

namespace atelier::http_client {

namespace {

/// No peer is taken at its word for longer than a day.
constexpr std::time_t kLongestRetryAfterS = 86'400;

void start_curl() {
    static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (code != CURLE_OK) throw std::runtime_error("libcurl cannot start");
}

struct CloseHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, CloseHandle>;

}  // namespace

/// Idle handles, and the engines with their open connections. Guarded ones apart: a kept connection opens no
/// socket, so nothing would check it.
struct Client::Pool {
    explicit Pool(ClientSettings s)
        : settings(std::move(s)),
          plain_engine(static_cast<long>(settings.idle_handles)),
          guarded_engine(static_cast<long>(settings.idle_handles)) {}

    Handle take(bool guarded) {
        {
            const std::scoped_lock lock(mutex);
            auto& handles = guarded ? guarded_idle : plain_idle;
            if (!handles.empty()) {
                Handle handle = std::move(handles.back());
                handles.pop_back();
                return handle;
            }
        }
        return Handle(curl_easy_init());
    }

    void give_back(Handle handle, bool guarded) {
        curl_easy_reset(handle.get());  // keeps what is known of TLS sessions
        const std::scoped_lock lock(mutex);
        auto& handles = guarded ? guarded_idle : plain_idle;
        if (handles.size() < settings.idle_handles) handles.push_back(std::move(handle));
    }

    const ClientSettings settings;
    std::mutex mutex;
    std::vector<Handle> plain_idle, guarded_idle;
    Engine plain_engine, guarded_engine;  // last: their threads end first
};

Client::Client(ClientSettings settings) {
    start_curl();
    pool_ = std::make_unique<Pool>(std::move(settings));
}

Client::~Client() = default;

Result<Response> Client::send(const Request& request) const {
    const bool guarded = request.guard.has_value();
    Handle handle = pool_->take(guarded);
    if (!handle) return unavailable("no memory for a transfer");
    Engine& engine = guarded ? pool_->guarded_engine : pool_->plain_engine;
    Result<Response> result = Transfer(handle.get(), request, pool_->settings).run(engine);
    pool_->give_back(std::move(handle), guarded);
    return result;
}

std::optional<std::string_view> Response::header(std::string_view name) const {
    const auto found =
        std::find_if(headers.begin(), headers.end(), [&](const Header& h) { return h.first == name; });
    if (found == headers.end()) return std::nullopt;
    return found->second;
}

std::optional<int> Response::retry_after_s() const {
    const auto text = header("retry-after");
    if (!text) return std::nullopt;
    int seconds = 0;
    const auto [end, code] = std::from_chars(text->data(), text->data() + text->size(), seconds);
    if (code == std::errc() && end == text->data() + text->size())
        return seconds < 0 ? std::nullopt : std::optional(seconds);
    const std::time_t date = curl_getdate(std::string(*text).c_str(), nullptr);
    if (date < 0) return std::nullopt;
    return static_cast<int>(std::clamp<std::time_t>(date - std::time(nullptr), 0, kLongestRetryAfterS));
}

}  // namespace atelier::http_client
