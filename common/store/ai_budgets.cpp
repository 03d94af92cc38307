#include "common/store/ai_budgets.hpp"

#include <chrono>

#include <fmt/format.h>

#include "common/store/database.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

void bind_number(soci::details::prepare_temp_type& prepared, std::int64_t& number) {
    prepared, soci::into(number);
}

std::string month_of(std::int64_t now_ms) {
    using namespace std::chrono;
    const year_month_day day{floor<days>(sys_time<milliseconds>{milliseconds{now_ms}})};
    return fmt::format("{:04}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()));
}

std::optional<std::int64_t> find_limit(soci::session& session, const OrganizationId& organization,
                                       std::string_view lock) {
    return select_one<std::int64_t>(
        session.prepare << "SELECT monthly_micro_usd FROM ai_budgets WHERE organization_id = :organization"
                           " AND monthly_micro_usd IS NOT NULL"
                        << lock,
        bind_number, soci::use(organization));
}

/// Spent in the month, and reserved by calls whose time is not up.
AiBudget tally(soci::session& session, const OrganizationId& organization) {
    const std::int64_t now = now_ms(session);
    AiBudget budget{.month = month_of(now)};
    budget.spent_micro_usd =
        select_one<std::int64_t>(session.prepare << "SELECT micro_usd FROM ai_spending WHERE organization_id"
                                                    " = :organization AND month = :month",
                                 bind_number, soci::use(organization), soci::use(budget.month))
            .value_or(0);
    budget.reserved_micro_usd = *select_one<std::int64_t>(
        session.prepare << "SELECT CAST(coalesce(sum(micro_usd), 0) AS BIGINT) FROM ai_reservations WHERE"
                           " organization_id = :organization AND expires_at > :now",
        bind_number, soci::use(organization), soci::use(now));
    return budget;
}

}  // namespace

AiBudget read_ai_budget(soci::session& session, const OrganizationId& organization) {
    AiBudget budget = tally(session, organization);
    budget.monthly_micro_usd = find_limit(session, organization, "");
    return budget;
}

bool has_ai_budget(soci::session& session, const OrganizationId& organization) {
    return find_limit(session, organization, "").has_value();
}

Result<void> set_ai_budget(soci::session& session, const OrganizationId& organization,
                           std::optional<std::int64_t> monthly_micro_usd) {
    const bool exists =
        select_one<std::int64_t>(session.prepare << "SELECT balance FROM organizations WHERE id = :id",
                                 bind_number, soci::use(organization))
            .has_value();
    if (!exists) return not_found("organization");
    changed(session.prepare
                << "INSERT INTO ai_budgets (organization_id, monthly_micro_usd, updated_at) VALUES"
                   " (:organization, :limit, atelier_now()) ON CONFLICT (organization_id) DO UPDATE SET"
                   " monthly_micro_usd = excluded.monthly_micro_usd, updated_at = excluded.updated_at",
            soci::use(organization), soci::use(monthly_micro_usd));
    return {};
}

bool reserve_ai_spending(soci::session& session, const OrganizationId& organization,
                         const ProviderCallId& call, std::int64_t micro_usd, std::int64_t lifetime_ms) {
    // The budget's row is the lock of all that follows, here and in settle_ai_spending.
    const auto limit = find_limit(session, organization, for_update(session));
    if (!limit) return true;
    const AiBudget held = tally(session, organization);
    if (held.spent_micro_usd + held.reserved_micro_usd + micro_usd > *limit) return false;
    changed(
        session.prepare << "INSERT INTO ai_reservations (id, organization_id, micro_usd, expires_at) VALUES"
                           " (:id, :organization, :amount, atelier_now() + CAST(:lifetime AS BIGINT))"
                           " ON CONFLICT (id) DO NOTHING",
        soci::use(call), soci::use(organization), soci::use(micro_usd), soci::use(lifetime_ms));
    return true;
}

std::int64_t settle_ai_spending(soci::session& session, const OrganizationId& organization,
                                const ProviderCallId& call, std::optional<std::int64_t> micro_usd) {
    find_limit(session, organization, for_update(session));
    const std::int64_t reserved =
        select_one<std::int64_t>(session.prepare << "SELECT micro_usd FROM ai_reservations WHERE id = :id"
                                                    " AND organization_id = :organization",
                                 bind_number, soci::use(call), soci::use(organization))
            .value_or(0);
    changed(session.prepare << "DELETE FROM ai_reservations WHERE id = :id", soci::use(call));
    const std::int64_t spent = micro_usd.value_or(reserved);
    if (spent == 0) return reserved;
    const std::string month = month_of(now_ms(session));
    changed(session.prepare
                << "INSERT INTO ai_spending (organization_id, month, micro_usd) VALUES (:organization,"
                   " :month, :amount) ON CONFLICT (organization_id, month) DO UPDATE SET micro_usd ="
                   " ai_spending.micro_usd + excluded.micro_usd",
            soci::use(organization), soci::use(month), soci::use(spent));
    return reserved;
}

long long sweep_ai_reservations(soci::session& session) {
    return changed(session.prepare << "DELETE FROM ai_reservations WHERE expires_at <= atelier_now()");
}

}  // namespace atelier::store
