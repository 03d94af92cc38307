#include "tests/support/vendors/mangle.hpp"

#include <vector>

#include "common/json/value.hpp"

namespace atelier::tests {
namespace {

/// SplitMix64.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::size_t below(std::size_t count) {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15ull;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ z >> 27) * 0x94d049bb133111ebull;
        return static_cast<std::size_t>((z ^ z >> 31) % count);
    }

  private:
    std::uint64_t state_;
};

void list_values(json::Value& value, std::vector<json::Value*>& all) {
    all.push_back(&value);
    if (value.is_array())
        for (auto& element : value.make_array())
            list_values(element, all);
    if (value.is_object())
        for (auto& [name, member] : value.make_object())
            list_values(member, all);
}

json::Value anything(Dice& dice) {
    const json::Value choices[] = {nullptr,
                                   true,
                                   false,
                                   0,
                                   -1,
                                   std::int64_t{1} << 62,
                                   1e300,
                                   "",
                                   "../../etc/passwd",
                                   "http://127.0.0.1:1/",
                                   "%s%n\n\r",
                                   std::string(100'000, 'A'),
                                   json::Array{},
                                   json::Object{},
                                   json::Array{json::Array{json::Array{}}},
                                   json::Object{{"error", "x"}}};
    return choices[dice.below(std::size(choices))];
}

}  // namespace

std::string mangled(const std::string& body, std::uint64_t seed) {
    Dice dice(seed);
    auto document = json::parse(body);
    if (document && dice.below(4) != 0) {
        std::vector<json::Value*> all;
        list_values(*document, all);
        *all[dice.below(all.size())] = anything(dice);
        return json::write(*document);
    }
    std::string changed = body;
    for (int i = 0; i < 3 && !changed.empty(); ++i)
        changed[dice.below(changed.size())] = static_cast<char>(dice.below(256));
    return changed;
}

}  // namespace atelier::tests
