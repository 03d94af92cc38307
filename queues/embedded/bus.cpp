#include "queues/embedded/bus.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace atelier::queues::embedded {

struct Bus::Members {
    std::mutex mutex;
    std::vector<Mailbox*> mailboxes;
    bool closed = false;
};

class Bus::Mailbox : public Subscription {
  public:
    Mailbox(std::shared_ptr<Members> members, Handler handler, std::function<void()> on_gap,
            std::size_t max_length)
        : members_(std::move(members)),
          handler_(std::move(handler)),
          on_gap_(std::move(on_gap)),
          max_length_(max_length) {
        std::lock_guard lock(members_->mutex);
        members_->mailboxes.push_back(this);
        thread_ = std::thread([this] { run(); });
    }

    ~Mailbox() override {
        {
            std::lock_guard lock(members_->mutex);
            std::erase(members_->mailboxes, this);
        }
        {
            std::lock_guard lock(mutex_);
            ending_ = true;
        }
        filled_.notify_one();
        thread_.join();
    }

    void put(std::string_view topic, std::string_view payload) {
        {
            std::lock_guard lock(mutex_);
            if (letters_.size() >= max_length_) {
                letters_.pop_front();
                gap_ = true;
            }
            letters_.push_back({std::string(topic), std::string(payload)});
        }
        filled_.notify_one();
    }

  private:
    struct Letter {
        std::string topic, payload;
    };

    void run() {
        std::unique_lock lock(mutex_);
        for (;;) {
            filled_.wait(lock, [&] { return ending_ || !letters_.empty(); });
            if (ending_) return;
            const Letter letter = std::move(letters_.front());
            letters_.pop_front();
            const bool gap = std::exchange(gap_, false);
            lock.unlock();
            if (gap && on_gap_) on_gap_();
            handler_(letter.topic, letter.payload);
            lock.lock();
        }
    }

    const std::shared_ptr<Members> members_;
    const Handler handler_;
    const std::function<void()> on_gap_;
    const std::size_t max_length_;
    std::mutex mutex_;
    std::condition_variable filled_;
    std::deque<Letter> letters_;
    bool gap_ = false, ending_ = false;
    std::thread thread_;
};

Bus::Bus() : members_(std::make_shared<Members>()) {}
Bus::~Bus() = default;

void Bus::publish(std::string_view topic, std::string_view payload) {
    std::lock_guard lock(members_->mutex);
    if (members_->closed) return;
    for (Mailbox* mailbox : members_->mailboxes)
        mailbox->put(topic, payload);
}

std::unique_ptr<Subscription> Bus::subscribe(Handler handler, std::function<void()> on_gap,
                                             std::size_t max_length) {
    return std::make_unique<Mailbox>(members_, std::move(handler), std::move(on_gap), max_length);
}

void Bus::close() {
    std::lock_guard lock(members_->mutex);
    members_->closed = true;
}

}  // namespace atelier::queues::embedded
