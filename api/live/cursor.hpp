#pragma once
// How far one reader has come in one job's events. Pure logic, so that its races can be tested as plain
// calls.
//
// Live events are hints that may be lost, repeated or reordered; the history is the truth. The next event in
// order is taken, an old one is dropped, and a later one only tells that history has to be read from
// `last()`.

#include <algorithm>
#include <cstdint>

namespace atelier::api::live {

class Cursor {
  public:
    explicit Cursor(std::int64_t after) : last_(after), known_(after) {}

    enum class Verdict { take, old, gap };

    Verdict offer_live(std::int64_t seq) {
        known_ = std::max(known_, seq);
        if (seq <= last_) return Verdict::old;
        return seq == last_ + 1 ? take(seq) : Verdict::gap;
    }
    /// History is complete up to its end, so a number that it skips will never come.
    Verdict offer_history(std::int64_t seq) { return seq <= last_ ? Verdict::old : take(seq); }

    /// The reader could not take all that history had.
    void more_in_history(bool more) { more_ = more; }
    /// Whether history has to be read before live events can follow.
    bool behind() const { return more_ || known_ > last_; }
    std::int64_t last() const { return last_; }

  private:
    Verdict take(std::int64_t seq) {
        last_ = seq;
        known_ = std::max(known_, seq);
        return Verdict::take;
    }

    std::int64_t last_;
    std::int64_t known_;  ///< the greatest seq ever heard of
    bool more_ = false;
};

}  // namespace atelier::api::live
