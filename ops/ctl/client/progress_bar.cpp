#include "ops/ctl/client/progress_bar.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace atelier::ctl {
namespace {

constexpr int kBarWidth = 28;
constexpr int kTellEvery = 10;  // per cent, where nothing can be redrawn

}  // namespace

ProgressBar::ProgressBar(std::string step, std::string things, int total)
    : step_(std::move(step)), things_(std::move(things)), total_(total), terminal_(isatty(STDOUT_FILENO)) {}

void ProgressBar::show(const json::Value& event) {
    if (event["step"].as_string() == step_) ++done_;
    phase_ = event["phase"].string_or(phase_);
    percent_ = std::max(percent_, static_cast<int>(event["progress"].as_int(percent_)));
    if (terminal_)
        draw();
    else
        tell();
}

std::string ProgressBar::counted() const {
    return total_ > 0 ? fmt::format("{}/{} {}", done_, total_, things_)
                      : fmt::format("{} {}", done_, things_);
}

void ProgressBar::draw() {
    const int filled = kBarWidth * percent_ / 100;
    std::string bar;
    for (int i = 0; i < kBarWidth; ++i)
        bar += i < filled ? "█" : "░";
    fmt::print("\r\x1b[2K{:<12} {} {:>3} %  {}  {:.0f} s", phase_, bar, percent_, counted(), seconds());
    std::fflush(stdout);
}

void ProgressBar::tell() {
    if (phase_ == told_phase_ && percent_ < told_percent_ + kTellEvery) return;
    told_phase_ = phase_;
    told_percent_ = percent_;
    fmt::print("{:<12} {:>3} %  {}\n", phase_, percent_, counted());
    std::fflush(stdout);
}

void ProgressBar::finish(const json::Value& last_event) {
    const json::Value& result = last_event["result"];
    done_ = static_cast<int>(result["pictures"].as_int(result["photos"].as_int(done_)));
    if (terminal_) fmt::print("\r\x1b[2K");
    fmt::print("{:<12}        {} in {:.1f} s\n", last_event["state"].string_or("ended"), counted(),
               seconds());
    std::fflush(stdout);
}

double ProgressBar::seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
}

}  // namespace atelier::ctl
