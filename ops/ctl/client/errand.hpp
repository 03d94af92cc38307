#pragma once
// What every command does that works through the API of a server: signing in, waiting for a job, saying what
// went wrong.

#include <string>
#include <string_view>

#include "ops/ctl/client/api.hpp"
#include "ops/ctl/client/follow.hpp"

namespace atelier::ctl {

inline constexpr int kUnreachable = 3;  ///< the exit code when the server cannot be reached

/// The same error, saying what was being done.
Error during(const std::string& what, Error error);

/// On stderr: the message and every detail. Returns the exit code.
int tell(std::string_view command, const Error& error, int exit_code);

/// Signs in, or registers a fresh user of a fresh organization and prints its password.
Result<void> enter(Api& api, const std::string& command, const std::string& email,
                   const std::string& password);

/// Follows the job to its end. Error: why it failed, or that it was cancelled.
Result<json::Value> complete_job(Api& api, const std::string& job_id, const OnEvent& on_event);

/// Asks once more: a full disk ends a transfer just as a lost server does.
bool is_away(Api& api);

}  // namespace atelier::ctl
