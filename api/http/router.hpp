#pragma once
// Finds the route of a method and path. Immutable after construction, so any thread may match.

#include <array>
#include <span>
#include <string>
#include <vector>

#include "api/http/route.hpp"

namespace atelier::api::http {

class Router {
  public:
    /// The table must outlive the router. A row that contradicts itself or repeats another throws
    /// std::invalid_argument: a bug in the program, shown at its start.
    explicit Router(std::span<const Route> table);

    struct Match {
        const Route* route = nullptr;  ///< null: see `error`
        Parameters parameters;         ///< decoded
        std::optional<Error> error;    ///< not_found or method_not_allowed
        std::string allow;             ///< for 405 and OPTIONS: `GET, HEAD, OPTIONS`
        bool options = false;          ///< the request is an OPTIONS on a known path
    };
    /// `path` is percent-encoded, without query. HEAD finds the route of GET. A literal segment wins over a
    /// parameter.
    Match match(Method method, std::string_view path) const;

  private:
    struct Segment {
        std::string_view text;
        enum class Kind { literal, parameter, rest } kind;
    };
    struct Entry {
        const Route* route;
        std::vector<Segment> segments;
    };
    static std::vector<Segment> split(std::string_view pattern);
    static bool fits(const Entry& entry, std::span<const std::string_view> path);
    static bool more_literal(const Entry& a, const Entry& b);

    std::vector<Entry>
        entries_;  ///< ordered: literal segments before parameters, so the first fit is the best
};

}  // namespace atelier::api::http
