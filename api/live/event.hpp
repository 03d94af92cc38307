#pragma once
// One thing that happened to a job, as watchers receive it.

#include <cstdint>
#include <memory>
#include <string>

namespace atelier::api::live {

struct Event {
    std::int64_t seq = 0;   ///< 1, 2, 3, … within its job
    std::string type;       ///< `job:progress`, `job:completed`, …
    std::string json;       ///< the whole message on one line, with its own type, job_id and seq
    bool terminal = false;  ///< nothing follows
};

using EventPtr = std::shared_ptr<const Event>;

}  // namespace atelier::api::live
