#include "common/store/catalog_seeds.hpp"

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "common/elements/element.hpp"
#include "common/store/formats.hpp"
#include "common/store/moderation.hpp"
#include "common/store/platforms.hpp"
#include "common/store/rules.hpp"
#include "common/store/text_style_sets.hpp"

namespace atelier::store {
namespace {

struct PlatformSeed {
    std::string_view slug, name;
};
constexpr std::array<PlatformSeed, 9> kPlatforms{{
    {"instagram", "Instagram"},
    {"facebook", "Facebook"},
    {"x", "X"},
    {"linkedin", "LinkedIn"},
    {"youtube", "YouTube"},
    {"pinterest", "Pinterest"},
    {"tiktok", "TikTok"},
    {"display", "Display ads"},
    {"email", "E-mail"},
}};

constexpr std::int64_t kKilobyte = 1000, kMegabyte = 1'000'000;

// Resizing keeps the use of the picture (a post, a print); repurposing makes a banner or an advertisement of
// it. Limits are those of the channels; 0: none. Display networks take 150 KB, YouTube 2 MB thumbnails and 6
// MB banners.
struct FormatSeed {
    std::string_view slug, name, platform, type;
    int width, height, quality;
    std::int64_t max_bytes;
};
constexpr std::array<FormatSeed, 21> kFormats{{
    {"instagram-square", "Instagram square", "instagram", "resizing", 1080, 1080, 85, 8 * kMegabyte},
    {"instagram-portrait", "Instagram portrait", "instagram", "resizing", 1080, 1350, 85, 8 * kMegabyte},
    {"instagram-story", "Instagram story", "instagram", "resizing", 1080, 1920, 85, 8 * kMegabyte},
    {"facebook-cover", "Facebook cover", "facebook", "repurposing", 820, 312, 88, 0},
    {"facebook-link", "Facebook link", "facebook", "resizing", 1200, 630, 85, 8 * kMegabyte},
    {"x-header", "X header", "x", "repurposing", 1500, 500, 85, 2 * kMegabyte},
    {"x-post", "X post", "x", "resizing", 1600, 900, 85, 5 * kMegabyte},
    {"linkedin-cover", "LinkedIn cover", "linkedin", "repurposing", 1584, 396, 85, 8 * kMegabyte},
    {"linkedin-post", "LinkedIn post", "linkedin", "resizing", 1200, 627, 85, 5 * kMegabyte},
    {"youtube-thumbnail", "YouTube thumbnail", "youtube", "resizing", 1280, 720, 88, 2 * kMegabyte},
    {"youtube-banner", "YouTube banner", "youtube", "repurposing", 2560, 1440, 85, 6 * kMegabyte},
    {"pinterest-pin", "Pinterest pin", "pinterest", "resizing", 1000, 1500, 85, 20 * kMegabyte},
    {"tiktok-photo", "TikTok photo", "tiktok", "resizing", 1080, 1920, 85, 20 * kMegabyte},
    {"display-300x250", "Medium rectangle", "display", "repurposing", 300, 250, 85, 150 * kKilobyte},
    {"display-336x280", "Large rectangle", "display", "repurposing", 336, 280, 85, 150 * kKilobyte},
    {"display-728x90", "Leaderboard", "display", "repurposing", 728, 90, 85, 150 * kKilobyte},
    {"display-970x250", "Billboard", "display", "repurposing", 970, 250, 85, 150 * kKilobyte},
    {"display-160x600", "Wide skyscraper", "display", "repurposing", 160, 600, 85, 150 * kKilobyte},
    {"display-320x50", "Mobile leaderboard", "display", "repurposing", 320, 50, 85, 150 * kKilobyte},
    {"email-header", "E-mail header", "email", "repurposing", 600, 200, 85, 200 * kKilobyte},
    {"print-a4", "A4 at 300 dpi", "", "resizing", 2480, 3508, 90, 0},
}};

using PlatformIds = std::map<std::string_view, PlatformId>;

Result<PlatformIds> seed_platforms(soci::session& session, const OrganizationId& organization) {
    PlatformIds ids_by_slug;
    for (const PlatformSeed& seed : kPlatforms) {
        Platform platform{.id = ids::new_id<PlatformId>(),
                          .organization_id = organization,
                          .slug = std::string(seed.slug),
                          .name = std::string(seed.name)};
        if (auto inserted = insert_platform(session, platform); inserted.has_error()) return inserted.error();
        ids_by_slug[seed.slug] = platform.id;
    }
    return ids_by_slug;
}

Format to_format(const FormatSeed& seed, const OrganizationId& organization, const PlatformIds& platforms) {
    Format format{.id = ids::new_id<FormatId>(), .organization_id = organization};
    format.slug = seed.slug;
    format.name = seed.name;
    format.type = seed.type;
    format.width = seed.width;
    format.height = seed.height;
    format.quality = seed.quality;
    if (!seed.platform.empty()) format.platform_id = platforms.at(seed.platform);
    if (seed.max_bytes > 0) format.max_bytes = seed.max_bytes;
    return format;
}

Result<void> seed_rules(soci::session& session, const OrganizationId& organization) {
    Rule ranking{.id = ids::new_id<RuleId>(), .organization_id = organization, .kind = RuleKind::ranking};
    ranking.name = "Faces first";
    ranking.definition = elements::to_json(elements::Rules{});
    ranking.is_active = true;
    if (auto inserted = insert_rule(session, ranking); inserted.has_error()) return inserted;
    Rule moderation{
        .id = ids::new_id<RuleId>(), .organization_id = organization, .kind = RuleKind::moderation};
    moderation.name = "Standard moderation";
    moderation.definition = to_json(ModerationThresholds{});
    moderation.is_active = true;
    return insert_rule(session, moderation);
}

// Only what differs between the blocks: everything else takes the defaults of the text layout. Sizes are
// shares of the canvas' reference side.
void seed_text_style_set(soci::session& session, const OrganizationId& organization) {
    const auto block = [](int weight, double smallest, double largest) {
        return json::Object{
            {"weight", weight}, {"size_min", smallest}, {"size_max", largest}, {"color", "auto"}};
    };
    TextStyleSetRow set{
        .id = ids::new_id<TextStyleSetId>(), .organization_id = organization, .name = "Standard"};
    set.definition = json::Object{{"title", block(700, 0.045, 0.11)},
                                  {"subtitle", block(600, 0.03, 0.055)},
                                  {"content", block(400, 0.024, 0.036)},
                                  {"placement", "auto"},
                                  {"scrim", "auto"}};
    insert_text_style_set(session, set);
}

}  // namespace

Result<void> seed_catalog(soci::session& session, const OrganizationId& organization) {
    const auto platforms = seed_platforms(session, organization);
    if (platforms.has_error()) return platforms.error();
    for (const FormatSeed& seed : kFormats) {
        Format format = to_format(seed, organization, *platforms);
        if (auto inserted = insert_format(session, format); inserted.has_error()) return inserted;
    }
    if (auto seeded = seed_rules(session, organization); seeded.has_error()) return seeded;
    seed_text_style_set(session, organization);
    return {};
}

}  // namespace atelier::store
