#include "ops/benchmarks/load/http_load.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <random>
#include <stdexcept>
#include <string_view>

#include "ops/benchmarks/load/answer.hpp"
#include "ops/benchmarks/load/figures.hpp"
#include "ops/benchmarks/load/socket.hpp"

namespace atelier::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kZeros = "000000000000";

std::string run_name() {
    std::random_device random;
    return std::to_string(random()) + "-" + std::to_string(random()) + "-";
}

struct Client {
    explicit Client(std::uint16_t port) : socket(port) { socket.set_blocking(false); }

    Socket socket;
    std::string answer;
    Clock::time_point sent;
};

class Round {
  public:
    Round(const LoadSettings& settings, Requests& requests)
        : settings_(settings), requests_(requests), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}
    ~Round() { ::close(epoll_); }
    Round(const Round&) = delete;

    LoadRound run();

  private:
    void connect();
    void ask(Client& client, Clock::time_point now);
    void read(Client& client);
    bool is_over() const {
        return settings_.count > 0 ? milliseconds_.size() >= settings_.count : last_ >= end_;
    }

    const LoadSettings& settings_;
    Requests& requests_;
    int epoll_;
    std::vector<std::unique_ptr<Client>> clients_;
    Clock::time_point begin_, end_, last_;
    std::size_t asked_ = 0;
    std::vector<double> milliseconds_;
};

void Round::connect() {
    for (int i = 0; i < settings_.connections; ++i) {
        auto& client = clients_.emplace_back(std::make_unique<Client>(settings_.port));
        epoll_event event{EPOLLIN, {.ptr = client.get()}};
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, client->socket.number(), &event);
    }
}

void Round::ask(Client& client, Clock::time_point now) {
    if (settings_.count > 0 && asked_ == settings_.count) return;
    ++asked_;
    client.sent = now;
    client.socket.send(requests_.next());
}

void Round::read(Client& client) {
    if (!client.socket.receive(client.answer)) return;
    const Answer answer = complete_answer(client.answer);
    if (answer.length == 0) return;
    if (answer.status != settings_.status)
        throw std::runtime_error("an answer that was not expected: " + client.answer.substr(0, 600));
    client.answer.clear();
    last_ = Clock::now();
    if (last_ >= begin_)
        milliseconds_.push_back(std::chrono::duration<double, std::milli>(last_ - client.sent).count());
    ask(client, last_);
}

LoadRound Round::run() {
    connect();
    begin_ = Clock::now();
    if (settings_.count == 0) begin_ += settings_.warm_up;
    end_ = begin_ + settings_.measured;
    for (auto& client : clients_)
        ask(*client, Clock::now());
    std::array<epoll_event, 64> events{};
    while (!is_over()) {
        const int ready = ::epoll_wait(epoll_, events.data(), events.size(), 10'000);
        if (ready == 0) throw std::runtime_error("the server answered nothing for 10 s");
        for (int i = 0; i < ready; ++i)
            read(*static_cast<Client*>(events[static_cast<std::size_t>(i)].data.ptr));
    }
    const double seconds = std::chrono::duration<double>(last_ - begin_).count();
    return {static_cast<double>(milliseconds_.size()) / seconds, percentile(milliseconds_, 0.5),
            percentile(milliseconds_, 0.99)};
}

}  // namespace

Requests::Requests(const Shape& shape) {
    const std::string run = run_name();
    for (const std::string& path : shape.paths) {
        std::string text = shape.method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
        if (!shape.token.empty()) text += "Authorization: Bearer " + shape.token + "\r\n";
        std::size_t counter_at = 0;
        if (shape.fresh_keys) {
            text += "Idempotency-Key: " + run + std::string(kZeros);
            counter_at = text.size() - 1;
            text += "\r\n";
        }
        if (!shape.body.empty())
            text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(shape.body.size()) +
                    "\r\n";
        ready_.push_back(text + "\r\n" + shape.body);
        counter_at_.push_back(counter_at);
    }
}

const std::string& Requests::next() {
    const std::size_t turn = sent_++ % ready_.size();
    std::string& request = ready_[turn];
    if (std::size_t at = counter_at_[turn])
        for (std::uint64_t rest = sent_; rest > 0; rest /= 10)
            request[at--] = static_cast<char>('0' + rest % 10);
    return request;
}

LoadRound run_round(const LoadSettings& settings, Requests& requests) {
    return Round(settings, requests).run();
}

}  // namespace atelier::bench
