#include "queues/events.hpp"

namespace atelier::queues {

void Announcer::announce(const store::JobEvent& event) {
    broker_.publish_event(event.job_id.value, json::write(store::to_json(event)));
}

void Announcer::announce(const std::vector<store::JobEvent>& events) {
    for (const store::JobEvent& event : events)
        announce(event);
}

void Announcer::announce_cancel(const JobId& job) {
    broker_.broadcast_control(json::write(json::Object{{"type", "cancel"}, {"job_id", job.value}}));
}

std::optional<JobId> cancelled_job(std::string_view control_payload) {
    const auto message = json::parse(control_payload);
    if (!message || (*message)["type"].as_string() != "cancel") return std::nullopt;
    return ids::parse_id<JobId>((*message)["job_id"].as_string());
}

}  // namespace atelier::queues
