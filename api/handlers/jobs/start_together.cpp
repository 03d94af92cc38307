// POST /jobs for many clients at once: one transaction for all, so that a busy front commits as seldom as it
// can. Each is answered as if it had come alone; what the group cannot decide is done alone.

#include <map>

#include "api/handlers/jobs/jobs.hpp"
#include "common/store/organizations.hpp"

namespace atelier::api {
namespace {

/// A request that passed every check that needs no database.
struct Candidate {
    const Request* request = nullptr;
    std::size_t place = 0;
    json::Value body;
    JobId job = ids::new_id<JobId>();
    std::optional<store::KeyedAnswer> keyed;
};

json::Value answer_body(const JobId& job) {
    return json::Object{{"job_id", job.value}};
}

Result<Candidate> candidate_of(const Request& request, const ApiServices& services) {
    auto body = body_of(request, services, "http/job_create.json");
    if (!body) return body.error();
    if (auto startable = check_startable((*body)["kind"].as_string()); !startable) return startable.error();
    const auto key = idempotency_key(request);
    if (!key) return key.error();
    Candidate candidate{.request = &request, .body = std::move(*body)};
    if (*key)
        candidate.keyed = {
            **key, fingerprint(request, services), {202, json::write(answer_body(candidate.job))}};
    return candidate;
}

/// What became of each candidate in the transaction; nothing: its key was used before.
using Decisions = std::vector<std::optional<Result<queues::Accepted>>>;

/// The candidates that are new: those whose key, if they have one, is stored now.
std::vector<std::size_t> claim_keys(soci::session& session, const std::vector<Candidate>& candidates) {
    std::vector<store::KeyedAnswer> answers;
    for (const Candidate& candidate : candidates)
        if (candidate.keyed) answers.push_back(*candidate.keyed);
    const std::vector<bool> stored = store::store_answers(session, answers);
    std::vector<std::size_t> fresh;
    std::size_t keyed = 0;
    for (std::size_t i = 0; i < candidates.size(); ++i)
        if (!candidates[i].keyed || stored[keyed++]) fresh.push_back(i);
    return fresh;
}

/// Plans of the organizations that ask, each read once.
class Lanes {
  public:
    explicit Lanes(soci::session& session) : session_(session) {}
    Result<queues::Lane> of(const Request& request, const json::Value& wanted) {
        const OrganizationId id = organization_of(request);
        auto known = plans_.find(id.value);
        if (known == plans_.end()) {
            auto organization = store::find_organization(session_, id);
            if (!organization) return organization.error();
            known = plans_.emplace(id.value, organization->plan).first;
        }
        return lane_of(known->second, request, wanted);
    }

  private:
    soci::session& session_;
    std::map<std::string, std::string> plans_;
};

Result<Decisions> decide(soci::session& session, const ApiServices& services,
                         const std::vector<Candidate>& candidates) {
    Decisions decisions(candidates.size());
    std::vector<queues::JobRequest> requests;
    std::vector<std::size_t> places;
    Lanes lanes(session);
    for (std::size_t i : claim_keys(session, candidates)) {
        const auto& [request, place, body, job, keyed] = candidates[i];
        auto lane = lanes.of(*request, body["lane"]);
        if (!lane) {
            decisions[i] = Result<queues::Accepted>(lane.error());
            continue;
        }
        requests.push_back({requester_of(*request), body["kind"].as_string(), body["input"], *lane, job});
        places.push_back(i);
    }
    auto accepted = queues::accept(session, services.schemas, requests);
    for (std::size_t i = 0; i < places.size(); ++i)
        decisions[places[i]] = std::move(accepted[i]);
    std::vector<store::KeyedAnswer> void_answers;
    for (std::size_t i = 0; i < candidates.size(); ++i)
        if (decisions[i] && !*decisions[i] && candidates[i].keyed)
            void_answers.push_back(*candidates[i].keyed);
    store::drop_answers(session, void_answers);
    return decisions;
}

Reply reply_to(const Candidate& candidate, const Result<queues::Accepted>& accepted) {
    if (!accepted) return Reply::error(in_input(accepted.error()), candidate.request->request_id);
    return Reply::json(202, answer_body(accepted->job.id));
}

void start(ApiServices& services, const Decisions& decisions) {
    std::vector<store::Dispatchable> ready;
    for (const auto& accepted : decisions) {
        if (!accepted || !*accepted) continue;
        ready.insert(ready.end(), (*accepted)->ready.begin(), (*accepted)->ready.end());
        services.metrics.add(metrics::Counter::jobs_accepted, {(*accepted)->job.kind});
    }
    services.dispatcher.offer(std::move(ready));
}

}  // namespace

std::vector<Reply> create_jobs(std::span<const Request* const> requests, ApiServices& services) {
    std::vector<std::optional<Reply>> replies(requests.size());
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        auto candidate = candidate_of(*requests[i], services);
        if (!candidate) {
            replies[i] = Reply::error(candidate.error(), requests[i]->request_id);
            continue;
        }
        candidate->place = i;
        candidates.push_back(std::move(*candidate));
    }
    if (!candidates.empty()) {
        const auto decisions =
            services.db.write([&](soci::session& session) { return decide(session, services, candidates); });
        const bool is_away = !decisions && decisions.error().code == ErrorCode::unavailable;
        if (decisions) start(services, *decisions);
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const Candidate& candidate = candidates[i];
            if (is_away)
                replies[candidate.place] = Reply::error(decisions.error(), candidate.request->request_id);
            else if (decisions && (*decisions)[i])
                replies[candidate.place] = reply_to(candidate, *(*decisions)[i]);
        }
    }
    std::vector<Reply> answers;
    for (std::size_t i = 0; i < requests.size(); ++i)
        answers.push_back(replies[i] ? std::move(*replies[i]) : create_job(*requests[i], services));
    return answers;
}

}  // namespace atelier::api
