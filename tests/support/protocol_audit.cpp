#include "tests/support/protocol_audit.hpp"

#include <soci/soci.h>

namespace atelier::testing {
namespace {

struct Rule {
    const char* breach;
    const char* ids_of_offenders;
};

constexpr Rule kRules[] = {
    {"the balance is not the sum of the transactions of organization",
     "SELECT o.id FROM organizations o WHERE o.balance <> COALESCE((SELECT SUM(t.amount) FROM "
     "credit_transactions t WHERE t.organization_id = o.id), 0)"},
    {"the rounds and the reserves differ in job",
     "SELECT j.id FROM jobs j WHERE j.round <> (SELECT COUNT(*) FROM credit_transactions t WHERE t.job_id = "
     "j.id AND t.type = 'reserve' AND t.amount = -j.price AND t.round BETWEEN 1 AND j.round)"},
    {"a round that is over was not ended exactly once, by a refund, in job",
     "SELECT j.id FROM jobs j WHERE j.round - 1 <> (SELECT COUNT(*) FROM credit_transactions t WHERE "
     "t.job_id = j.id AND t.type IN ('settle', 'refund') AND t.round < j.round) OR EXISTS (SELECT 1 FROM "
     "credit_transactions t WHERE t.job_id = j.id AND t.type = 'settle' AND t.round < j.round)"},
    {"the last round's end does not fit the state of job",
     "SELECT j.id FROM jobs j WHERE COALESCE((SELECT MIN(t.type) || COUNT(*) FROM credit_transactions t "
     "WHERE "
     "t.job_id = j.id AND t.type IN ('settle', 'refund') AND t.round >= j.round), '0') <> CASE j.state WHEN "
     "'completed' THEN 'settle1' WHEN 'failed' THEN 'refund1' WHEN 'cancelled' THEN 'refund1' ELSE '0' END"},
    {"a settle or refund is of the wrong amount in job",
     "SELECT j.id FROM jobs j JOIN credit_transactions t ON t.job_id = j.id WHERE (t.type = 'settle' AND "
     "t.amount <> 0) OR (t.type = 'refund' AND t.amount <> j.price)"},
    {"events are not numbered without gaps in job",
     "SELECT j.id FROM jobs j WHERE j.last_seq <> (SELECT COUNT(*) FROM job_events e WHERE e.job_id = j.id "
     "AND "
     "e.seq BETWEEN 1 AND j.last_seq) OR EXISTS (SELECT 1 FROM job_events e WHERE e.job_id = j.id AND e.seq "
     "> "
     "j.last_seq)"},
    {"completion was not told exactly as often as it happened by job",
     "SELECT j.id FROM jobs j WHERE (SELECT COUNT(*) FROM job_events e WHERE e.job_id = j.id AND e.type = "
     "'job:completed') <> CASE j.state WHEN 'completed' THEN 1 ELSE 0 END"},
    {"the last event does not tell the end of job",
     "SELECT j.id FROM jobs j JOIN job_events e ON e.job_id = j.id AND e.seq = j.last_seq WHERE j.state IN "
     "('completed', 'failed', 'cancelled') AND e.type <> 'job:' || j.state"},
    {"unfinished work remains of completed job",
     "SELECT j.id FROM jobs j WHERE j.state = 'completed' AND (j.progress <> 100 OR EXISTS (SELECT 1 FROM "
     "tasks "
     "t WHERE t.job_id = j.id AND t.state <> 'done'))"},
    {"work could still be done for cancelled job",
     "SELECT j.id FROM jobs j JOIN tasks t ON t.job_id = j.id WHERE j.state = 'cancelled' AND t.state IN "
     "('ready', 'queued', 'running', 'held')"},
    {"nothing explains the failure of job",
     "SELECT j.id FROM jobs j WHERE j.state = 'failed' AND (j.error IS NULL OR NOT EXISTS (SELECT 1 FROM "
     "tasks "
     "t WHERE t.job_id = j.id AND t.state IN ('dead', 'discarded')))"},
    {"dead or waiting work remains of running job",
     "SELECT j.id FROM jobs j JOIN tasks t ON t.job_id = j.id WHERE j.state IN ('queued', 'running') AND "
     "t.state "
     "IN ('dead', 'held', 'cancelled', 'discarded')"},
};

void collect(soci::session& session, const Rule& rule, std::vector<std::string>& breaches) {
    const soci::rowset<std::string> offenders = session.prepare << rule.ids_of_offenders;
    for (const std::string& id : offenders)
        breaches.push_back(std::string(rule.breach) + " " + id);
}

}  // namespace

std::vector<std::string> audit_protocol(store::Database& database) {
    return database
        .read([](soci::session& session) -> Result<std::vector<std::string>> {
            std::vector<std::string> breaches;
            for (const Rule& rule : kRules)
                collect(session, rule, breaches);
            return breaches;
        })
        .value();
}

std::string breaches(store::Database& database) {
    std::string lines;
    for (const std::string& breach : audit_protocol(database))
        lines += breach + "\n";
    return lines;
}

}  // namespace atelier::testing
