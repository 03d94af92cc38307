#include "common/store/formats.hpp"

#include "api/handlers/catalog/catalog.hpp"
#include "api/handlers/catalog/entry.hpp"
#include "api/handlers/catalog/slug.hpp"

namespace atelier::api {
namespace {

struct FormatEntry {
    using Row = store::Format;
    using Id = FormatId;
    static constexpr std::string_view kParameter = "format_id", kName = "format";
    static constexpr std::string_view kCreateSchema = "http/format.json",
                                      kPatchSchema = "http/format_patch.json";
    static constexpr auto list = store::list_formats;
    static constexpr auto find = store::find_format;
    static constexpr auto insert = store::insert_format;
    static constexpr auto update = store::update_format;
    static constexpr auto remove = store::delete_format;

    static Result<void> apply(Row& row, const json::Value& body) {
        row.name = body["name"].string_or(row.name);
        row.slug = body["slug"].string_or(row.slug);
        row.type = body["type"].string_or(row.type);
        row.width = static_cast<int>(body["width"].as_int(row.width));
        row.height = static_cast<int>(body["height"].as_int(row.height));
        row.content_type = body["content_type"].string_or(row.content_type);
        row.quality = static_cast<int>(body["quality"].as_int(row.quality));
        row.is_active = body["is_active"].as_bool(row.is_active);
        if (body.has("max_bytes")) {
            row.max_bytes.reset();
            if (body["max_bytes"].is_int()) row.max_bytes = body["max_bytes"].as_int();
        }
        if (body.has("platform_id")) {
            row.platform_id.reset();
            if (body["platform_id"].is_string())
                row.platform_id = PlatformId{body["platform_id"].as_string()};
        }
        if (!row.slug.empty()) return {};
        auto slug = slug_of(row.name);
        if (!slug) return slug.error();
        row.slug = std::move(*slug);
        return {};
    }

    static json::Value to_json(const Row& row) {
        json::Value v =
            json::Object{{"id", row.id.value}, {"slug", row.slug}, {"name", row.name}, {"type", row.type}};
        v.set("platform_id", row.platform_id ? json::Value(row.platform_id->value) : json::Value())
            .set("width", row.width)
            .set("height", row.height)
            .set("content_type", row.content_type)
            .set("quality", row.quality)
            .set("max_bytes", row.max_bytes ? json::Value(*row.max_bytes) : json::Value())
            .set("is_active", row.is_active)
            .set("created_at", time_json(row.created_at))
            .set("updated_at", time_json(row.updated_at));
        return v;
    }
};

}  // namespace

Reply list_formats(const Request& request, ApiServices& services) {
    return list_entries<FormatEntry>(request, services);
}
Reply create_format(const Request& request, ApiServices& services) {
    return create_entry<FormatEntry>(request, services);
}
Reply get_format(const Request& request, ApiServices& services) {
    return get_entry<FormatEntry>(request, services);
}
Reply update_format(const Request& request, ApiServices& services) {
    return update_entry<FormatEntry>(request, services);
}
Reply delete_format(const Request& request, ApiServices& services) {
    return delete_entry<FormatEntry>(request, services);
}

}  // namespace atelier::api
