#include "common/store/rules.hpp"

#include "common/store/database.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

const std::string kSelect =
    "SELECT id, organization_id, kind, name, definition, is_active, created_at, updated_at FROM rules ";

void bind(soci::details::prepare_temp_type& prepared, Rule& rule) {
    prepared, soci::into(rule.id), soci::into(rule.organization_id), soci::into(rule.kind),
        soci::into(rule.name), soci::into(rule.definition), soci::into(rule.is_active),
        soci::into(rule.created_at), soci::into(rule.updated_at);
}

Result<void> check_definition(const Rule& rule) {
    Error error;
    if (rule.kind == RuleKind::ranking) {
        const auto parsed = elements::parse_rules(rule.definition);
        if (parsed.has_value()) return {};
        error = parsed.error();
    } else {
        const auto parsed = parse_thresholds(rule.definition);
        if (parsed.has_value()) return {};
        error = parsed.error();
    }
    for (FieldError& field : error.details)
        field.pointer.insert(0, "/definition");
    return error;
}

// First of all in every change: its row lock makes the changes of one organization follow each other.
void raise_revision(soci::session& session, const OrganizationId& organization) {
    changed(session.prepare << "UPDATE organizations SET rule_revision = rule_revision + 1 WHERE id = :id",
            soci::use(organization));
}

void deactivate_others(soci::session& session, const Rule& rule) {
    if (!rule.is_active) return;
    changed(session.prepare
                << "UPDATE rules SET is_active = 0, updated_at = atelier_now() WHERE"
                   " organization_id = :organization AND kind = :kind AND is_active = 1 AND id <> :id",
            soci::use(rule.organization_id), soci::use(rule.kind), soci::use(rule.id));
}

/// JSON null without an active rule of the kind.
json::Value active_definition(soci::session& session, const OrganizationId& organization, RuleKind kind) {
    return select_one<json::Value>(
               session.prepare << "SELECT definition FROM rules WHERE organization_id = :organization"
                                  " AND kind = :kind AND is_active = 1",
               [](auto& prepared, json::Value& definition) { prepared, soci::into(definition); },
               soci::use(organization), soci::use(kind))
        .value_or(json::Value());
}

}  // namespace

std::string_view to_string(RuleKind kind) {
    return kind == RuleKind::ranking ? "ranking" : "moderation";
}

std::optional<RuleKind> parse(std::string_view name, RuleKind*) {
    if (name == "ranking") return RuleKind::ranking;
    if (name == "moderation") return RuleKind::moderation;
    return std::nullopt;
}

Result<void> insert_rule(soci::session& session, Rule& rule) {
    if (auto checked = check_definition(rule); checked.has_error()) return checked;
    raise_revision(session, rule.organization_id);
    deactivate_others(session, rule);
    rule.created_at = rule.updated_at = now_ms(session);
    changed(session.prepare
                << "INSERT INTO rules (id, organization_id, kind, name, definition, is_active, created_at,"
                   " updated_at) VALUES (:id, :organization, :kind, :name, :definition, :active, :created,"
                   " :updated)",
            soci::use(rule.id), soci::use(rule.organization_id), soci::use(rule.kind), soci::use(rule.name),
            soci::use(rule.definition), soci::use(rule.is_active), soci::use(rule.created_at),
            soci::use(rule.updated_at));
    return {};
}

Result<Rule> find_rule(soci::session& session, const OrganizationId& organization, const RuleId& id) {
    auto found =
        select_one<Rule>(session.prepare << kSelect + "WHERE organization_id = :organization AND id = :id",
                         bind, soci::use(organization), soci::use(id));
    if (!found) return not_found("rule");
    return std::move(*found);
}

Result<Page<Rule>> list_rules(soci::session& session, const OrganizationId& organization,
                              const PageRequest& page) {
    return select_page<Rule>(session, kSelect + "WHERE organization_id = :organization", page, bind,
                             soci::use(organization));
}

Result<Rule> update_rule(soci::session& session, const Rule& wanted) {
    raise_revision(session, wanted.organization_id);
    auto found = find_rule(session, wanted.organization_id, wanted.id);
    if (found.has_error()) return found;
    Rule rule = wanted;
    rule.kind = found->kind;
    if (auto checked = check_definition(rule); checked.has_error()) return checked.error();
    deactivate_others(session, rule);
    changed(
        session.prepare << "UPDATE rules SET name = :name, definition = :definition, is_active = :active,"
                           " updated_at = atelier_now() WHERE organization_id = :organization AND id = :id",
        soci::use(rule.name), soci::use(rule.definition), soci::use(rule.is_active),
        soci::use(rule.organization_id), soci::use(rule.id));
    return find_rule(session, rule.organization_id, rule.id);
}

Result<void> delete_rule(soci::session& session, const OrganizationId& organization, const RuleId& id) {
    raise_revision(session, organization);
    if (changed(session.prepare << "DELETE FROM rules WHERE organization_id = :organization AND id = :id",
                soci::use(organization), soci::use(id)) == 0) {
        return not_found("rule");
    }
    return {};
}

Result<ActiveRanking> active_ranking_rules(soci::session& session, const OrganizationId& organization) {
    const auto revision = select_one<std::int64_t>(
        session.prepare << "SELECT rule_revision FROM organizations WHERE id = :id",
        [](auto& prepared, std::int64_t& value) { prepared, soci::into(value); }, soci::use(organization));
    if (!revision) return not_found("organization");
    const json::Value definition = active_definition(session, organization, RuleKind::ranking);
    if (definition.is_null()) return ActiveRanking{{}, *revision};
    auto rules = elements::parse_rules(definition);
    if (rules.has_error()) return rules.error();
    return ActiveRanking{*rules, *revision};
}

Result<ModerationThresholds> active_moderation_thresholds(soci::session& session,
                                                          const OrganizationId& organization) {
    return parse_thresholds(active_definition(session, organization, RuleKind::moderation));
}

}  // namespace atelier::store
