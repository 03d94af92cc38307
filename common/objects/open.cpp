#include "common/objects/open.hpp"

#include <map>

#include "common/objects/local/local_store.hpp"
#include "common/objects/percent.hpp"
#include "common/objects/s3/s3_store.hpp"

namespace atelier::objects {

namespace {

constexpr std::string_view kFile = "file://", kS3 = "s3://";

Error at_url(std::string rule, std::string message) {
    return invalid("/objects_url", std::move(rule), std::move(message));
}

Result<std::unique_ptr<ObjectStore>> open_local(const ObjectsSettings& settings) {
    const auto folder = percent_decode(std::string_view(settings.url).substr(kFile.size()));
    if (!folder || !folder->starts_with('/')) return at_url("absolute", "must be file:///absolute/folder");
    auto store = LocalStore::open({.folder = *folder,
                                   .signing_secret = settings.signing_secret,
                                   .public_base_url = settings.public_base_url});
    if (!store) return store.error();
    return std::unique_ptr<ObjectStore>(std::move(*store));
}

Result<std::map<std::string, std::string>> parse_parameters(std::string_view query) {
    std::map<std::string, std::string> parameters;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        const std::string name(pair.substr(0, pair.find('=')));
        if (name != "endpoint" && name != "public_endpoint" && name != "region" && name != "path_style")
            return at_url("parameter", "`" + name + "` is no parameter of an s3:// URL");
        auto value = percent_decode(pair.substr(std::min(name.size() + 1, pair.size())));
        if (!value || !parameters.emplace(name, std::move(*value)).second)
            return at_url("parameter", "`" + name + "` is broken or given twice");
    }
    return parameters;
}

Result<std::unique_ptr<ObjectStore>> open_s3(const ObjectsSettings& settings) {
    const std::string_view rest = std::string_view(settings.url).substr(kS3.size());
    const auto question = std::min(rest.find('?'), rest.size());
    auto parameters = parse_parameters(rest.substr(std::min(question + 1, rest.size())));
    if (!parameters) return parameters.error();
    S3Settings s3{.bucket = std::string(rest.substr(0, question)),
                  .endpoint = (*parameters)["endpoint"],
                  .public_endpoint = (*parameters)["public_endpoint"],
                  .credentials = {settings.access_key, settings.secret_key, settings.session_token}};
    if (parameters->contains("region")) s3.region = (*parameters)["region"];
    if (s3.endpoint.empty()) s3.endpoint = "https://s3." + s3.region + ".amazonaws.com";
    const std::string style = (*parameters)["path_style"];
    if (!style.empty() && style != "0" && style != "1")
        return at_url("path_style", "path_style must be 0 or 1");
    s3.path_style = style == "1";
    auto store = S3Store::open(std::move(s3));
    if (!store) return store.error();
    return std::unique_ptr<ObjectStore>(std::move(*store));
}

}  // namespace

Result<std::unique_ptr<ObjectStore>> open_store(const ObjectsSettings& settings) {
    if (settings.url.starts_with(kFile)) return open_local(settings);
    if (settings.url.starts_with(kS3)) return open_s3(settings);
    return at_url("scheme", "must begin with file:// or s3://");
}

}  // namespace atelier::objects
