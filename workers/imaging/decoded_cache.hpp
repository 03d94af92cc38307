#pragma once
// Decoded photos shared by the tasks of one worker, so that the formats of one photo decode it once.

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <string>

#include "workers/imaging/decode.hpp"

namespace atelier::imaging {

/// Thread-safe, least recently used first out, bounded by the pixels' bytes. Two callers that want the same
/// photo at the same time decode it once; the second waits. A picture larger than the whole budget is handed
/// out but not kept.
class DecodedCache {
  public:
    explicit DecodedCache(std::size_t byte_budget) : budget_(byte_budget) {}

    using Decode = std::function<Result<Decoded>()>;
    /// `key` names the bytes (their SHA-256); a picture cached at `shrink` or less serves. Otherwise calls
    /// `decode`, which must decode at `shrink`, outside the lock. A failure goes to everyone who waits for it
    /// and is not kept.
    Result<Decoded> get(const std::string& key, int shrink, const Decode& decode);

    std::size_t bytes() const;

  private:
    struct Entry {
        std::string key;
        int shrink = 1;
        bool is_ready = false;
        Result<Decoded> value = Decoded{};
    };
    using EntryPtr = std::shared_ptr<Entry>;

    EntryPtr find(const std::string& key, int shrink);
    void settle(const EntryPtr& entry, Result<Decoded> value);
    void evict();

    mutable std::mutex mutex_;
    std::condition_variable ready_;
    std::list<EntryPtr> entries_;  ///< most recently used first
    std::size_t budget_;
    std::size_t bytes_ = 0;
};

}  // namespace atelier::imaging
