#include "common/store/users.hpp"

#include <algorithm>

#include "common/store/database.hpp"
#include "common/store/refresh_tokens.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

const std::string kSelect =
    "SELECT id, organization_id, email, username, password_hash, role, is_active, created_at, updated_at "
    "FROM users ";

void bind(soci::details::prepare_temp_type& prepared, User& user) {
    prepared, soci::into(user.id), soci::into(user.organization_id), soci::into(user.email),
        soci::into(user.username), soci::into(user.password_hash), soci::into(user.role),
        soci::into(user.is_active), soci::into(user.created_at), soci::into(user.updated_at);
}

int count_active_admins(soci::session& session, const OrganizationId& organization) {
    int count = 0;
    session << "SELECT count(*) FROM users WHERE organization_id = :organization AND role = 'admin' AND "
               "is_active = 1",
        soci::use(organization), soci::into(count);
    return count;
}

// Two admins who demote each other wait for each other here.
void lock_organization(soci::session& session, const OrganizationId& organization) {
    std::string id;
    session << "SELECT id FROM organizations WHERE id = :id" + std::string(for_update(session)),
        soci::use(organization), soci::into(id);
}

}  // namespace

std::string_view to_string(Role role) {
    return role == Role::admin ? "admin" : "user";
}

std::optional<Role> parse(std::string_view name, Role*) {
    if (name == "admin") return Role::admin;
    if (name == "user") return Role::user;
    return std::nullopt;
}

std::string normalize_email(std::string_view email) {
    std::string lower(email);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return lower;
}

Result<void> insert_user(soci::session& session, User& user) {
    user.email = normalize_email(user.email);
    user.created_at = user.updated_at = now_ms(session);
    const long long added = changed(
        session.prepare
            << "INSERT INTO users (id, organization_id, email, username, password_hash, role, is_active,"
               " created_at, updated_at) VALUES (:id, :organization, :email, :username, :hash, :role,"
               " :active, :created, :updated) ON CONFLICT (email) DO NOTHING",
        soci::use(user.id), soci::use(user.organization_id), soci::use(user.email), soci::use(user.username),
        soci::use(user.password_hash), soci::use(user.role), soci::use(user.is_active),
        soci::use(user.created_at), soci::use(user.updated_at));
    if (added == 1) return {};
    return taken("/email", "An account with this e-mail address exists already.");
}

Result<User> find_user_by_email(soci::session& session, std::string_view email) {
    auto user = select_one<User>(session.prepare << kSelect + "WHERE email = :email", bind,
                                 soci::use(normalize_email(email)));
    if (!user) return not_found("user");
    return *user;
}

Result<User> find_user(soci::session& session, const OrganizationId& organization, const UserId& id) {
    auto user =
        select_one<User>(session.prepare << kSelect + "WHERE organization_id = :organization AND id = :id",
                         bind, soci::use(organization), soci::use(id));
    if (!user) return not_found("user");
    return *user;
}

Result<Page<User>> list_users(soci::session& session, const OrganizationId& organization,
                              const PageRequest& page) {
    return select_page<User>(session, kSelect + "WHERE organization_id = :organization", page, bind,
                             soci::use(organization));
}

bool replace_password_hash(soci::session& session, const UserId& id, const std::string& old_hash,
                           const std::string& new_hash) {
    return changed(session.prepare << "UPDATE users SET password_hash = :new, updated_at = atelier_now()"
                                      " WHERE id = :id AND password_hash = :old",
                   soci::use(new_hash), soci::use(id), soci::use(old_hash)) == 1;
}

Result<User> patch_user(soci::session& session, const OrganizationId& organization, const UserId& id,
                        const UserPatch& patch) {
    lock_organization(session, organization);
    auto found = find_user(session, organization, id);
    if (found.has_error()) return found;
    User user = *found;
    user.role = patch.role.value_or(user.role);
    user.is_active = patch.is_active.value_or(user.is_active);
    user.updated_at = now_ms(session);
    changed(session.prepare << "UPDATE users SET role = :role, is_active = :active, updated_at = :now"
                               " WHERE organization_id = :organization AND id = :id",
            soci::use(user.role), soci::use(user.is_active), soci::use(user.updated_at),
            soci::use(organization), soci::use(id));
    if (count_active_admins(session, organization) == 0) {
        return conflict("This is the last active admin of the organization.");
    }
    if (!user.is_active) revoke_user_tokens(session, id);
    return user;
}

}  // namespace atelier::store
