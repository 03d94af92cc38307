#include "workers/imaging/decoded_cache.hpp"

#include <algorithm>
#include <exception>

namespace atelier::imaging {

DecodedCache::EntryPtr DecodedCache::find(const std::string& key, int shrink) {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const EntryPtr& e) { return e->key == key && e->shrink <= shrink; });
    if (found == entries_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found);
    return entries_.front();
}

Result<Decoded> DecodedCache::get(const std::string& key, int shrink, const Decode& decode) {
    std::unique_lock lock(mutex_);
    if (EntryPtr entry = find(key, shrink)) {
        ready_.wait(lock, [&] { return entry->is_ready; });
        return entry->value;
    }
    auto entry = std::make_shared<Entry>(Entry{key, shrink});
    entries_.push_front(entry);
    lock.unlock();
    // Whatever happens, those who wait for this entry must be released.
    Result<Decoded> value = internal("The picture could not be decoded.");
    std::exception_ptr thrown;
    try {
        value = decode();
    } catch (...) {
        thrown = std::current_exception();
    }
    settle(entry, value);
    if (thrown) std::rethrow_exception(thrown);
    return value;
}

void DecodedCache::settle(const EntryPtr& entry, Result<Decoded> value) {
    const std::lock_guard lock(mutex_);
    entry->value = std::move(value);
    entry->is_ready = true;
    if (entry->value.has_value())
        bytes_ += entry->value->image.bytes();
    else
        entries_.remove(entry);
    evict();
    ready_.notify_all();
}

void DecodedCache::evict() {
    for (auto it = entries_.end(); bytes_ > budget_ && it != entries_.begin();) {
        --it;
        if (!(*it)->is_ready) continue;
        bytes_ -= (*it)->value->image.bytes();
        it = entries_.erase(it);
    }
}

std::size_t DecodedCache::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

}  // namespace atelier::imaging
