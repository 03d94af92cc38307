#include "common/http_client/address.hpp"

#include <doctest/doctest.h>

#include <ostream>
#include <utility>

using namespace atelier::http_client;

namespace atelier::http_client {
std::ostream& operator<<(std::ostream& out, AddressClass address_class) {
    return out << to_string(address_class);
}
}  // namespace atelier::http_client

TEST_CASE("every address is of the class that its block has, up to the block's last address") {
    using enum AddressClass;
    const std::pair<const char*, AddressClass> expected[] = {
        {"8.8.8.8", global},
        {"1.1.1.1", global},
        {"0.0.0.0", unspecified},
        {"0.255.255.255", unspecified},
        {"1.0.0.0", global},
        {"9.255.255.255", global},
        {"10.0.0.0", private_use},
        {"10.255.255.255", private_use},
        {"11.0.0.0", global},
        {"100.63.255.255", global},
        {"100.64.0.0", shared},
        {"100.127.255.255", shared},
        {"100.128.0.0", global},
        {"127.0.0.1", loopback},
        {"127.255.255.255", loopback},
        {"128.0.0.0", global},
        {"169.254.169.254", link_local},
        {"169.255.0.0", global},
        {"172.15.255.255", global},
        {"172.16.0.0", private_use},
        {"172.31.255.255", private_use},
        {"172.32.0.0", global},
        {"192.0.0.8", reserved},
        {"192.0.2.1", reserved},
        {"192.88.99.1", reserved},
        {"192.167.255.255", global},
        {"192.168.0.1", private_use},
        {"192.169.0.0", global},
        {"198.17.255.255", global},
        {"198.18.0.0", reserved},
        {"198.19.255.255", reserved},
        {"198.51.100.7", reserved},
        {"203.0.113.7", reserved},
        {"223.255.255.255", global},
        {"224.0.0.1", multicast},
        {"239.255.255.255", multicast},
        {"240.0.0.1", reserved},
        {"255.255.255.255", reserved},
        {"::", unspecified},
        {"::1", loopback},
        {"::2", embedded},
        {"::127.0.0.1", embedded},
        {"::ffff:127.0.0.1", embedded},
        {"::ffff:8.8.8.8", embedded},
        {"64:ff9b::7f00:1", embedded},
        {"64:ff9b::808:808", embedded},
        {"64:ff9b:1::1", embedded},
        {"64:ff9c::1", reserved},
        {"100::1", reserved},
        {"2001::1", embedded},
        {"2001:2::1", reserved},
        {"2001:200::1", global},
        {"2001:db8::1", reserved},
        {"2002:7f00:1::", embedded},
        {"2606:4700:4700::1111", global},
        {"2a00:1450::1", global},
        {"3fff::1", reserved},
        {"3fff:1000::1", global},
        {"4000::1", reserved},
        {"fc00::1", private_use},
        {"fdff::1", private_use},
        {"fe80::1", link_local},
        {"febf::1", link_local},
        {"fec0::1", private_use},
        {"ff02::1", multicast},
        {"5f00::1", reserved},
        {"", reserved},
        {"localhost", reserved},
        {"127.1", reserved},
        {"[::1]", reserved},
    };
    for (const auto& [text, address_class] : expected) {
        CAPTURE(text);
        CHECK(classify(text) == address_class);
    }
}
