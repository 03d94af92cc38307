#include "common/store/provider_calls.hpp"

#include <chrono>

#include "common/store/database.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

void bind_cost(soci::details::prepare_temp_type& prepared, AiCost& cost) {
    prepared, soci::into(cost.micro_usd), soci::into(cost.calls), soci::into(cost.unknown);
}

/// The columns of an AiCost over the rows of a SELECT.
const std::string kCost =
    "CAST(coalesce(sum(cost_micro_usd), 0) AS BIGINT), count(*), count(*) - count(cost_micro_usd)";

std::int64_t month_start(std::int64_t now_ms) {
    using namespace std::chrono;
    const year_month_day day{floor<days>(sys_time<milliseconds>{milliseconds{now_ms}})};
    return duration_cast<milliseconds>(sys_days{day.year() / day.month() / 1}.time_since_epoch()).count();
}

struct CostRow {
    std::string provider;
    AiCost cost;
};
std::vector<CostRow> costs_since(soci::session& session, const OrganizationId& organization,
                                 std::int64_t since) {
    return select_all<CostRow>(
        session.prepare << "SELECT provider, " << kCost
                        << " FROM provider_calls WHERE organization_id = :organization AND created_at >="
                           " :since GROUP BY provider",
        [](auto& prepared, CostRow& row) {
            prepared, soci::into(row.provider);
            bind_cost(prepared, row.cost);
        },
        soci::use(organization), soci::use(since));
}

struct OutcomeRow {
    std::string provider, outcome;
    std::int64_t calls = 0;
};
std::vector<OutcomeRow> outcomes_since(soci::session& session, const OrganizationId& organization,
                                       std::int64_t since) {
    return select_all<OutcomeRow>(
        session.prepare << "SELECT provider, outcome, count(*) FROM provider_calls WHERE organization_id ="
                           " :organization AND created_at >= :since GROUP BY provider, outcome",
        [](auto& prepared, OutcomeRow& row) {
            prepared, soci::into(row.provider), soci::into(row.outcome), soci::into(row.calls);
        },
        soci::use(organization), soci::use(since));
}

struct RankedRow {
    std::string provider;
    std::int64_t duration_ms = 0, rank = 0, total = 0;
};
/// The rows at the ranks that the percentiles take: nearest rank, so ceil(p × n).
std::vector<RankedRow> percentiles_since(soci::session& session, const OrganizationId& organization,
                                         std::int64_t since) {
    return select_all<RankedRow>(
        session.prepare
            << "SELECT provider, duration_ms, place, total FROM (SELECT provider, duration_ms,"
               " row_number() OVER (PARTITION BY provider ORDER BY duration_ms) AS place,"
               " count(*) OVER (PARTITION BY provider) AS total FROM provider_calls WHERE organization_id ="
               " :organization AND created_at >= :since AND outcome = 'ok') ranked"
               " WHERE place IN ((total * 50 + 99) / 100, (total * 95 + 99) / 100, (total * 99 + 99) / 100)",
        [](auto& prepared, RankedRow& row) {
            prepared, soci::into(row.provider), soci::into(row.duration_ms), soci::into(row.rank),
                soci::into(row.total);
        },
        soci::use(organization), soci::use(since));
}

}  // namespace

bool insert_provider_call(soci::session& session, const ProviderCall& call) {
    return changed(session.prepare
                       << "INSERT INTO provider_calls (id, organization_id, job_id, provider, model,"
                          " capability, outcome, status, duration_ms, input_tokens, output_tokens, images,"
                          " cost_micro_usd, created_at) VALUES (:id, :organization, :job, :provider, :model,"
                          " :capability, :outcome, :status, :duration, :input, :output, :images, :cost,"
                          " atelier_now()) ON CONFLICT (id) DO NOTHING",
                   soci::use(call.id), soci::use(call.organization), soci::use(call.job),
                   soci::use(call.provider), soci::use(call.model), soci::use(call.capability),
                   soci::use(call.outcome), soci::use(call.status), soci::use(call.duration_ms),
                   soci::use(call.input_tokens), soci::use(call.output_tokens), soci::use(call.images),
                   soci::use(call.cost_micro_usd)) == 1;
}

std::map<JobId, AiCost> ai_costs_of_jobs(soci::session& session, std::span<const JobId> jobs) {
    if (jobs.empty()) return {};
    auto query = session.prepare << "SELECT job_id, " << kCost << " FROM provider_calls WHERE job_id IN ("
                                 << placeholders(jobs.size()) << ") GROUP BY job_id";
    for (const JobId& job : jobs)
        query.operator,(soci::use(job));
    struct Row {
        JobId job;
        AiCost cost;
    };
    std::map<JobId, AiCost> costs;
    for (const Row& row : select_all<Row>(query, [](auto&prepared, Row&into) {
             prepared, soci::into(into.job);
             bind_cost(prepared, into.cost);
         }))
        costs.emplace(row.job, row.cost);
    return costs;
}

std::vector<ProviderUse> list_provider_use(soci::session& session, const OrganizationId& organization) {
    const std::int64_t now = now_ms(session), day = now - kDayMs;
    std::map<std::string, ProviderUse> uses;
    for (const CostRow& row : costs_since(session, organization, month_start(now)))
        uses[row.provider].month = row.cost;
    for (const CostRow& row : costs_since(session, organization, day))
        uses[row.provider].day = row.cost;
    for (const OutcomeRow& row : outcomes_since(session, organization, day))
        uses[row.provider].outcomes[row.outcome] = row.calls;
    for (const RankedRow& row : percentiles_since(session, organization, day)) {
        ProviderUse& use = uses[row.provider];
        if (row.rank == (row.total * 50 + 99) / 100) use.p50_ms = row.duration_ms;
        if (row.rank == (row.total * 95 + 99) / 100) use.p95_ms = row.duration_ms;
        if (row.rank == (row.total * 99 + 99) / 100) use.p99_ms = row.duration_ms;
    }
    std::vector<ProviderUse> list;
    for (auto& [provider, use] : uses) {
        use.provider = provider;
        list.push_back(std::move(use));
    }
    return list;
}

}  // namespace atelier::store
