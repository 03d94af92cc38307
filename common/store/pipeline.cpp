#include "common/store/pipeline.hpp"

#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include <memory>
#include <optional>

namespace atelier::store {
namespace {

using Failure = soci::postgresql_soci_error;
using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

Failure lost(PGconn* connection) {
    return {PQerrorMessage(connection), "08006"};
}

void send(PGconn* connection, const Piped& statement) {
    std::vector<const char*> values;
    for (const std::string& parameter : statement.parameters)
        values.push_back(parameter.c_str());
    const int count = static_cast<int>(values.size());
    const char* name = statement.prepared.c_str();
    bool sent = true;
    if (statement.is_new) sent = PQsendPrepare(connection, name, statement.text.c_str(), 0, nullptr);
    if (statement.prepared.empty())
        sent = sent && PQsendQueryParams(connection, statement.text.c_str(), count, nullptr, values.data(),
                                         nullptr, nullptr, 0);
    else
        sent = sent && PQsendQueryPrepared(connection, name, count, values.data(), nullptr, nullptr, 0);
    if (!sent) throw lost(connection);
}

/// The answer to one thing sent; its command tag. Notes the first failure.
std::string receive(PGconn* connection, std::optional<Failure>& failure) {
    const Answer answer(PQgetResult(connection), &PQclear);
    if (!answer) throw lost(connection);
    const ExecStatusType status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && !failure) {
        const char* state = PQresultErrorField(answer.get(), PG_DIAG_SQLSTATE);
        failure.emplace(PQresultErrorMessage(answer.get()), state ? state : "08006");
    }
    while (Answer rest{PQgetResult(connection), &PQclear}) {
    }
    return PQcmdStatus(answer.get());
}

}  // namespace

std::string run_pipeline(soci::session& session, const std::vector<Piped>& statements) {
    PGconn* connection = static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
    if (!PQenterPipelineMode(connection)) throw lost(connection);
    for (const Piped& statement : statements)
        send(connection, statement);
    if (!PQpipelineSync(connection)) throw lost(connection);
    std::optional<Failure> failure;
    std::string tag;
    for (const Piped& statement : statements) {
        if (statement.is_new) receive(connection, failure);
        tag = receive(connection, failure);
    }
    const Answer end(PQgetResult(connection), &PQclear);
    if (!end || PQresultStatus(end.get()) != PGRES_PIPELINE_SYNC || !PQexitPipelineMode(connection))
        throw failure ? *failure : lost(connection);
    if (failure) throw *failure;
    return tag;
}

}  // namespace atelier::store
