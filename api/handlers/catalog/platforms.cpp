#include "common/store/platforms.hpp"

#include "api/handlers/catalog/catalog.hpp"
#include "api/handlers/catalog/entry.hpp"
#include "api/handlers/catalog/slug.hpp"

namespace atelier::api {
namespace {

struct PlatformEntry {
    using Row = store::Platform;
    using Id = PlatformId;
    static constexpr std::string_view kParameter = "platform_id", kName = "platform";
    static constexpr std::string_view kCreateSchema = "http/platform.json",
                                      kPatchSchema = "http/platform_patch.json";
    static constexpr auto list = store::list_platforms;
    static constexpr auto find = store::find_platform;
    static constexpr auto insert = store::insert_platform;
    static constexpr auto update = store::update_platform;
    static constexpr auto remove = store::delete_platform;

    static Result<void> apply(Row& row, const json::Value& body) {
        row.name = body["name"].string_or(row.name);
        row.slug = body["slug"].string_or(row.slug);
        if (!row.slug.empty()) return {};
        auto slug = slug_of(row.name);
        if (!slug) return slug.error();
        row.slug = std::move(*slug);
        return {};
    }

    static json::Value to_json(const Row& row) {
        return json::Object{{"id", row.id.value},
                            {"slug", row.slug},
                            {"name", row.name},
                            {"created_at", time_json(row.created_at)},
                            {"updated_at", time_json(row.updated_at)}};
    }
};

}  // namespace

Reply list_platforms(const Request& request, ApiServices& services) {
    return list_entries<PlatformEntry>(request, services);
}
Reply create_platform(const Request& request, ApiServices& services) {
    return create_entry<PlatformEntry>(request, services);
}
Reply get_platform(const Request& request, ApiServices& services) {
    return get_entry<PlatformEntry>(request, services);
}
Reply update_platform(const Request& request, ApiServices& services) {
    return update_entry<PlatformEntry>(request, services);
}
Reply delete_platform(const Request& request, ApiServices& services) {
    return delete_entry<PlatformEntry>(request, services);
}

}  // namespace atelier::api
