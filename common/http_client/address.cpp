#include "common/http_client/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <string>

namespace atelier::http_client {

namespace {

constexpr std::uint32_t number_of(const Ipv4& a) {
    return std::uint32_t{a[0]} << 24 | std::uint32_t{a[1]} << 16 | std::uint32_t{a[2]} << 8 | a[3];
}

struct Block4 {
    Ipv4 base;
    int bits;
    AddressClass address_class;
};

// First match decides; what matches nothing is global.
constexpr Block4 kBlocks4[] = {
    {{0, 0, 0, 0}, 8, AddressClass::unspecified},
    {{10, 0, 0, 0}, 8, AddressClass::private_use},
    {{100, 64, 0, 0}, 10, AddressClass::shared},
    {{127, 0, 0, 0}, 8, AddressClass::loopback},
    {{169, 254, 0, 0}, 16, AddressClass::link_local},
    {{172, 16, 0, 0}, 12, AddressClass::private_use},
    {{192, 0, 0, 0}, 24, AddressClass::reserved},     // protocol assignments
    {{192, 0, 2, 0}, 24, AddressClass::reserved},     // documentation
    {{192, 31, 196, 0}, 24, AddressClass::reserved},  // AS112
    {{192, 52, 193, 0}, 24, AddressClass::reserved},  // AMT
    {{192, 88, 99, 0}, 24, AddressClass::reserved},   // 6to4 relays, withdrawn
    {{192, 168, 0, 0}, 16, AddressClass::private_use},
    {{192, 175, 48, 0}, 24, AddressClass::reserved},  // AS112
    {{198, 18, 0, 0}, 15, AddressClass::reserved},    // benchmarking
    {{198, 51, 100, 0}, 24, AddressClass::reserved},  // documentation
    {{203, 0, 113, 0}, 24, AddressClass::reserved},   // documentation
    {{224, 0, 0, 0}, 4, AddressClass::multicast},
    {{240, 0, 0, 0}, 4, AddressClass::reserved},  // future use and broadcast
};

struct Block6 {
    Ipv6 base;
    int bits;
    AddressClass address_class;
};

// First match decides; of the rest only 2000::/3 has been given out.
constexpr Block6 kBlocks6[] = {
    {{0x00, 0x64, 0xff, 0x9b}, 96, AddressClass::embedded},              // NAT64
    {{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, 48, AddressClass::embedded},  // NAT64, local use
    {{0xfe, 0x80}, 10, AddressClass::link_local},
    {{0xfe, 0xc0}, 10, AddressClass::private_use},  // site-local, deprecated
    {{0xfc}, 7, AddressClass::private_use},
    {{0xff}, 8, AddressClass::multicast},
    {{0x20, 0x01, 0x00, 0x00}, 32, AddressClass::embedded},              // Teredo
    {{0x20, 0x01, 0x00}, 23, AddressClass::reserved},                    // protocol assignments
    {{0x20, 0x01, 0x0d, 0xb8}, 32, AddressClass::reserved},              // documentation
    {{0x20, 0x02}, 16, AddressClass::embedded},                          // 6to4
    {{0x26, 0x20, 0x00, 0x4f, 0x80, 0x00}, 48, AddressClass::reserved},  // AS112
    {{0x3f, 0xff, 0x00}, 20, AddressClass::reserved},                    // documentation
};

bool begins_with(const Ipv6& address, const Ipv6& base, int bits) {
    const int whole = bits / 8;
    if (!std::equal(base.begin(), base.begin() + whole, address.begin())) return false;
    const int rest = bits % 8;
    return rest == 0 || (address[whole] ^ base[whole]) >> (8 - rest) == 0;
}

}  // namespace

std::string_view to_string(AddressClass address_class) {
    switch (address_class) {
        case AddressClass::global:
            return "global";
        case AddressClass::unspecified:
            return "unspecified";
        case AddressClass::loopback:
            return "loopback";
        case AddressClass::private_use:
            return "private";
        case AddressClass::link_local:
            return "link-local";
        case AddressClass::shared:
            return "shared";
        case AddressClass::multicast:
            return "multicast";
        case AddressClass::reserved:
            return "reserved";
        case AddressClass::embedded:
            return "embedded IPv4";
    }
    return {};
}

AddressClass classify(const Ipv4& address) {
    for (const auto& [base, bits, address_class] : kBlocks4)
        if ((number_of(address) ^ number_of(base)) >> (32 - bits) == 0) return address_class;
    return AddressClass::global;
}

AddressClass classify(const Ipv6& address) {
    const bool zeros =
        std::all_of(address.begin(), address.begin() + 10, [](std::uint8_t byte) { return byte == 0; });
    if (zeros) {  // ::, ::1, v4-compatible, v4-mapped
        if (address == Ipv6{}) return AddressClass::unspecified;
        Ipv6 loopback{};
        loopback[15] = 1;
        return address == loopback ? AddressClass::loopback : AddressClass::embedded;
    }
    for (const auto& [base, bits, address_class] : kBlocks6)
        if (begins_with(address, base, bits)) return address_class;
    return address[0] >> 5 == 1 ? AddressClass::global : AddressClass::reserved;
}

AddressClass classify(std::string_view text) {
    const std::string terminated(text);
    Ipv4 v4;
    if (inet_pton(AF_INET, terminated.c_str(), v4.data()) == 1) return classify(v4);
    Ipv6 v6;
    if (inet_pton(AF_INET6, terminated.c_str(), v6.data()) == 1) return classify(v6);
    return AddressClass::reserved;
}

}  // namespace atelier::http_client
