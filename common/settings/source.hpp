#pragma once
// Where settings come from. The only code of Atelier that reads the process's environment.
//
// From strongest to weakest: the command line, the environment, a file of `NAME=VALUE` lines, the default.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/settings/secret.hpp"

namespace atelier::settings {

struct Given {
    std::string value;
    std::string origin;  ///< `--listen`, `the environment`, `fleet.env line 3`: for messages
};

class Source {
  public:
    /// Every `ATELIER_*` variable of the process.
    static Source environment();
    /// Nothing at all, for tests.
    Source() = default;

    /// Overrules everything else; `origin` is the option's name.
    void override_with(std::string name, std::string value, std::string origin);
    /// Adds what is not yet given from a file: `NAME=VALUE` lines, `#` comments, values taken as they are (no
    /// quotes, no expansion). Error: bad_request naming the line.
    Result<> add_file(const std::string& path);
    /// Adds what is not yet given.
    void add(std::string name, std::string value, std::string origin);

    const Given* find(std::string_view name) const;
    std::vector<std::string> names() const;

  private:
    std::map<std::string, Given, std::less<>> given_;
};

/// A variable that another setting names, such as an AI provider's key. Empty when it is not set.
Secret environment_secret(const std::string& name);

}  // namespace atelier::settings
