#include "common/store/events.hpp"

#include "common/store/prepared.hpp"
#include "common/store/sql.hpp"
#include "common/time/rfc3339.hpp"

namespace atelier::store {

JobEvent append_event(soci::session& session, const JobId& job, std::string_view type, json::Value data) {
    std::int64_t seq = 0, now = 0;
    session << "UPDATE jobs SET last_seq = last_seq + 1 WHERE id = :id RETURNING last_seq, atelier_now()",
        soci::use(job.value), soci::into(seq), soci::into(now);
    const std::string name(type);
    session << "INSERT INTO job_events (job_id, seq, type, data, created_at) VALUES (:job, :seq, :type, "
               ":data, :now)",
        soci::use(job.value), soci::use(seq), soci::use(name), soci::use(data), soci::use(now);
    return {job, seq, name, std::move(data), now};
}

void insert_events(soci::session& session, std::span<const JobEvent> events) {
    static const Prepared kInsert(
        "INSERT INTO job_events (job_id, seq, type, data, created_at) "
        "SELECT r.job, r.number, r.kind, r.told, COALESCE(r.happened, atelier_now()) FROM r",
        "job text, number bigint, kind text, told text, happened bigint");
    if (events.empty()) return;
    json::Value rows = json::Array{};
    for (const JobEvent& event : events)
        rows.push(
            json::Object{{"job", event.job_id.value},
                         {"number", event.seq},
                         {"kind", event.type},
                         {"told", json::write(event.data)},
                         {"happened", event.created_at ? json::Value(event.created_at) : json::Value()}});
    later(session, kInsert, rows);
}

std::vector<JobEvent> list_events(soci::session& session, const JobId& job, std::int64_t after, int limit) {
    static const Prepared kList(
        "SELECT job_id, seq, type, data, created_at FROM job_events WHERE job_id = :job AND seq > :after "
        "ORDER BY seq LIMIT :limit");
    return select_all<JobEvent>(
        session, kList,
        [](auto& prepared, JobEvent& row) {
            prepared, soci::into(row.job_id), soci::into(row.seq), soci::into(row.type), soci::into(row.data),
                soci::into(row.created_at);
        },
        soci::use(job.value), soci::use(after), soci::use(limit));
}

json::Value to_json(const JobEvent& event) {
    json::Value v = json::Object{{"type", event.type}, {"job_id", event.job_id.value}, {"seq", event.seq}};
    v.set("at", rfc3339(event.created_at));
    for (const auto& [key, value] : event.data.object())
        v.set(key, value);
    return v;
}

}  // namespace atelier::store
