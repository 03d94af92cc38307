#include "ops/ctl/generate/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace atelier::ctl {

void Timeline::add(const json::Value& event) {
    end_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
    if (!event.has("step")) return;
    const std::string& step = event["step"].as_string();
    auto row = std::find_if(rows_.begin(), rows_.end(), [&](const Row& r) { return r.step == step; });
    if (row == rows_.end()) row = rows_.insert(rows_.end(), Row{.step = step, .first = end_});
    row->last = end_;
    ++row->tasks;
}

std::string Timeline::table() const {
    std::string out = fmt::format("{:<18} {:>10} {:>10} {:>6}\n", "step", "first (s)", "last (s)", "events");
    for (const Row& row : rows_)
        out += fmt::format("{:<18} {:>10.2f} {:>10.2f} {:>6}\n", row.step, row.first, row.last, row.tasks);
    return out + fmt::format("{:<18} {:>10} {:>10.2f}\n", "all", "", end_);
}

}  // namespace atelier::ctl
