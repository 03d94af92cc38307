#pragma once
// One connection that watches jobs: its bounded queue and its place in every job. Only the hub touches the
// inside.

#include <deque>
#include <functional>
#include <map>
#include <string>

#include "api/live/cursor.hpp"
#include "api/live/event.hpp"

namespace atelier::api::live {

/// What the connection writes next: an event, a message of the session's own, or the news that a job has no
/// more.
struct Delivery {
    enum class Kind { event, message, finished } kind = Kind::event;
    std::string job_id;
    EventPtr event;    ///< for events
    std::string text;  ///< for messages

    std::size_t bytes() const;
};

class Reader {
  public:
    /// `wake` is called, with the hub's lock held, whenever the queue got something or the reader was cut
    /// off: it may only post work elsewhere. After Hub::leave() it is never called again.
    Reader(std::function<void()> wake, std::size_t limit_bytes);

  private:
    friend class Hub;
    /// Replay fills half of the limit, so that live events still fit behind it.
    bool has_room_for(std::size_t bytes) const { return queue_.empty() || bytes_ + bytes < limit_ / 2; }
    void push(Delivery delivery);
    void cut_off();

    std::function<void()> wake_;
    std::size_t limit_;
    std::deque<Delivery> queue_;
    std::size_t bytes_ = 0;
    bool too_slow_ = false;
    std::map<std::string, Cursor, std::less<>> cursors_;
};

}  // namespace atelier::api::live
