#pragma once
// /jobs: starting, listing, watching and cancelling work.

#include "api/handlers/exchange.hpp"
#include "api/handlers/idempotent.hpp"
#include "common/store/jobs.hpp"
#include "queues/lifecycle/lifecycle.hpp"

namespace atelier::api {

Reply create_job(const Request& request, ApiServices& services);
/// Many at once, in one transaction: see start_together.cpp.
std::vector<Reply> create_jobs(std::span<const Request* const> requests, ApiServices& services);
Reply list_jobs(const Request& request, ApiServices& services);
Reply get_job(const Request& request, ApiServices& services);
std::vector<Reply> get_jobs(std::span<const Request* const> requests, ApiServices& services);
Reply list_job_events(const Request& request, ApiServices& services);
Reply stream_job(const Request& request, ApiServices& services);
Reply cancel_job(const Request& request, ApiServices& services);
Reply retry_job(const Request& request, ApiServices& services);

/// Error: validation_failed at /kind for a kind that has an endpoint, and limits, of its own.
Result<void> check_startable(std::string_view kind);

json::Value to_json(const store::Job& job);

/// The lane of a new job: what was asked for, where the organization's plan or the caller's role allows it
/// (forbidden otherwise); by default `priority` for premium organizations, `primary` for others.
Result<queues::Lane> lane_of(soci::session& session, const Request& request, const json::Value& wanted);

/// The same for an organization with this plan.
Result<queues::Lane> lane_of(const std::string& plan, const Request& request, const json::Value& wanted);

/// The input is one member of POST /jobs' body: there the pointers of its errors begin.
Error in_input(Error error);

/// Accepts a job of the kind in the caller's transaction.
Result<queues::Accepted> start_job(soci::session& session, const Request& request,
                                   const ApiServices& services, std::string_view kind, json::Value input,
                                   const json::Value& lane = {});

/// What follows once it has committed: dispatcher, metrics.
std::function<void()> announce_job(ApiServices& services, const queues::Accepted& accepted);

/// Ends the job in the caller's transaction and says what to announce afterwards.
void announce_cancelled(ApiServices& services, const store::JobEvent& event);

}  // namespace atelier::api
