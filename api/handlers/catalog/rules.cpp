#include "common/store/rules.hpp"

#include "api/handlers/catalog/catalog.hpp"
#include "api/handlers/catalog/entry.hpp"

namespace atelier::api {
namespace {

struct RuleEntry {
    using Row = store::Rule;
    using Id = RuleId;
    static constexpr std::string_view kParameter = "rule_id", kName = "rule";
    static constexpr std::string_view kCreateSchema = "http/rules.json",
                                      kPatchSchema = "http/rules_patch.json";
    static constexpr auto list = store::list_rules;
    static constexpr auto find = store::find_rule;
    static constexpr auto insert = store::insert_rule;
    static constexpr auto update = store::update_rule;
    static constexpr auto remove = store::delete_rule;

    /// The kind is given once, when the rule is made.
    static Result<void> apply(Row& row, const json::Value& body) {
        if (const auto kind = store::parse(body["kind"].as_string(), static_cast<store::RuleKind*>(nullptr)))
            row.kind = *kind;
        row.name = body["name"].string_or(row.name);
        row.is_active = body["is_active"].as_bool(row.is_active);
        if (body.has("definition")) row.definition = body["definition"];
        return {};
    }

    static json::Value to_json(const Row& row) {
        return json::Object{{"id", row.id.value},
                            {"kind", store::to_string(row.kind)},
                            {"name", row.name},
                            {"definition", row.definition},
                            {"is_active", row.is_active},
                            {"created_at", time_json(row.created_at)},
                            {"updated_at", time_json(row.updated_at)}};
    }
};

/// A new definition must be of the kind that the rule has, which only the database knows.
Result<void> check_definition(const Request& request, ApiServices& services) {
    auto id = id_of<RuleId>(request, RuleEntry::kParameter, RuleEntry::kName);
    if (!id) return id.error();
    auto body = body_of(request, services, RuleEntry::kPatchSchema);
    if (!body) return body.error();
    if (!body->has("definition")) return {};
    auto rule = services.db.read(
        [&](soci::session& session) { return store::find_rule(session, organization_of(request), *id); });
    if (!rule) return rule.error();
    const std::string kind(store::to_string(rule->kind));
    const json::Value whole =
        json::Object{{"kind", kind}, {"name", rule->name}, {"definition", (*body)["definition"]}};
    if (services.schemas.at(RuleEntry::kCreateSchema).check(whole)) return {};
    return invalid("/definition", "kind", "This is no definition of a " + kind + " rule.");
}

}  // namespace

Reply list_rules(const Request& request, ApiServices& services) {
    return list_entries<RuleEntry>(request, services);
}
Reply create_rule(const Request& request, ApiServices& services) {
    return create_entry<RuleEntry>(request, services);
}
Reply get_rule(const Request& request, ApiServices& services) {
    return get_entry<RuleEntry>(request, services);
}
Reply update_rule(const Request& request, ApiServices& services) {
    if (auto fits = check_definition(request, services); !fits)
        return Reply::error(fits.error(), request.request_id);
    return update_entry<RuleEntry>(request, services);
}
Reply delete_rule(const Request& request, ApiServices& services) {
    return delete_entry<RuleEntry>(request, services);
}

}  // namespace atelier::api
