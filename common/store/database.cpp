#include "common/store/database.hpp"

#include <fmt/format.h>
#include <soci/soci.h>

#include <chrono>
#include <mutex>
#include <thread>

#include "common/log/log.hpp"
#include "common/store/connection.hpp"
#include "common/store/migrations.hpp"
#include "common/store/turnstile.hpp"
#include "common/store/watchdog.hpp"

namespace atelier::store {
namespace {

constexpr int kAttempts = 6;

void wait_before_retry(int attempt) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5 << attempt));
}

void begin(soci::session& session, Dialect dialect, bool writes) {
    if (dialect == Dialect::postgresql) {
        execute(session, writes ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    } else {
        execute(session, writes ? "PRAGMA query_only=0; BEGIN IMMEDIATE" : "PRAGMA query_only=1; BEGIN");
    }
}

// PostgreSQL answers the COMMIT of a failed transaction with a quiet ROLLBACK.
void commit(Session& session) {
    if (session.commit() == "ROLLBACK") {
        throw std::logic_error("a statement failed in this transaction and its error was ignored");
    }
}

/// False when the session is of no more use.
bool rolled_back(Session& session) {
    try {
        session.rollback();
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

Error to_error(Fault fault, const std::string& message) {
    switch (fault) {
        case Fault::unique_violation:
            return conflict("Something with the same unique value exists already.");
        case Fault::transient:
        case Fault::lost:
        case Fault::unavailable:
            break;
        case Fault::other:
            log::error("Database: {}", message);
            return internal("The database refused a statement.");
    }
    log::warning("Database: {}", message);
    return unavailable("The database cannot do this now.");
}

}  // namespace

struct Database::Impl {
    Impl(Endpoint where, const DatabaseSettings& settings)
        : endpoint(std::move(where)),
          acquire_timeout(settings.acquire_timeout_ms),
          sessions(settings.pool_size),
          writer(1),
          watchdog(std::chrono::milliseconds(settings.silence_timeout_ms)) {}

    /// A finished attempt, or a reason to make another.
    struct Attempt {
        Result<void> outcome;
        bool again = false;
        bool spent = false;  ///< the session is of no more use
    };
    using Work = std::function<bool(soci::session&)>;

    Attempt attempt(bool writes, const Work& work, Turnstile::Deadline deadline);
    Attempt attempt_in_turn(bool writes, const Work& work, Turnstile::Deadline deadline);
    Attempt attempt_watched(Session& session, bool writes, const Work& work);
    Attempt attempt_on(Session& session, bool writes, const Work& work);
    Attempt judge(Session& session, const std::exception& failure, bool committing);
    std::unique_ptr<Session> take_idle();
    void put_back(std::unique_ptr<Session> session);
    void drop_idle();

    const Endpoint endpoint;
    const std::chrono::milliseconds acquire_timeout;
    Turnstile sessions, writer;
    Watchdog watchdog;
    std::mutex mutex;
    std::vector<std::unique_ptr<Session>> idle;
};

std::unique_ptr<Session> Database::Impl::take_idle() {
    const std::lock_guard lock(mutex);
    if (idle.empty()) return nullptr;
    auto session = std::move(idle.back());
    idle.pop_back();
    return session;
}

void Database::Impl::put_back(std::unique_ptr<Session> session) {
    if (!session) return;
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(session));
}

void Database::Impl::drop_idle() {
    std::vector<std::unique_ptr<Session>> dropped;
    const std::lock_guard lock(mutex);
    dropped.swap(idle);
}

// Writers queue before they take a session, so that they never keep readers from one.
Database::Impl::Attempt Database::Impl::attempt(bool writes, const Work& work, Turnstile::Deadline deadline) {
    if (!writes || endpoint.dialect != Dialect::sqlite) return attempt_in_turn(writes, work, deadline);
    if (!writer.enter(deadline)) return {unavailable("Too many writers wait for the database.")};
    Attempt made = attempt_in_turn(writes, work, deadline);
    writer.leave();
    return made;
}

Database::Impl::Attempt Database::Impl::attempt_in_turn(bool writes, const Work& work,
                                                        Turnstile::Deadline deadline) {
    if (!sessions.enter(deadline)) return {unavailable("All database sessions are in use.")};
    Attempt made;
    std::unique_ptr<Session> session = take_idle();
    try {
        if (!session) session = connect(endpoint);
        made = attempt_watched(*session, writes, work);
    } catch (const std::exception& failure) {
        log::warning("Cannot open a database session: {}", message_of(failure));
        made = {unavailable("The database cannot be reached."), true};
    }
    if (made.spent) session.reset();
    put_back(std::move(session));
    sessions.leave();
    return made;
}

Database::Impl::Attempt Database::Impl::attempt_watched(Session& session, bool writes, const Work& work) {
    const int socket = socket_of(session);
    if (socket < 0) return attempt_on(session, writes, work);
    const Watchdog::Watch watch(watchdog, socket);
    return attempt_on(session, writes, work);
}

Database::Impl::Attempt Database::Impl::attempt_on(Session& session, bool writes, const Work& work) {
    bool committing = false;
    try {
        begin(session, endpoint.dialect, writes);
        if (!work(session)) return {.spent = !rolled_back(session)};
        committing = true;
        commit(session);
        return {};
    } catch (const std::exception& failure) {
        return judge(session, failure, committing);
    } catch (...) {
        return judge(session, std::runtime_error("an exception of unknown type"), committing);
    }
}

Database::Impl::Attempt Database::Impl::judge(Session& session, const std::exception& failure,
                                              bool committing) {
    const Fault fault = classify(failure, session);
    if (fault == Fault::lost) drop_idle();  // what ended this one has most likely ended them all
    const bool spent = fault == Fault::lost || !rolled_back(session);
    const bool again = fault == Fault::transient || (fault == Fault::lost && !committing);
    return {to_error(fault, message_of(failure)), again, spent};
}

std::vector<FieldError> DatabaseSettings::check() const {
    std::vector<FieldError> wrong;
    if (const auto endpoint = parse_url(url); endpoint.has_error()) wrong = endpoint.error().details;
    if (pool_size < 1 || pool_size > 200)
        wrong.push_back({"pool_size", "range", "The pool holds 1 to 200 sessions."});
    if (acquire_timeout_ms < 1) wrong.push_back({"acquire_timeout_ms", "minimum", "It must be positive."});
    if (silence_timeout_ms < 1) wrong.push_back({"silence_timeout_ms", "minimum", "It must be positive."});
    return wrong;
}

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const DatabaseSettings& settings) {
    if (auto wrong = settings.check(); !wrong.empty()) return invalid(std::move(wrong));
    std::unique_ptr<Database> database(
        new Database(std::make_unique<Impl>(std::move(*parse_url(settings.url)), settings)));
    const Result<void> current =
        database->read([&](soci::session& session) { return check_schema(session, database->dialect()); });
    if (current.has_error()) return current.error();
    return database;
}

Dialect Database::dialect() const {
    return impl_->endpoint.dialect;
}

Result<void> Database::transact(bool writes, const std::function<bool(soci::session&)>& work) {
    const auto deadline = std::chrono::steady_clock::now() + impl_->acquire_timeout;
    for (int attempt = 1;; ++attempt) {
        Impl::Attempt made = impl_->attempt(writes, work, deadline);
        if (!made.again || attempt == kAttempts || std::chrono::steady_clock::now() > deadline)
            return made.outcome;
        wait_before_retry(attempt);
    }
}

Result<void> Database::ping() {
    return read([](soci::session& session) -> Result<void> {
        now_ms(session);
        return {};
    });
}

std::int64_t now_ms(soci::session& session) {
    long long now = 0;
    session << "SELECT atelier_now()", soci::into(now);
    return now;
}

std::string_view for_update(soci::session& session) {
    return session.get_backend_name() == "postgresql" ? " FOR NO KEY UPDATE" : "";
}

}  // namespace atelier::store
