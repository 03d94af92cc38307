#pragma once
// Ranking and moderation rules. At most one of each kind is active; without one the defaults of the code
// apply. Every change raises the organization's rule revision, which makes cached rankings stale.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/elements/element.hpp"
#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/json/value.hpp"
#include "common/store/moderation.hpp"
#include "common/store/page.hpp"

namespace soci {
class session;
}

namespace atelier::store {

enum class RuleKind { ranking, moderation };
std::string_view to_string(RuleKind kind);
std::optional<RuleKind> parse(std::string_view name, RuleKind*);

struct Rule {
    RuleId id;
    OrganizationId organization_id;
    RuleKind kind = RuleKind::ranking;
    std::string name;
    json::Value definition;
    bool is_active = false;                       ///< an active one switches the other of its kind off
    std::int64_t created_at = 0, updated_at = 0;  ///< epoch milliseconds
};

/// Sets the times. Error: validation_failed below `/definition`.
Result<void> insert_rule(soci::session& session, Rule& rule);
Result<Rule> find_rule(soci::session& session, const OrganizationId& organization, const RuleId& id);
Result<Page<Rule>> list_rules(soci::session& session, const OrganizationId& organization,
                              const PageRequest& page);
/// Writes name, definition and is_active. Errors: not_found; validation_failed below `/definition`.
Result<Rule> update_rule(soci::session& session, const Rule& rule);
Result<void> delete_rule(soci::session& session, const OrganizationId& organization, const RuleId& id);

struct ActiveRanking {
    elements::Rules rules;
    std::int64_t revision = 0;
};
/// Error: not_found (the organization).
Result<ActiveRanking> active_ranking_rules(soci::session& session, const OrganizationId& organization);
Result<ModerationThresholds> active_moderation_thresholds(soci::session& session,
                                                          const OrganizationId& organization);

}  // namespace atelier::store
