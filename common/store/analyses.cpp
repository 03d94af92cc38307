#include "common/store/analyses.hpp"

#include "common/store/sql.hpp"

namespace atelier::store {

// The rows are inserted by a SELECT from assets, so that only an asset of the organization can have them.
Result<void> put_analysis(soci::session& session, const OrganizationId& organization,
                          const Analysis& analysis) {
    const bool stored =
        changed(session.prepare
                    << "INSERT INTO asset_analyses (asset_id, organization_id, elements, palette, sharpness,"
                       " details, analyzed_at) SELECT id, organization_id, CAST(:elements AS TEXT),"
                       " CAST(:palette AS TEXT), CAST(:sharpness AS DOUBLE PRECISION),"
                       " CAST(:details AS TEXT), atelier_now() FROM assets WHERE"
                       " organization_id = :organization AND id = :asset AND state <> 'deleted'"
                       " ON CONFLICT (asset_id) DO UPDATE SET elements = excluded.elements,"
                       " palette = excluded.palette, sharpness = excluded.sharpness,"
                       " details = excluded.details, analyzed_at = excluded.analyzed_at",
                soci::use(analysis.elements), soci::use(analysis.palette), soci::use(analysis.sharpness),
                soci::use(analysis.details), soci::use(organization), soci::use(analysis.asset_id)) == 1;
    if (!stored) return not_found("asset");
    changed(session.prepare
                << "DELETE FROM asset_rankings WHERE organization_id = :organization AND asset_id = :asset",
            soci::use(organization), soci::use(analysis.asset_id));
    return {};
}

Result<Analysis> find_analysis(soci::session& session, const OrganizationId& organization,
                               const AssetId& asset) {
    auto found = select_one<Analysis>(
        session.prepare
            << "SELECT asset_id, elements, palette, sharpness, details, analyzed_at FROM asset_analyses"
               " WHERE organization_id = :organization AND asset_id = :asset",
        [](auto& prepared, Analysis& row) {
            prepared, soci::into(row.asset_id), soci::into(row.elements), soci::into(row.palette),
                soci::into(row.sharpness), soci::into(row.details), soci::into(row.analyzed_at);
        },
        soci::use(organization), soci::use(asset));
    if (!found) return not_found("analysis");
    return std::move(*found);
}

Result<void> put_ranking(soci::session& session, const OrganizationId& organization, const Ranking& ranking) {
    int assets = 0;
    session << "SELECT count(*) FROM assets WHERE organization_id = :organization AND id = :asset AND state "
               "<> 'deleted'",
        soci::use(organization), soci::use(ranking.asset_id), soci::into(assets);
    if (assets == 0) return not_found("asset");
    changed(session.prepare
                << "INSERT INTO asset_rankings (asset_id, organization_id, rule_revision, ranked, ranked_at)"
                   " VALUES (:asset, :organization, :revision, :ranked, atelier_now())"
                   " ON CONFLICT (asset_id) DO UPDATE SET rule_revision = excluded.rule_revision,"
                   " ranked = excluded.ranked, ranked_at = excluded.ranked_at"
                   " WHERE asset_rankings.rule_revision <= excluded.rule_revision",
            soci::use(ranking.asset_id), soci::use(organization), soci::use(ranking.rule_revision),
            soci::use(ranking.ranked));
    return {};
}

std::optional<Ranking> find_ranking(soci::session& session, const OrganizationId& organization,
                                    const AssetId& asset, std::int64_t rule_revision) {
    return select_one<Ranking>(
        session.prepare
            << "SELECT asset_id, rule_revision, ranked FROM asset_rankings WHERE"
               " organization_id = :organization AND asset_id = :asset AND rule_revision = :revision",
        [](auto& prepared, Ranking& row) {
            prepared, soci::into(row.asset_id), soci::into(row.rule_revision), soci::into(row.ranked);
        },
        soci::use(organization), soci::use(asset), soci::use(rule_revision));
}

}  // namespace atelier::store
