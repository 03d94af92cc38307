#include "common/design/fabric/joined_lines.hpp"

#include <map>
#include <string>
#include <vector>

#include "common/design/text/graphemes.hpp"
#include "common/design/text/utf8.hpp"

namespace atelier::design::fabric {
namespace {

/// Titles and the like; measuring pairs of letters takes its time.
constexpr std::size_t kMaxLetters = 120;
constexpr double kUnbroken = 1e6;

class Ruler {
  public:
    Ruler(const TextContent& text, double scale, const TextMeasurer& measurer)
        : measurer_(measurer), scale_(scale) {
        one_.style = text.style;
        one_.direction = text.direction;
        one_.runs.push_back({});
    }
    double width(const std::string& text) {
        const auto found = known_.find(text);
        if (found != known_.end()) return found->second;
        one_.runs[0].text = text;
        return known_[text] = measurer_.measure(one_, kUnbroken, scale_).width;
    }
    /// As Fabric adds it up.
    double fabric_width(const std::string& line) {
        double out = 0;
        std::string before;
        for (const std::string_view letter : split_graphemes(line)) {
            out += before.empty() ? width(std::string(letter))
                                  : width(before + std::string(letter)) - width(before);
            before = letter;
        }
        return out;
    }

  private:
    const TextMeasurer& measurer_;
    double scale_;
    TextContent one_;
    std::map<std::string, double> known_;
};

std::vector<std::string> lines_of(const std::string& text, double width, Ruler& ruler) {
    std::vector<std::string> out;
    std::string line;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
        const std::string word = text.substr(at, end - at);
        const std::string longer = line.empty() ? word : line + " " + word;
        const bool fits = line.empty() || ruler.width(longer) <= width;
        if (!fits) out.push_back(line);
        line = fits ? longer : word;
        if (end == text.size() || text[end] == '\n') {
            out.push_back(line);
            line.clear();
        }
        at = end + 1;
    }
    return out;
}

}  // namespace

bool is_joined(char32_t c) {
    return (c >= 0x600 && c <= 0x8FF) || (c >= 0x900 && c <= 0xDFF) || (c >= 0xFB50 && c <= 0xFEFF);
}

double aside_of(const TextContent& text, double width, double scale, const TextMeasurer& measurer) {
    if (text.align != Align::center && text.align != Align::left) return 0;
    std::string all;
    bool has_joined = false;
    for (const Run& run : text.runs)
        all += run.text;
    for (std::size_t at = 0; at < all.size();)
        has_joined = is_joined(next_character(all, at)) || has_joined;
    if (!has_joined || split_graphemes(all).size() > kMaxLetters) return 0;
    Ruler ruler(text, scale, measurer);
    double sum = 0;
    const std::vector<std::string> lines = lines_of(all, width, ruler);
    for (const std::string& line : lines)
        sum += ruler.width(line) - ruler.fabric_width(line);
    const double mean = sum / double(lines.size());
    return text.align == Align::center ? mean / 2 : mean;
}

}  // namespace atelier::design::fabric
