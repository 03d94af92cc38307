#include "tests/support/drill/step.hpp"

#include <signal.h>
#include <time.h>

#include "common/async/stop_token.hpp"

namespace atelier::drill {
namespace {

using std::chrono::milliseconds;

std::int64_t number(const json::Value& input, std::string_view name, std::int64_t otherwise = 0) {
    return input[name].is_int() ? input[name].as_int() : otherwise;
}

/// Processor time of this thread.
std::int64_t used_us() {
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return used.tv_sec * 1'000'000 + used.tv_nsec / 1'000;
}

void work(std::int64_t us) {
    for (const std::int64_t until = used_us() + us; us > 0 && used_us() < until;) {
    }
}

void sleep(runtime::StepContext& context, std::string_view name) {
    if (const std::int64_t pause = number(context.input(), name); pause > 0)
        (void)async::sleep_for(context.stop_token(), milliseconds(pause));
}

bool fails(const runtime::StepContext& context) {
    return context.input().has("fail") &&
           context.claim().attempt <= number(context.input(), "fail_times", context.claim().attempt);
}

runtime::StepFate failure(const std::string& how) {
    if (how == "crash") ::raise(SIGKILL);
    const Error told = unavailable("The drill said so.");
    if (how == "transient") return runtime::Retry{told};
    return runtime::Fail{told};
}

runtime::StepFate drill(runtime::StepContext& context) {
    const json::Value& input = context.input();
    sleep(context, "sleep_ms");
    work(number(input, "work_us"));
    json::Value output = json::Object{};
    if (const std::int64_t size = number(input, "write"); size > 0) {
        const std::string key = context.result_key("drill.bin");
        const auto stored = context.objects().put(key, std::string(static_cast<std::size_t>(size), 'd'),
                                                  "application/octet-stream");
        if (!stored) return runtime::fate_of(stored.error());
        output.set("object_key", key).set("size", size);
    }
    sleep(context, "linger_ms");
    if (fails(context)) return failure(input["fail"].as_string());
    if (context.cancelled()) return runtime::Retry{unavailable("The drill was told to stop.")};
    return runtime::Done{std::move(output)};
}

}  // namespace

runtime::StepTable steps() {
    return {{"drill", drill}, {"drill_each", drill}, {"drill_all", drill}};
}

}  // namespace atelier::drill
