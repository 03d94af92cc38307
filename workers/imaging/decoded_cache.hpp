#pragma once
// Decoded photos shared by the tasks of one worker, so that the formats of one photo decode it once.

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <string>

#include "common/errors/error.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::imaging {

/// Thread-safe, least recently used first out. Bounded by the pixels' bytes, except that the last picture
/// stays however large it is: the next task most likely wants it again. Those who want the same picture at
/// the same time make it once; the others wait.
class DecodedCache {
  public:
    explicit DecodedCache(std::size_t byte_budget) : budget_(byte_budget) {}

    using Make = std::function<Result<Image>()>;
    /// `make` runs outside the lock and may itself call get for another key. A failure goes to everyone who
    /// waits for it and is not kept.
    Result<Image> get(const std::string& key, const Make& make);

    std::size_t bytes() const;

  private:
    struct Entry {
        std::string key;
        bool is_ready = false;
        Result<Image> value = Image{};
    };
    using EntryPtr = std::shared_ptr<Entry>;

    EntryPtr find(const std::string& key);
    void settle(const EntryPtr& entry, Result<Image> value);
    void evict();

    mutable std::mutex mutex_;
    std::condition_variable ready_;
    std::list<EntryPtr> entries_;  ///< most recently used first
    std::size_t budget_;
    std::size_t bytes_ = 0;
};

}  // namespace atelier::imaging
