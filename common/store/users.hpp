#pragma once
// People: members of one organization. E-mail addresses are unique over all organizations and stored in lower
// case.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/store/page.hpp"

namespace soci {
class session;
}

namespace atelier::store {

enum class Role { user, admin };
std::string_view to_string(Role role);
std::optional<Role> parse(std::string_view name, Role*);

struct User {
    UserId id;
    OrganizationId organization_id;
    std::string email;
    std::optional<std::string> username;
    std::string password_hash;
    Role role = Role::user;
    bool is_active = true;
    std::int64_t created_at = 0, updated_at = 0;  ///< epoch milliseconds
};

/// ASCII letters in lower case, nothing else changed.
std::string normalize_email(std::string_view email);

/// Sets the times; the e-mail is normalized. Error: conflict on `/email`.
Result<void> insert_user(soci::session& session, User& user);

/// For signing in: over all organizations, active or not. Error: not_found.
Result<User> find_user_by_email(soci::session& session, std::string_view email);
/// Error: not_found, also for a member of another organization.
Result<User> find_user(soci::session& session, const OrganizationId& organization, const UserId& id);
Result<Page<User>> list_users(soci::session& session, const OrganizationId& organization,
                              const PageRequest& page);

/// Replaces the hash of a password that has just been proved right, by a stronger one of the same password.
/// False when it is no longer `old_hash`.
bool replace_password_hash(soci::session& session, const UserId& id, const std::string& old_hash,
                           const std::string& new_hash);

struct UserPatch {
    std::optional<Role> role;
    std::optional<bool> is_active;
};
/// Deactivating somebody ends all their refresh tokens. Errors: not_found; conflict when the organization
/// would have no active admin left (also when two admins do it to each other at the same time).
Result<User> patch_user(soci::session& session, const OrganizationId& organization, const UserId& id,
                        const UserPatch& patch);

}  // namespace atelier::store
