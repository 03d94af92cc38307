#pragma once
// What each call of an AI provider took: the record, and what it adds up to.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/ids/id.hpp"

namespace soci {
class session;
}

namespace atelier {
using ProviderCallId = Id<struct ProviderCallTag>;
}

namespace atelier::store {

struct ProviderCall {
    ProviderCallId id;
    OrganizationId organization;
    std::optional<JobId> job = {};
    std::string provider, model, capability;
    std::string outcome;  ///< `ok` or the kind of its failure
    int status = 0;       ///< of HTTP; 0 where there was none
    std::int64_t duration_ms = 0;
    std::optional<std::int64_t> input_tokens = {}, output_tokens = {};
    int images = 0;
    std::optional<std::int64_t> cost_micro_usd = {};  ///< nothing: unknown
};
/// False when it is there already: a repetition after a commit whose outcome was unknown.
bool insert_provider_call(soci::session& session, const ProviderCall& call);

struct AiCost {
    std::int64_t micro_usd = 0;
    std::int64_t calls = 0;
    std::int64_t unknown = 0;  ///< calls among them whose cost nobody knows
};
/// By job; those that called nobody are left out.
std::map<JobId, AiCost> ai_costs_of_jobs(soci::session& session, std::span<const JobId> jobs);

/// One organization's calls of one provider.
struct ProviderUse {
    std::string provider;
    std::map<std::string, std::int64_t> outcomes = {};                  ///< calls of the last 24 h
    std::optional<std::int64_t> p50_ms = {}, p95_ms = {}, p99_ms = {};  ///< of those that were answered
    AiCost day, month;  ///< the last 24 h; the month so far, UTC
};
/// By provider; those that were called in neither span are left out.
std::vector<ProviderUse> list_provider_use(soci::session& session, const OrganizationId& organization);

}  // namespace atelier::store
