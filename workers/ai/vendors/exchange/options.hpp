#pragma once
// Reads an operator's options for a vendor: every wrong or unknown one is told, none is ignored.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/http_client/client.hpp"
#include "common/json/value.hpp"

namespace atelier::ai {

class OptionReader {
  public:
    explicit OptionReader(const json::Value& options) : options_(options) {}

    std::string text(std::string_view name, std::string_view fallback);
    /// One of `choices`; the first is the fallback.
    std::string choice(std::string_view name, std::initializer_list<std::string_view> choices);
    std::int64_t integer(std::string_view name, std::int64_t fallback, std::int64_t least, std::int64_t most);
    double number(std::string_view name, double fallback, double least, double most);
    bool flag(std::string_view name, bool fallback);
    /// An object or null.
    json::Value object(std::string_view name);
    /// A list or null.
    json::Value list(std::string_view name);
    std::vector<std::string> texts(std::string_view name);

    /// After the last read. Error: validation_failed with every wrong option, at /options/<name>.
    Result<> finish();

  private:
    const json::Value* find(std::string_view name);
    void wrong(std::string_view name, std::string rule, std::string message);

    const json::Value& options_;
    std::vector<std::string> known_;
    std::vector<FieldError> errors_;
};

/// For outputs that a vendor names by URL. Options `output_port` (80 and 443 unless told) and
/// `output_addresses` (numeric addresses that are allowed although they are not public; none unless told).
http_client::Guard output_guard(OptionReader& options);

}  // namespace atelier::ai
