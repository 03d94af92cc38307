#include "api/live/hub.hpp"

#include <algorithm>

namespace atelier::api::live {

Hub::Hub(HubCallbacks callbacks, HubSettings settings)
    : callbacks_(std::move(callbacks)), settings_(settings) {}

Hub::~Hub() {
    stop();
}

void Hub::start() {
    next_full_round_ = std::chrono::steady_clock::now() + settings_.catch_up_every;
    catch_up_task_ = std::make_unique<async::PeriodicTask>(
        async::PeriodicTask::Options{"live-catch-up", settings_.catch_up_every}, [this] {
            const auto now = std::chrono::steady_clock::now();
            const bool all = now >= next_full_round_;
            if (all) next_full_round_ = now + settings_.catch_up_every;
            catch_up(all);
        });
}

void Hub::stop() {
    if (catch_up_task_) catch_up_task_->stop();
}

void Hub::note_gap(const std::string& job_id) {
    if (gaps_.insert(job_id).second && catch_up_task_) catch_up_task_->nudge();
}

void Hub::publish(const std::string& job_id, Event event) {
    const std::int64_t seq = event.seq;
    const bool terminal = event.terminal;
    const auto shared = std::make_shared<const Event>(std::move(event));
    std::lock_guard lock(mutex_);
    const auto job = jobs_.find(job_id);
    if (job == jobs_.end()) return;
    bool gap = false;
    for (const auto& reader : Watchers(job->second)) {  // a copy: finishing and cutting off change the list
        Cursor& cursor = reader->cursors_.at(job_id);
        switch (cursor.offer_live(seq)) {
            case Cursor::Verdict::old:
                break;
            case Cursor::Verdict::gap:
                gap = true;
                break;
            case Cursor::Verdict::take:
                reader->push({Delivery::Kind::event, job_id, shared, {}});
                if (reader->too_slow_) {
                    cut_off(*reader);
                } else if (terminal) {
                    finish(job_id, *reader);
                }
        }
    }
    if (gap) note_gap(job_id);
}

Result<void> Hub::allow(const http::Principal& principal, const std::string& job_id) const {
    return callbacks_.can_watch(principal, job_id);
}

Result<void> Hub::subscribe(const std::shared_ptr<Reader>& reader, const std::string& job_id,
                            std::int64_t after) {
    {
        std::lock_guard lock(mutex_);
        if (reader->cursors_.contains(job_id)) return conflict("This connection watches the job already.");
        if (reader->cursors_.size() >= settings_.jobs_per_reader) {
            return conflict("This connection watches too many jobs; unsubscribe from one first.");
        }
        reader->cursors_.emplace(job_id, Cursor(after)).first->second.more_in_history(true);
        jobs_[job_id].push_back(reader);
    }
    // A failure or a page that was not the last leaves the cursor behind: the next catch-up continues.
    if (read_history(job_id, true)) {
        std::lock_guard lock(mutex_);
        note_gap(job_id);
    }
    return {};
}

bool Hub::unsubscribe(Reader& reader, const std::string& job_id) {
    std::lock_guard lock(mutex_);
    if (reader.cursors_.erase(job_id) == 0) return false;
    forget(job_id, reader);
    return true;
}

void Hub::leave(Reader& reader) {
    std::lock_guard lock(mutex_);
    for (const auto& [job_id, cursor] : reader.cursors_)
        forget(job_id, reader);
    reader.cursors_.clear();
    reader.queue_.clear();
    reader.bytes_ = 0;
}

void Hub::send(Reader& reader, std::string text) {
    std::lock_guard lock(mutex_);
    reader.push({Delivery::Kind::message, {}, nullptr, std::move(text)});
    if (reader.too_slow_) cut_off(reader);
}

std::optional<Delivery> Hub::next(Reader& reader) {
    std::lock_guard lock(mutex_);
    if (reader.queue_.empty()) return std::nullopt;
    Delivery delivery = std::move(reader.queue_.front());
    reader.queue_.pop_front();
    reader.bytes_ -= delivery.bytes();
    if (reader.queue_.empty()) {
        for (const auto& [job_id, cursor] : reader.cursors_) {
            if (cursor.behind()) note_gap(job_id);
        }
    }
    return delivery;
}

bool Hub::too_slow(const Reader& reader) const {
    std::lock_guard lock(mutex_);
    return reader.too_slow_;
}

bool Hub::expects_events(const Reader& reader) const {
    std::lock_guard lock(mutex_);
    return !reader.cursors_.empty() ||
           std::any_of(reader.queue_.begin(), reader.queue_.end(),
                       [](const Delivery& delivery) { return delivery.kind == Delivery::Kind::event; });
}

std::size_t Hub::watched_jobs() const {
    std::lock_guard lock(mutex_);
    return jobs_.size();
}

void Hub::catch_up(bool all) {
    std::set<std::string> round;
    {
        std::lock_guard lock(mutex_);
        round.swap(gaps_);
        if (all) {
            for (const auto& [job_id, watchers] : jobs_)
                round.insert(job_id);
        }
    }
    for (const std::string& job_id : round) {
        if (!read_history(job_id, all)) continue;
        std::lock_guard lock(mutex_);
        note_gap(job_id);
    }
}

bool Hub::read_history(const std::string& job_id, bool even_if_current) {
    std::optional<std::int64_t> after;
    {
        std::lock_guard lock(mutex_);
        const auto job = jobs_.find(job_id);
        if (job == jobs_.end()) return false;
        for (const auto& reader : job->second) {
            const Cursor& cursor = reader->cursors_.at(job_id);
            if (!reader->has_room_for(0) || !(even_if_current || cursor.behind())) continue;
            after = std::min(after.value_or(cursor.last()), cursor.last());
        }
    }
    if (!after) return false;
    const auto page = callbacks_.history(job_id, *after, settings_.page);
    return page.has_value() && hand_out(job_id, *after, *page);
}

bool Hub::hand_out(const std::string& job_id, std::int64_t after, const HistoryPage& page) {
    std::vector<EventPtr> events;
    events.reserve(page.events.size());
    for (const Event& event : page.events)
        events.push_back(std::make_shared<const Event>(event));
    const bool full = page.events.size() >= settings_.page;

    std::lock_guard lock(mutex_);
    const auto job = jobs_.find(job_id);
    if (job == jobs_.end()) return false;
    bool unfinished = false;
    for (const auto& reader : Watchers(job->second)) {
        Cursor& cursor = reader->cursors_.at(job_id);
        if (cursor.last() < after) {  // joined while the page was read: it starts too late for this one
            unfinished = true;
            continue;
        }
        const std::int64_t before = cursor.last();
        bool stopped = false, ended = page.finished && !full;
        for (const EventPtr& event : events) {
            Delivery delivery{Delivery::Kind::event, job_id, event, {}};
            if (event->seq > cursor.last() && !reader->has_room_for(delivery.bytes())) {
                stopped = true;
                break;
            }
            if (cursor.offer_history(event->seq) != Cursor::Verdict::take) continue;
            reader->push(std::move(delivery));
            if (event->terminal) ended = true;
        }
        cursor.more_in_history(stopped || full);
        if (ended && !stopped) {
            finish(job_id, *reader);
        } else if (cursor.behind() && reader->has_room_for(0) && cursor.last() > before) {
            unfinished = true;
        }
    }
    return unfinished;
}

void Hub::finish(const std::string& job_id, Reader& reader) {
    reader.cursors_.erase(job_id);
    forget(job_id, reader);
    reader.push({Delivery::Kind::finished, job_id, nullptr, {}});
    if (reader.too_slow_) cut_off(reader);
}

void Hub::forget(const std::string& job_id, const Reader& reader) {
    const auto job = jobs_.find(job_id);
    if (job == jobs_.end()) return;
    std::erase_if(job->second, [&](const auto& watcher) { return watcher.get() == &reader; });
    if (job->second.empty()) jobs_.erase(job);
}

void Hub::cut_off(Reader& reader) {
    for (const auto& [job_id, cursor] : reader.cursors_)
        forget(job_id, reader);
    reader.cursors_.clear();
}

}  // namespace atelier::api::live
