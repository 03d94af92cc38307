#include "common/store/text_style_sets.hpp"

#include "api/handlers/catalog/catalog.hpp"
#include "api/handlers/catalog/entry.hpp"

namespace atelier::api {
namespace {

struct TextStyleSetEntry {
    using Row = store::TextStyleSetRow;
    using Id = TextStyleSetId;
    static constexpr std::string_view kParameter = "text_style_set_id", kName = "text style set";
    static constexpr std::string_view kCreateSchema = "http/text_style_set_create.json",
                                      kPatchSchema = "http/text_style_set_patch.json";
    static constexpr auto list = store::list_text_style_sets;
    static constexpr auto find = store::find_text_style_set;
    static constexpr auto update = store::update_text_style_set;
    static constexpr auto remove = store::delete_text_style_set;

    static Result<void> insert(soci::session& session, Row& row) {
        store::insert_text_style_set(session, row);
        return {};
    }

    static Result<void> apply(Row& row, const json::Value& body) {
        row.name = body["name"].string_or(row.name);
        if (body.has("definition")) row.definition = body["definition"];
        return {};
    }

    static json::Value to_json(const Row& row) {
        return json::Object{{"id", row.id.value},
                            {"name", row.name},
                            {"definition", row.definition},
                            {"created_at", time_json(row.created_at)},
                            {"updated_at", time_json(row.updated_at)}};
    }
};

}  // namespace

Reply list_text_style_sets(const Request& request, ApiServices& services) {
    return list_entries<TextStyleSetEntry>(request, services);
}
Reply create_text_style_set(const Request& request, ApiServices& services) {
    return create_entry<TextStyleSetEntry>(request, services);
}
Reply get_text_style_set(const Request& request, ApiServices& services) {
    return get_entry<TextStyleSetEntry>(request, services);
}
Reply update_text_style_set(const Request& request, ApiServices& services) {
    return update_entry<TextStyleSetEntry>(request, services);
}
Reply delete_text_style_set(const Request& request, ApiServices& services) {
    return delete_entry<TextStyleSetEntry>(request, services);
}

}  // namespace atelier::api
