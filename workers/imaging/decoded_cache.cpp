#include "workers/imaging/decoded_cache.hpp"

#include <algorithm>
#include <exception>

namespace atelier::imaging {

DecodedCache::EntryPtr DecodedCache::find(const std::string& key) {
    const auto found =
        std::find_if(entries_.begin(), entries_.end(), [&](const EntryPtr& e) { return e->key == key; });
    if (found == entries_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found);
    return entries_.front();
}

Result<Image> DecodedCache::get(const std::string& key, const Make& make) {
    std::unique_lock lock(mutex_);
    if (EntryPtr entry = find(key)) {
        ready_.wait(lock, [&] { return entry->is_ready; });
        return entry->value;
    }
    auto entry = std::make_shared<Entry>(Entry{key});
    entries_.push_front(entry);
    lock.unlock();
    // Whatever happens, those who wait for this entry must be released.
    Result<Image> value = internal("The picture could not be made.");
    std::exception_ptr thrown;
    try {
        value = make();
    } catch (...) {
        thrown = std::current_exception();
    }
    settle(entry, value);
    if (thrown) std::rethrow_exception(thrown);
    return value;
}

void DecodedCache::settle(const EntryPtr& entry, Result<Image> value) {
    const std::lock_guard lock(mutex_);
    entry->value = std::move(value);
    entry->is_ready = true;
    if (entry->value.has_value())
        bytes_ += entry->value->bytes();
    else
        entries_.remove(entry);
    evict();
    ready_.notify_all();
}

void DecodedCache::evict() {
    for (auto it = entries_.end(); bytes_ > budget_ && it != std::next(entries_.begin());) {
        --it;
        if (!(*it)->is_ready) continue;
        bytes_ -= (*it)->value->bytes();
        it = entries_.erase(it);
    }
}

std::size_t DecodedCache::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

}  // namespace atelier::imaging
