#pragma once
// `atelierctl adapt`: photos in, every format out, over HTTP alone, as any client of the contract would do
// it.

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace atelier::ctl {

struct AdaptOptions {
    std::string server;
    std::vector<std::string> photos;
    std::string out;
    std::vector<std::string> formats;  ///< slugs; empty: all active ones
    std::string title, subtitle, content, fill;
    std::string email, password;  ///< both empty: a fresh user is registered
    std::string json;             ///< a report goes to this file
};

/// Adds the options; `options` must outlive the parsing.
void declare_adapt(CLI::App& command, AdaptOptions& options);

/// Exit code: 0 all pictures are there (flagged ones as previews) · 1 the server refused or the job did not
/// complete · 2 an option or a photo is wrong · 3 the server cannot be reached. Tells why on stderr.
int run_adapt(const AdaptOptions& options);

}  // namespace atelier::ctl
