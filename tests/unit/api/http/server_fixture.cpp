#include "tests/unit/api/http/server_fixture.hpp"

#include <unistd.h>

#include <array>
#include <stdexcept>

namespace atelier::api::http {

namespace {

Reply echo(const Request& request, ApiServices& services) {
    std::lock_guard lock(services.mutex);
    ++services.calls;
    json::Array query;
    for (const auto& [name, value] : request.query)
        query.push_back(name + "=" + value);
    return Reply::json(200, json::Object{{"method", to_string(request.method)},
                                         {"path", request.path},
                                         {"id", request.parameter("id")},
                                         {"query", std::move(query)},
                                         {"body", request.body},
                                         {"user", request.principal ? request.principal->user_id : ""}});
}

Reply block(const Request&, ApiServices& services) {
    std::unique_lock lock(services.mutex);
    ++services.inside;
    services.changed.notify_all();
    services.changed.wait(lock, [&] { return !services.blocked; });
    --services.inside;
    return Reply::json(200, json::Object{{"waited", true}});
}

Reply uploaded(const Request& request, ApiServices& services) {
    std::lock_guard lock(services.mutex);
    ++services.calls;
    const auto size = std::filesystem::file_size(request.upload->path);
    return Reply::json(201, json::Object{{"size", size}, {"sha256", request.upload->sha256}});
}

Result<std::uint64_t> upload_limit(const Request& request, ApiServices& services) {
    if (request.query.get("signature") != "good") return forbidden("The signature is wrong.");
    return services.upload_limit;
}

Reply throwing(const Request&, ApiServices&) {
    throw std::runtime_error("a secret detail");
}
Reply file(const Request&, ApiServices& services) {
    return Reply::file(services.folder / "file.bin", "application/octet-stream");
}
Reply missing_file(const Request&, ApiServices& services) {
    return Reply::file(services.folder / "none", "image/png");
}
Reply injected(const Request& request, ApiServices&) {
    return Reply::no_content().with("X-Echo", std::string(request.query.get("value")) + "\r\nX-Evil: 1");
}
Reply large(const Request&, ApiServices&) {
    return Reply::text(200, "text/plain", std::string(3'000'000, 'x'));
}
Reply events(const Request& request, ApiServices&) {
    return Reply::events(std::string(request.parameter("id")),
                         std::stoll("0" + std::string(request.query.get("after"))));
}

constexpr std::array kRoutes{
    Route{Method::get, "/open", Access::anonymous, RateClass::unlimited, BodyPolicy::none, echo},
    Route{Method::get, "/items/{id}", Access::user, RateClass::read, BodyPolicy::none, echo},
    Route{Method::post, "/items", Access::user, RateClass::write, BodyPolicy::json, echo},
    Route{Method::delete_, "/items/{id}", Access::user, RateClass::write, BodyPolicy::none, echo},
    Route{Method::post, "/open", Access::anonymous, RateClass::unlimited, BodyPolicy::json, echo},
    Route{Method::get, "/admin", Access::admin, RateClass::read, BodyPolicy::none, echo},
    Route{Method::get, "/block", Access::anonymous, RateClass::unlimited, BodyPolicy::none, block},
    Route{Method::get, "/throw", Access::anonymous, RateClass::unlimited, BodyPolicy::none, throwing},
    Route{Method::get, "/file", Access::anonymous, RateClass::unlimited, BodyPolicy::none, file},
    Route{Method::get, "/missing", Access::anonymous, RateClass::unlimited, BodyPolicy::none, missing_file},
    Route{Method::get, "/inject", Access::anonymous, RateClass::unlimited, BodyPolicy::none, injected},
    Route{Method::get, "/large", Access::anonymous, RateClass::unlimited, BodyPolicy::none, large},
    Route{Method::get, "/jobs/{id}/stream", Access::user, RateClass::stream, BodyPolicy::none, events},
    Route{Method::put, "/upload", Access::signed_url, RateClass::upload, BodyPolicy::upload, uploaded,
          upload_limit},
};

Result<Principal> authenticate(const Request& request) {
    if (request.bearer_token() == "user") return Principal{"ann", "ours", Role::user};
    if (request.bearer_token() == "admin") return Principal{"bob", "ours", Role::admin};
    if (request.bearer_token() == "stranger") return Principal{"eve", "theirs", Role::user};
    return unauthenticated("The token is not valid.");
}

}  // namespace

TestServer::TestServer(std::function<void(ServerSettings&)> adjust) {
    std::string name = (std::filesystem::temp_directory_path() / "atelier-http-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    services.folder = folder = name;
    std::filesystem::create_directory(folder / "uploads");
    ServerSettings settings;
    settings.port = 0;
    settings.handler_threads = 4;
    settings.upload_folder = folder / "uploads";
    settings.drain_time = std::chrono::seconds(5);
    adjust(settings);

    const auto read = [this](const std::string& job, std::int64_t after,
                             std::size_t limit) -> Result<live::HistoryPage> {
        std::lock_guard lock(mutex);
        live::HistoryPage page;
        for (const live::Event& event : history[job]) {
            if (event.seq > after && page.events.size() < limit) page.events.push_back(event);
        }
        page.finished = !history[job].empty() && history[job].back().terminal;
        return page;
    };
    const auto can_watch = [](const Principal& principal, const std::string&) -> Result<void> {
        if (principal.organization_id == "ours") return {};
        return not_found("job");
    };
    hub = std::make_unique<live::Hub>(live::HubCallbacks{read, can_watch});
    hub->start();
    Observers observers;
    observers.on_request = [this](Method method, std::string_view pattern, int status, auto) {
        std::lock_guard lock(mutex);
        seen.push_back(std::string(to_string(method)) + " " + std::string(pattern) + " " +
                       std::to_string(status));
    };
    server =
        std::make_unique<Server>(settings, kRoutes, Authenticator{authenticate}, *hub, services, observers);
    if (const auto started = server->start(); !started) throw std::runtime_error(started.error().message);
}

TestServer::~TestServer() {
    unblock();
    server.reset();
    std::filesystem::remove_all(folder);
}

void TestServer::commit(const std::string& job_id, std::int64_t seq, bool terminal, std::size_t padding) {
    const std::string type = terminal ? "job:completed" : "job:progress";
    live::Event event{seq, type, json::write(json::Object{{"type", type}, {"job_id", job_id}, {"seq", seq}}),
                      terminal};
    event.json += std::string(padding, ' ');
    {
        std::lock_guard lock(mutex);
        history[job_id].push_back(event);
    }
    hub->publish(job_id, event);
}

int TestServer::calls() {
    std::lock_guard lock(services.mutex);
    return services.calls;
}

std::vector<std::string> TestServer::requests() {
    std::lock_guard lock(mutex);
    return seen;
}

void TestServer::wait_inside(int count) {
    std::unique_lock lock(services.mutex);
    services.changed.wait(lock, [&] { return services.inside >= count; });
}

void TestServer::unblock() {
    std::lock_guard lock(services.mutex);
    services.blocked = false;
    services.changed.notify_all();
}

}  // namespace atelier::api::http
