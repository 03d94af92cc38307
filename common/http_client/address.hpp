#pragma once
// Which internet addresses a URL from a user may reach: public unicast only.
//
// Sources: the IANA special-purpose registries for IPv4 (RFC 6890 and its updates) and IPv6. Addresses that
// carry another address inside (v4-mapped, v4-compatible, NAT64 RFC 6052, 6to4 RFC 3056, Teredo RFC 4380) are
// refused as a whole or judged by what they carry, whichever is stricter. Pure functions, any thread.

#include <array>
#include <cstdint>
#include <string_view>

namespace atelier::http_client {

enum class AddressClass {
    global,       ///< public unicast: the only class that may be reached
    unspecified,  ///< 0.0.0.0/8, ::
    loopback,
    private_use,  ///< RFC 1918, RFC 4193
    link_local,
    shared,  ///< carrier-grade NAT, 100.64.0.0/10
    multicast,
    reserved,  ///< documentation, benchmarking, broadcast, future use, protocol assignments
    embedded,  ///< an IPv6 form that carries an IPv4 address
};

std::string_view to_string(AddressClass address_class);

using Ipv4 = std::array<std::uint8_t, 4>;
using Ipv6 = std::array<std::uint8_t, 16>;

AddressClass classify(const Ipv4& address);
AddressClass classify(const Ipv6& address);
/// Numeric text in the usual forms. Text that is no numeric address is `reserved`.
AddressClass classify(std::string_view text);

}  // namespace atelier::http_client
