#pragma once
// A request as handlers see it: plain values, no Beast, no Asio.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http/principal.hpp"

namespace atelier::api::http {

enum class Method { get, head, post, put, patch, delete_, options, other };

/// `GET`, `DELETE`, …; `other` prints as `OTHER`.
std::string_view to_string(Method method);
/// Methods are case-sensitive; anything unknown is `other`.
Method parse_method(std::string_view name);

/// Header fields in the order they came; names compare without case.
class Headers {
  public:
    void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
    /// Replaces every field of that name.
    void set(std::string_view name, std::string value);
    /// The first field of that name, or nullptr.
    const std::string* find(std::string_view name) const;
    /// The first field of that name, or an empty string.
    std::string_view get(std::string_view name) const;
    bool has(std::string_view name) const { return find(name) != nullptr; }
    std::size_t size() const { return fields_.size(); }
    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }

  private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// Decoded names and values in the order they came; a name may repeat.
class Parameters {
  public:
    void add(std::string name, std::string value) { values_.emplace_back(std::move(name), std::move(value)); }
    const std::string* find(std::string_view name) const;
    std::string_view get(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;
    std::size_t size() const { return values_.size(); }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }

  private:
    std::vector<std::pair<std::string, std::string>> values_;
};

/// A body that was streamed to disk. The session removes the file after the handler unless it was renamed
/// away.
struct UploadedFile {
    std::filesystem::path path;
    std::uint64_t size = 0;
    std::string sha256;  ///< lower-case hexadecimal
};

struct Request {
    Method method = Method::get;
    std::string target;  ///< as sent, in origin form
    std::string path;    ///< the target up to the query, still percent-encoded
    Parameters path_parameters;
    Parameters query;
    Headers headers;
    std::string body;
    std::optional<UploadedFile> upload;
    std::optional<std::uint64_t> content_length;
    std::string remote_address;
    std::string request_id;
    std::chrono::steady_clock::time_point deadline;  ///< nobody waits for the answer after this
    bool for_admins = false;                         ///< the route is an admin's: roles are read afresh
    std::optional<Principal> principal;              ///< set on routes for users and admins

    /// A parameter of the route's pattern: always there when the pattern names it.
    std::string_view parameter(std::string_view name) const { return path_parameters.get(name); }
    /// The media type in lower case, without parameters; empty when absent.
    std::string content_type() const;
    /// The token of `Authorization: Bearer TOKEN`; empty when absent or of another scheme.
    std::string_view bearer_token() const;
};

/// ASCII comparison without case.
bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace atelier::api::http
