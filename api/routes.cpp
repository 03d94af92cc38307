#include "api/routes.hpp"

#include <array>

#include "api/handlers/accounts/accounts.hpp"
#include "api/handlers/ai/ai.hpp"
#include "api/handlers/assets/assets.hpp"
#include "api/handlers/brands/brands.hpp"
#include "api/handlers/catalog/catalog.hpp"
#include "api/handlers/credits/credits.hpp"
#include "api/handlers/dead_letters/dead_letters.hpp"
#include "api/handlers/designs/designs.hpp"
#include "api/handlers/export/export.hpp"
#include "api/handlers/generated/generated.hpp"
#include "api/handlers/jobs/jobs.hpp"
#include "api/handlers/moderation/moderation.hpp"
#include "api/handlers/objects/objects.hpp"
#include "api/handlers/projects/projects.hpp"
#include "api/handlers/providers/providers.hpp"
#include "api/handlers/service/service.hpp"
#include "api/handlers/users/users.hpp"

namespace atelier::api {
namespace {

using http::Route;
using enum http::Method;
using enum http::Access;
using enum http::RateClass;
using Body = http::BodyPolicy;

// /api/v1/ws is not here: the session answers it before it looks for a route (api/http/websocket.hpp).
// clang-format off
constexpr std::array kRoutes{
    Route{post,    "/api/v1/auth/register", anonymous, auth, Body::json, register_user},
    Route{post,    "/api/v1/auth/login",    anonymous, auth, Body::json, log_in},
    Route{post,    "/api/v1/auth/refresh",  anonymous, auth, Body::json, refresh_tokens},
    Route{post,    "/api/v1/auth/logout",   anonymous, auth, Body::json, log_out},
    Route{get,     "/api/v1/users/me",      user, read, Body::none, get_me},

    Route{post,    "/api/v1/assets",                     user, write, Body::json, create_asset},
    Route{get,     "/api/v1/assets",                     user, read,  Body::none, list_assets},
    Route{get,     "/api/v1/assets/{asset_id}",          user, read,  Body::none, get_asset},
    Route{delete_, "/api/v1/assets/{asset_id}",          user, write, Body::none, delete_asset},
    Route{post,    "/api/v1/assets/{asset_id}/complete", user, write, Body::none, complete_asset},
    Route{put,     "/api/v1/objects/{key*}", signed_url, upload, Body::upload, put_object, object_upload_limit},
    Route{get,     "/api/v1/objects/{key*}", signed_url, read,   Body::none,   get_object},

    Route{post,    "/api/v1/projects/upload",                user, write, Body::json, upload_project},
    Route{get,     "/api/v1/projects",                       user, read,  Body::none, list_projects},
    Route{get,     "/api/v1/projects/{project_id}",          user, read,  Body::none, get_project},
    Route{patch,   "/api/v1/projects/{project_id}",          user, write, Body::json, update_project},
    Route{delete_, "/api/v1/projects/{project_id}",          user, write, Body::none, delete_project},
    Route{get,     "/api/v1/projects/{project_id}/status",   user, read,  Body::none, get_project_status},
    Route{post,    "/api/v1/projects/{project_id}/generate", user, write, Body::json, generate_project},
    Route{get,     "/api/v1/generate/{job_id}/results",                user, read,  Body::none, get_results},
    Route{get,     "/api/v1/generated-assets/{generated_asset_id}",    user, read,  Body::none, get_generated_asset},
    Route{patch,   "/api/v1/generated-assets/{generated_asset_id}",    user, write, Body::json, edit_generated_asset},

    Route{get,     "/api/v1/designs",                                 user, read,  Body::none, list_designs},
    Route{post,    "/api/v1/designs",                                 user, write, Body::json, create_design},
    Route{get,     "/api/v1/designs/{design_id}",                     user, read,  Body::none, get_design},
    Route{patch,   "/api/v1/designs/{design_id}",                     user, write, Body::json, update_design},
    Route{delete_, "/api/v1/designs/{design_id}",                     user, write, Body::none, delete_design},
    Route{get,     "/api/v1/designs/{design_id}/revisions",           user, read,  Body::none, list_design_revisions},
    Route{get,     "/api/v1/designs/{design_id}/revisions/{version}", user, read,  Body::none, get_design_revision},
    Route{post,    "/api/v1/designs/{design_id}/restore",             user, write, Body::json, restore_design},
    Route{post,    "/api/v1/designs/{design_id}/duplicate",           user, write, Body::json, duplicate_design},
    Route{get,     "/api/v1/brands",            user, read,  Body::none, list_brands},
    Route{post,    "/api/v1/brands",            user, write, Body::json, create_brand},
    Route{post,    "/api/v1/brands/propose",    user, write, Body::json, propose_brand},
    Route{get,     "/api/v1/brands/{brand_id}", user, read,  Body::none, get_brand},
    Route{patch,   "/api/v1/brands/{brand_id}", user, write, Body::json, update_brand},
    Route{delete_, "/api/v1/brands/{brand_id}", user, write, Body::none, delete_brand},
    Route{post,    "/api/v1/export",            user, render, Body::json, export_design},

    Route{post,    "/api/v1/ai/generate-designs", user, generate, Body::json, generate_designs},
    Route{post,    "/api/v1/ai/edit-design",      user, picture,  Body::json, edit_design},
    Route{post,    "/api/v1/ai/smart-images",     user, picture,  Body::json, make_smart_images},
    Route{post,    "/api/v1/ai/brief",            user, picture,  Body::json, write_brief},

    Route{get,     "/api/v1/jobs",                 user, read,   Body::none, list_jobs},
    Route{post,    "/api/v1/jobs",                 user, write,  Body::json, create_job, nullptr, create_jobs},
    Route{get,     "/api/v1/jobs/{job_id}",        user, read,   Body::none, get_job, nullptr, get_jobs},
    Route{get,     "/api/v1/jobs/{job_id}/events", user, read,   Body::none, list_job_events},
    Route{get,     "/api/v1/jobs/{job_id}/stream", user, stream, Body::none, stream_job},
    Route{post,    "/api/v1/jobs/{job_id}/cancel", user, write,  Body::none, cancel_job},
    Route{post,    "/api/v1/jobs/{job_id}/retry",  user, write,  Body::none, retry_job},

    Route{get,     "/api/v1/credits",              user, read, Body::none, get_credits},
    Route{get,     "/api/v1/credits/transactions", user, read, Body::none, list_credit_transactions},

    Route{get,     "/api/v1/admin/formats",               admin, read,  Body::none, list_formats},
    Route{post,    "/api/v1/admin/formats",               admin, write, Body::json, create_format},
    Route{get,     "/api/v1/admin/formats/{format_id}",   admin, read,  Body::none, get_format},
    Route{patch,   "/api/v1/admin/formats/{format_id}",   admin, write, Body::json, update_format},
    Route{delete_, "/api/v1/admin/formats/{format_id}",   admin, write, Body::none, delete_format},
    Route{get,     "/api/v1/admin/text-style-sets",       admin, read,  Body::none, list_text_style_sets},
    Route{post,    "/api/v1/admin/text-style-sets",       admin, write, Body::json, create_text_style_set},
    Route{get,     "/api/v1/admin/text-style-sets/{text_style_set_id}", admin, read,  Body::none, get_text_style_set},
    Route{patch,   "/api/v1/admin/text-style-sets/{text_style_set_id}", admin, write, Body::json, update_text_style_set},
    Route{delete_, "/api/v1/admin/text-style-sets/{text_style_set_id}", admin, write, Body::none, delete_text_style_set},
    Route{get,     "/api/v1/admin/rules",                 admin, read,  Body::none, list_rules},
    Route{post,    "/api/v1/admin/rules",                 admin, write, Body::json, create_rule},
    Route{get,     "/api/v1/admin/rules/{rule_id}",       admin, read,  Body::none, get_rule},
    Route{patch,   "/api/v1/admin/rules/{rule_id}",       admin, write, Body::json, update_rule},
    Route{delete_, "/api/v1/admin/rules/{rule_id}",       admin, write, Body::none, delete_rule},
    Route{get,     "/api/v1/admin/platforms",               admin, read,  Body::none, list_platforms},
    Route{post,    "/api/v1/admin/platforms",               admin, write, Body::json, create_platform},
    Route{get,     "/api/v1/admin/platforms/{platform_id}", admin, read,  Body::none, get_platform},
    Route{patch,   "/api/v1/admin/platforms/{platform_id}", admin, write, Body::json, update_platform},
    Route{delete_, "/api/v1/admin/platforms/{platform_id}", admin, write, Body::none, delete_platform},

    Route{get,     "/api/v1/admin/users",           admin, read,  Body::none, list_users},
    Route{patch,   "/api/v1/admin/users/{user_id}", admin, write, Body::json, update_user},
    Route{post,    "/api/v1/admin/credits/grants",  admin, write, Body::json, grant_credits},
    Route{get,     "/api/v1/admin/moderation",                    admin, read,  Body::none, list_flagged},
    Route{post,    "/api/v1/admin/moderation/{asset_id}/release", admin, write, Body::none, release_flagged},
    Route{post,    "/api/v1/admin/moderation/{asset_id}/reject",  admin, write, Body::none, reject_flagged},
    Route{get,     "/api/v1/admin/dead-letters",         admin, read,  Body::none, list_dead_letters},
    Route{post,    "/api/v1/admin/dead-letters/requeue", admin, write, Body::json, requeue_dead_letters},
    Route{post,    "/api/v1/admin/dead-letters/discard", admin, write, Body::json, discard_dead_letters},
    Route{get,     "/api/v1/admin/providers",                    admin, read,  Body::none, list_providers},
    Route{post,    "/api/v1/admin/providers/{provider}/probe",   admin, write, Body::none, probe_provider},
    Route{post,    "/api/v1/admin/providers/{provider}/enable",  admin, write, Body::none, enable_provider},
    Route{post,    "/api/v1/admin/providers/{provider}/disable", admin, write, Body::none, disable_provider},
    Route{get,     "/api/v1/admin/ai-budget",                    admin, read,  Body::none, get_ai_budget},
    Route{put,     "/api/v1/admin/ai-budget",                    admin, write, Body::json, put_ai_budget},

    Route{get,     "/api/v1/health",          anonymous, unlimited, Body::none, get_health},
    Route{get,     "/api/v1/health/detailed", admin,     read,      Body::none, get_health_details},
    Route{get,     "/api/v1/metrics",         anonymous, unlimited, Body::none, get_metrics},
    Route{get,     "/api/v1/openapi.json",    anonymous, read,      Body::none, get_openapi},
};
// clang-format on

}  // namespace

std::span<const Route> routes() {
    return kRoutes;
}

}  // namespace atelier::api
