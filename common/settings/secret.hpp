#pragma once
// A string that does not show itself: it prints as `***`, and its text is asked for by name.

#include <iosfwd>
#include <string>

namespace atelier::settings {

class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}
    const std::string& reveal() const { return text_; }
    bool empty() const { return text_.empty(); }
    bool operator==(const Secret&) const = default;

  private:
    std::string text_;
};

std::ostream& operator<<(std::ostream& out, const Secret&);

}  // namespace atelier::settings
