#pragma once
// Identifiers: UUIDv7 text (RFC 9562 §5.7), so that rows sort by the time they were made. Clients treat them
// as opaque.

#include <compare>
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace atelier {

/// A strong id: ids of different things do not mix. `value` is lowercase canonical UUID text once made or
/// parsed here.
template <class Tag>
struct Id {
    std::string value;
    auto operator<=>(const Id&) const = default;
    bool empty() const { return value.empty(); }
};

template <class Tag, class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, const Id<Tag>& id) {
    return out << id.value;
}

using AssetId = Id<struct AssetTag>;
using BrandId = Id<struct BrandTag>;
using CreditRoundId = Id<struct CreditRoundTag>;
using DesignId = Id<struct DesignTag>;
using EventId = Id<struct EventTag>;
using FormatId = Id<struct FormatTag>;
using GeneratedAssetId = Id<struct GeneratedAssetTag>;
using JobId = Id<struct JobTag>;
using OrganizationId = Id<struct OrganizationTag>;
using PlatformId = Id<struct PlatformTag>;
using ProjectId = Id<struct ProjectTag>;
using RuleId = Id<struct RuleTag>;
using TaskId = Id<struct TaskTag>;
using TextStyleSetId = Id<struct TextStyleSetTag>;
using TokenFamilyId = Id<struct TokenFamilyTag>;
using TransactionId = Id<struct TransactionTag>;
using UserId = Id<struct UserTag>;
using WorkerId = Id<struct WorkerTag>;

namespace ids {

/// A new UUIDv7. Within one process every result is greater than the one before, also when the clock steps
/// back. Safe to call from any thread; after fork() the child draws its own random bits.
std::string new_uuid();

/// True for exactly `xxxxxxxx-xxxx-7xxx-[89ab]xxx-xxxxxxxxxxxx` in lowercase hexadecimal; nothing else is an
/// id of ours.
bool is_uuid(std::string_view text);

/// Milliseconds since the epoch that a UUIDv7 carries; nothing for other text.
std::optional<long long> uuid_milliseconds(std::string_view text);

/// `auto id = new_id<JobId>();`
template <class IdType>
IdType new_id() {
    return IdType{new_uuid()};
}

/// Nothing when the text is no id: such a thing cannot exist, so a handler answers 404 (or 422 for a body
/// field).
template <class IdType>
std::optional<IdType> parse_id(std::string_view text) {
    if (!is_uuid(text)) return std::nullopt;
    return IdType{std::string(text)};
}

}  // namespace ids
}  // namespace atelier

template <class Tag>
struct std::hash<atelier::Id<Tag>> {
    std::size_t operator()(const atelier::Id<Tag>& id) const noexcept {
        return std::hash<std::string>{}(id.value);
    }
};
