#include "ops/ctl/client/errand.hpp"

#include <fmt/format.h>

#include <iostream>

#include "common/crypto/random.hpp"
#include "common/ids/id.hpp"

namespace atelier::ctl {

Error during(const std::string& what, Error error) {
    error.message = what + ": " + error.message;
    return error;
}

int tell(std::string_view command, const Error& error, int exit_code) {
    std::cerr << "atelierctl " << command << ": " << error.message << "\n";
    for (const FieldError& field : error.details)
        std::cerr << "  " << field.pointer << ": " << field.message << "\n";
    return exit_code;
}

Result<void> enter(Api& api, const std::string& command, const std::string& email,
                   const std::string& password) {
    if (!email.empty()) return api.sign_in(email, password);
    const std::string fresh = command + "-" + ids::new_uuid().substr(24) + "@example.com";
    const std::string secret = crypto::random_token(12);
    if (auto made = api.sign_up(fresh, secret, "atelierctl " + command); !made) return made;
    fmt::print("Registered {} with the password {}\n", fresh, secret);
    return {};
}

Result<json::Value> complete_job(Api& api, const std::string& job_id, const OnEvent& on_event) {
    auto last = follow_job(api, job_id, on_event);
    if (!last) return last.error();
    const std::string& type = (*last)["type"].as_string();
    if (type == "job:completed") return last;
    Error error = conflict("The job " + job_id + " was cancelled.");
    if (type != "job:failed") return error;
    const json::Value& why = (*last)["error"];
    error.message = fmt::format("The job {} failed: {}", job_id, why["message"].as_string());
    for (const json::Value& d : why["details"].array())
        error.details.push_back({d["pointer"].as_string(), d["rule"].as_string(), d["message"].as_string()});
    return error;
}

bool is_away(Api& api) {
    return api.is_unreachable() && !api.reach() && api.is_unreachable();
}

}  // namespace atelier::ctl
