#include "common/ids/id.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>

#include "common/crypto/encoding.hpp"
#include "common/crypto/random.hpp"

namespace atelier::ids {

namespace {

/// RFC 9562 §6.2 method 1: a counter in rand_a, started below its middle each millisecond so that it has room
/// to count.
class Sequence {
  public:
    struct Moment {
        std::uint64_t milliseconds;
        std::uint16_t counter;  // 12 bits
    };

    Moment next(std::uint64_t clock_milliseconds, std::uint16_t random) {
        const std::scoped_lock lock(mutex_);
        if (clock_milliseconds > last_.milliseconds) {
            last_ = {clock_milliseconds, static_cast<std::uint16_t>(random & 0x7ff)};
        } else if (++last_.counter > 0xfff) {  // full, or the clock went back: borrow the next millisecond
            last_ = {last_.milliseconds + 1, 0};
        }
        return last_;
    }

  private:
    std::mutex mutex_;
    Moment last_{0, 0};
};

std::uint64_t clock_milliseconds() {
    using namespace std::chrono;
    return static_cast<std::uint64_t>(
        duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
}

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

}  // namespace

std::string new_uuid() {
    static Sequence sequence;
    std::array<std::uint8_t, 16> bytes;
    crypto::fill_random(bytes);
    const auto [milliseconds, counter] =
        sequence.next(clock_milliseconds(), static_cast<std::uint16_t>(bytes[6] << 8 | bytes[7]));
    for (int i = 0; i < 6; ++i)
        bytes[i] = static_cast<std::uint8_t>(milliseconds >> (40 - 8 * i));
    bytes[6] = static_cast<std::uint8_t>(0x70 | counter >> 8);
    bytes[7] = static_cast<std::uint8_t>(counter);
    bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3f));
    std::string text = crypto::hex_encode(bytes);
    for (const std::size_t position : {8, 13, 18, 23})
        text.insert(position, 1, '-');
    return text;
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !is_hex(text[i])) return false;
    }
    return text[14] == '7' && std::string_view("89ab").find(text[19]) != std::string_view::npos;
}

std::optional<long long> uuid_milliseconds(std::string_view text) {
    if (!is_uuid(text)) return std::nullopt;
    return std::stoll(std::string(text.substr(0, 8)) + std::string(text.substr(9, 4)), nullptr, 16);
}

}  // namespace atelier::ids
