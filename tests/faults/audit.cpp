#include "tests/faults/audit.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "common/json/value.hpp"
#include "common/objects/open.hpp"
#include "common/store/database.hpp"
#include "queues/broker.hpp"
#include "queues/messages/task_message.hpp"
#include "tests/e2e/support/sql.hpp"
#include "tests/support/protocol_audit.hpp"

namespace atelier::faults {
namespace {

template <class T>
T must(Result<T> result, const std::string& what) {
    if (!result) throw std::runtime_error(what + ": " + result.error().message);
    return std::move(*result);
}

/// `results/{organization}/{job}/{task}/{fence}/NAME`
std::vector<std::string> segments(const std::string& key) {
    std::vector<std::string> parts(1);
    for (const char c : key)
        if (c == '/')
            parts.emplace_back();
        else
            parts.back() += c;
    return parts;
}

/// Every string of `value` that is a result's key, with the `size` that stands beside it (-1: none).
void collect_keys(const json::Value& value, std::map<std::string, std::int64_t>& keys) {
    if (value.is_array())
        for (const json::Value& item : value.array())
            collect_keys(item, keys);
    if (!value.is_object()) return;
    for (const auto& [name, member] : value.object()) {
        if (member.is_string() && member.as_string().starts_with("results/"))
            keys[member.as_string()] = value["size"].is_int() ? value["size"].as_int() : -1;
        else
            collect_keys(member, keys);
    }
}

class Audit {
  public:
    explicit Audit(const System& system) : system_(system), sql_(system.database_url) {}

    Findings findings;

    void count() {
        findings.jobs = sql_.number("SELECT count(*) FROM jobs");
        findings.completed = sql_.number("SELECT count(*) FROM jobs WHERE state = 'completed'");
        findings.failed = sql_.number("SELECT count(*) FROM jobs WHERE state = 'failed'");
        findings.cancelled = sql_.number("SELECT count(*) FROM jobs WHERE state = 'cancelled'");
        findings.repeated = sql_.number("SELECT count(*) FROM tasks WHERE fence > 1");
        findings.twice = sql_.number(
            "SELECT count(*) FROM (SELECT job_id FROM job_events WHERE type = 'job:completed'"
            " GROUP BY job_id HAVING count(*) > 1) AS repeated");
    }

    void jobs(const std::vector<std::string>& accepted) {
        std::map<std::string, std::string> states;
        for (const auto& row : sql_.rows("SELECT id, state FROM jobs"))
            states[row[0]] = row[1];
        for (const auto& [id, state] : states)
            if (state == "queued" || state == "running") breach("job " + id + " has not ended: " + state);
        for (const std::string& id : accepted) {
            const auto known = states.find(id);
            if (known == states.end()) breach("job " + id + " was accepted and is unknown");
            if (known == states.end() || known->second == "queued" || known->second == "running")
                ++findings.lost;
        }
        const std::set<std::string> distinct(accepted.begin(), accepted.end());
        if (distinct.size() != accepted.size()) breach("two orders were answered with one job");
        for (const auto& [id, state] : states)
            if (!distinct.contains(id)) breach("job " + id + " was never answered with 202");
    }

    void protocol() {
        const auto database = must(store::Database::open({.url = system_.database_url}), "database");
        for (const std::string& told : testing::audit_protocol(*database))
            breach(told);
    }

    void objects() {
        const auto store =
            must(objects::open_store({.url = system_.objects_url, .signing_secret = std::string(40, 's')}),
                 "object store");
        std::map<std::string, std::int64_t> named = named_keys();
        std::string after;
        for (;;) {
            const auto page = must(store->list("results/", 1000, after), "object store");
            for (const objects::ObjectInfo& object : page)
                judge(object, named);
            if (page.size() < 1000) break;
            after = page.back().key;
        }
        for (const auto& [key, size] : named)
            breach("a finished task names an object that is not there: " + key);
    }

    void messages() {
        const auto broker = must(queues::open_broker({.url = system_.broker_url}), "broker");
        for (const queues::StageDepth& depth : must(broker->depths(), "broker")) {
            const std::string stage(queues::to_string(depth.stage));
            if (depth.primary + depth.priority > 0)
                breach(std::to_string(depth.primary + depth.priority) + " messages are left for " + stage);
            dead_letters(*broker, depth);
        }
        if (strangers_ > 0)
            breach(std::to_string(strangers_) + " expected strangers are not among the dead letters");
    }

  private:
    void breach(std::string told) { findings.breaches.push_back(std::move(told)); }

    std::map<std::string, std::int64_t> named_keys() {
        std::map<std::string, std::int64_t> keys;
        for (const auto& row : sql_.rows(
                 "SELECT output, '/' || id || '/' || fence || '/' FROM tasks WHERE state = 'done' AND output"
                 " LIKE '%results/%'")) {
            std::map<std::string, std::int64_t> named;
            collect_keys(must(json::parse(row[0]), "output"), named);
            for (const auto& [key, size] : named)
                if (key.find(row[1]) != std::string::npos) keys[key] = size;
        }
        for (const auto& row :
             sql_.rows("SELECT object_key, coalesce(preview_key, object_key) FROM generated_assets"))
            for (const std::string& key : row)
                keys.try_emplace(key, -1);
        return keys;
    }

    /// Takes the object's key out of `named`.
    void judge(const objects::ObjectInfo& object, std::map<std::string, std::int64_t>& named) {
        const auto found = named.find(object.key);
        if (found == named.end())
            return breach("an orphaned result: " + object.key + fate_of_task(object.key));
        if (found->second >= 0 && found->second != object.size)
            breach("a result of " + std::to_string(object.size) + " bytes instead of " +
                   std::to_string(found->second) + ": " + object.key);
        named.erase(found);
    }

    std::string fate_of_task(const std::string& key) {
        const auto parts = segments(key);
        if (parts.size() < 5) return "";
        const auto rows = sql_.rows(
            "SELECT t.state, t.fence, j.state FROM tasks t JOIN jobs j ON j.id = t.job_id"
            " WHERE t.id = '" +
            parts[3] + "'");
        if (rows.empty()) return " (no such task)";
        return " (task " + rows[0][0] + " with fence " + rows[0][1] + ", job " + rows[0][2] + ")";
    }

    void dead_letters(queues::Broker& broker, const queues::StageDepth& depth) {
        const std::string stage(queues::to_string(depth.stage));
        std::set<std::string> dead;
        for (const auto& row :
             sql_.rows("SELECT id FROM tasks WHERE state = 'dead' AND stage = '" + stage + "'"))
            dead.insert(row[0]);
        for (const queues::DeadLetter& letter :
             must(broker.browse_dead(depth.stage, std::max<std::size_t>(depth.dead, 1)), "broker")) {
            const auto message = queues::parse_task_message(letter.body);
            if ((!message || dead.erase(message->task_id) == 0) && --strangers_ < 0)
                breach("a dead letter of " + stage + " that no dead task explains (" + letter.reason +
                       "): " + letter.message_id);
        }
        for (const std::string& task : dead)
            breach("no dead letter stands for the dead task " + task);
    }

    const System& system_;
    e2e::Sql sql_;
    int strangers_ = system_.strangers;
};

}  // namespace

std::string Findings::text() const {
    std::string lines;
    for (std::size_t i = 0; i < std::min<std::size_t>(breaches.size(), 20); ++i)
        lines += breaches[i] + "\n";
    if (breaches.size() > 20) lines += "… and " + std::to_string(breaches.size() - 20) + " more\n";
    return lines;
}

Findings audit(const System& system, const std::vector<std::string>& accepted) {
    Audit audit(system);
    audit.count();
    audit.jobs(accepted);
    audit.protocol();
    if (!system.objects_url.empty()) audit.objects();
    audit.messages();
    return std::move(audit.findings);
}

}  // namespace atelier::faults
