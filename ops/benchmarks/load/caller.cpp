#include "ops/benchmarks/load/caller.hpp"

#include <stdexcept>

#include "ops/benchmarks/load/answer.hpp"

namespace atelier::bench {

void Caller::post(std::string_view path, std::string_view body) {
    std::string request = "POST " + std::string(path) +
                          " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token_ + "\r\n";
    if (!body.empty())
        request +=
            "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    else
        request += "Content-Length: 0\r\n";
    socket_.send(request + "\r\n" + std::string(body));
}

std::string Caller::answer() {
    Answer answer;
    while (!(answer = complete_answer(received_)).length)
        socket_.receive(received_);
    if (answer.status / 100 != 2) throw std::runtime_error("not what was asked for: " + received_);
    std::string body = received_.substr(answer.body_at, answer.length - answer.body_at);
    received_.erase(0, answer.length);
    return body;
}

std::string Caller::create_job(std::string_view body) {
    post("/api/v1/jobs", body);
    const std::string text = answer();
    constexpr std::string_view kMember = "\"job_id\":\"";
    const std::size_t at = text.find(kMember);
    if (at == std::string::npos) throw std::runtime_error("an answer without a job: " + text);
    const std::size_t from = at + kMember.size();
    return text.substr(from, text.find('"', from) - from);
}

}  // namespace atelier::bench
