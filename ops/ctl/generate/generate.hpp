#pragma once
// `atelierctl generate`: a prompt in, finished designs out, over HTTP alone.

#include <cstdint>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace atelier::ctl {

struct GenerateOptions {
    std::string server, prompt, out;
    int variants = 4;
    std::string format;  ///< a slug; empty: `size`
    std::string size;    ///< WIDTHxHEIGHT; empty: the server's usual one
    std::string brand_id, provider;
    std::optional<std::int64_t> seed;
    std::string email, password;  ///< both empty: a fresh user is registered
};

void declare_generate(CLI::App& command, GenerateOptions& options);

/// Writes `variant-N.png` and `variant-N.design.json` as each design is finished (a flagged one is its
/// blurred preview) and prints when each phase began. Exit code: 0 · 1 the server refused or the job did not
/// complete · 2 an option is wrong · 3 the server cannot be reached.
int run_generate(const GenerateOptions& options);

}  // namespace atelier::ctl
