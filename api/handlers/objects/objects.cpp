#include "api/handlers/objects/objects.hpp"

#include <chrono>

#include "common/objects/local/local_store.hpp"

namespace atelier::api {
namespace {

Result<objects::SignedObject> signed_object(const Request& request, ApiServices& services) {
    if (!services.local_objects) return not_found("object");
    const auto question = request.target.find('?');
    const std::string query = question == std::string::npos ? "" : request.target.substr(question + 1);
    const auto length = request.content_length
                            ? std::optional(static_cast<std::int64_t>(*request.content_length))
                            : std::nullopt;
    return services.local_objects->verify_signed_request(
        http::to_string(request.method), request.path, query, request.content_type(), length,
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

}  // namespace

Result<std::uint64_t> object_upload_limit(const Request& request, ApiServices& services) {
    auto object = signed_object(request, services);
    if (!object) return object.error();
    return static_cast<std::uint64_t>(object->size);
}

Reply put_object(const Request& request, ApiServices& services) {
    auto object = signed_object(request, services);
    if (!object) return Reply::error(object.error(), request.request_id);
    auto stored = services.local_objects->accept_upload(*object, request.upload->path);
    if (!stored) return Reply::error(stored.error(), request.request_id);
    services.metrics.add(metrics::Counter::object_bytes, {"upload"}, static_cast<double>(object->size));
    return Reply::json(200, json::Object{{"size_bytes", object->size}, {"sha256", request.upload->sha256}});
}

Reply get_object(const Request& request, ApiServices& services) {
    auto object = signed_object(request, services);
    if (!object) return Reply::error(object.error(), request.request_id);
    auto file = services.local_objects->locate(object->key);
    if (!file) return Reply::error(file.error(), request.request_id);
    const std::string& type = object->content_type.empty() ? file->info.content_type : object->content_type;
    return Reply::file(file->path, type, object->filename);
}

}  // namespace atelier::api
