#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "common/store/formats.hpp"
#include "common/store/organizations.hpp"
#include "common/store/platforms.hpp"
#include "common/store/rules.hpp"
#include "common/store/text_style_sets.hpp"
#include "tests/support/in_transaction.hpp"

using namespace atelier;
using namespace atelier::store;
using namespace atelier::testing;

namespace {

OrganizationId found(TestDatabase& database, const std::string& email) {
    return write(database,
                 [&](soci::session& session) {
                     return create_organization(
                         session, {.name = "Studio", .email = email, .password_hash = "x", .username = {}});
                 })
        ->organization.id;
}

Format square(const OrganizationId& organization, const std::string& slug) {
    Format format{.id = ids::new_id<FormatId>(), .organization_id = organization};
    format.slug = slug;
    format.name = "Ours";
    format.width = format.height = 500;
    return format;
}

Result<Format> add(TestDatabase& database, Format format) {
    return write(database, [&](soci::session& session) -> Result<Format> {
        if (auto inserted = insert_format(session, format); inserted.has_error()) return inserted.error();
        return find_format(session, format.organization_id, format.id);
    });
}

Rule add_rule(TestDatabase& database, const OrganizationId& organization, RuleKind kind,
              json::Value definition) {
    Rule rule{.id = ids::new_id<RuleId>(), .organization_id = organization, .kind = kind};
    rule.name = "Ours";
    rule.definition = std::move(definition);
    rule.is_active = true;
    write(database, [&](soci::session& session) { return insert_rule(session, rule); }).value();
    return rule;
}

ActiveRanking ranking(TestDatabase& database, const OrganizationId& organization) {
    return *write(database,
                  [&](soci::session& session) { return active_ranking_rules(session, organization); });
}

}  // namespace

TEST_CASE("a new organization has the 21 formats, rules and a text style set") {
    for_each_database([](TestDatabase& database) {
        const auto organization = found(database, "ada@example.org");
        const auto formats =
            write(database, [&](soci::session& session) { return active_formats(session, organization); });
        REQUIRE(formats.size() == 21);
        std::set<std::pair<int, int>> sizes;
        int without_platform = 0;
        for (const Format& format : formats) {
            CAPTURE(format.slug);
            CHECK((format.type == "resizing" || format.type == "repurposing"));
            CHECK(format.content_type == "image/jpeg");
            if (!format.platform_id) ++without_platform;
            if (format.slug.starts_with("display-")) CHECK(format.max_bytes == 150'000);
            sizes.emplace(format.width, format.height);
        }
        CHECK(without_platform == 1);
        CHECK(sizes.size() == 20);  // the Instagram story and TikTok share theirs
        CHECK(sizes.contains({2480, 3508}));
        CHECK(ranking(database, organization).rules == elements::Rules{});
        const auto thresholds = write(database, [&](soci::session& session) {
            return active_moderation_thresholds(session, organization);
        });
        CHECK(*thresholds == ModerationThresholds{});
        const auto sets = write(database, [&](soci::session& session) {
            return list_text_style_sets(session, organization, {});
        });
        CHECK(sets->items.size() == 1);
        const auto rules =
            write(database, [&](soci::session& session) { return list_rules(session, organization, {}); });
        CHECK(rules->items.size() == 2);
    });
}

TEST_CASE("a format's slug is unique within its organization, also after a change") {
    for_each_database([](TestDatabase& database) {
        const auto mine = found(database, "ada@example.org"), theirs = found(database, "bob@example.org");
        auto first = add(database, square(mine, "ours"));
        REQUIRE(first.has_value());
        CHECK(fields(add(database, square(mine, "ours"))) == "CONFLICT /slug");
        CHECK(add(database, square(theirs, "ours")).has_value());
        const auto update = [&](const Format& format) {
            return write(database, [&](soci::session& session) { return update_format(session, format); });
        };
        first->slug = "x-post";
        CHECK(fields(update(*first)) == "CONFLICT /slug");
        first->slug = "ours";
        first->max_bytes = 5'000'000'000;
        first->is_active = false;
        const auto updated = update(*first);
        REQUIRE(updated.has_value());
        CHECK(updated->max_bytes == 5'000'000'000);
        CHECK(!updated->is_active);
    });
}

TEST_CASE("formats are chosen by id or slug and every unknown one is named") {
    for_each_database([](TestDatabase& database) {
        const auto mine = found(database, "ada@example.org"), theirs = found(database, "bob@example.org");
        const auto foreign = add(database, square(theirs, "foreign"))->id.value;
        const auto ours = add(database, square(mine, "ours"))->id.value;
        const auto choose = [&](std::vector<std::string> names) {
            return write(database,
                         [&](soci::session& session) { return find_formats(session, mine, names); });
        };
        const auto chosen = choose({ours, "x-post", "ours"});
        REQUIRE(chosen.has_value());
        REQUIRE(chosen->size() == 2);
        CHECK(chosen->at(1).slug == "x-post");
        CHECK(fields(choose({"x-post", foreign, "foreign"})) ==
              "VALIDATION_FAILED /format_ids/1 /format_ids/2");
    });
}

TEST_CASE("another organization's catalog cannot be read, changed, used or deleted") {
    for_each_database([](TestDatabase& database) {
        const auto mine = found(database, "ada@example.org"), theirs = found(database, "bob@example.org");
        const auto in = [&](auto work) { return failure(write(database, work)); };
        const Format format = *add(database, square(theirs, "theirs"));
        const auto platforms =
            write(database, [&](soci::session& session) { return list_platforms(session, theirs, {}); });
        const Platform platform = platforms->items.front();
        const Rule rule = add_rule(database, theirs, RuleKind::ranking, json::Object{});
        const auto sets = write(
            database, [&](soci::session& session) { return list_text_style_sets(session, theirs, {}); });
        TextStyleSetRow set = sets->items.front();

        CHECK(in([&](soci::session& s) { return find_format(s, mine, format.id); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return delete_format(s, mine, format.id); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return find_platform(s, mine, platform.id); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return delete_platform(s, mine, platform.id); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return find_rule(s, mine, rule.id); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return delete_rule(s, mine, rule.id); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return find_text_style_set(s, mine, set.id); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return delete_text_style_set(s, mine, set.id); }) == "NOT_FOUND");

        auto stolen_format = format;
        auto stolen_platform = platform;
        auto stolen_rule = rule;
        stolen_format.organization_id = stolen_platform.organization_id = stolen_rule.organization_id =
            set.organization_id = mine;
        CHECK(in([&](soci::session& s) {
                  return update_format(s, [&] {
                      auto f = stolen_format;
                      f.platform_id.reset();
                      return f;
                  }());
              }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return update_platform(s, stolen_platform); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return update_rule(s, stolen_rule); }) == "NOT_FOUND");
        CHECK(in([&](soci::session& s) { return update_text_style_set(s, set); }) == "NOT_FOUND");

        Format borrowing = square(mine, "borrowing");
        borrowing.platform_id = platform.id;
        CHECK(fields(add(database, borrowing)) == "VALIDATION_FAILED /platform_id");
    });
}

TEST_CASE("a platform with formats cannot be deleted, an empty one can") {
    for_each_database([](TestDatabase& database) {
        const auto mine = found(database, "ada@example.org");
        const auto platforms = write(database, [&](soci::session& s) { return list_platforms(s, mine, {}); });
        CHECK(platforms->items.size() == 9);
        CHECK(failure(write(database, [&](soci::session& s) {
                  return delete_platform(s, mine, platforms->items.front().id);
              })) == "CONFLICT");
        Platform own{
            .id = ids::new_id<PlatformId>(), .organization_id = mine, .slug = "shop", .name = "Shop"};
        CHECK(write(database, [&](soci::session& s) { return insert_platform(s, own); }).has_value());
        own.slug = "x";
        CHECK(fields(write(database, [&](soci::session& s) { return update_platform(s, own); })) ==
              "CONFLICT /slug");
        CHECK(
            write(database, [&](soci::session& s) { return delete_platform(s, mine, own.id); }).has_value());
    });
}

TEST_CASE("activating a rule switches the other of its kind off and every change raises the revision") {
    for_each_database([](TestDatabase& database) {
        const auto mine = found(database, "ada@example.org");
        const auto before = ranking(database, mine).revision;
        Rule rule = add_rule(database, mine, RuleKind::ranking, json::Object{{"priority", "product_first"}});
        CHECK(ranking(database, mine).rules.priority == elements::Rules::Priority::product_first);
        CHECK(ranking(database, mine).revision == before + 1);
        const auto rules = write(database, [&](soci::session& s) { return list_rules(s, mine, {}); });
        CHECK(std::ranges::count(rules->items, true, &Rule::is_active) == 2);  // one per kind

        rule.is_active = false;
        CHECK(write(database, [&](soci::session& s) { return update_rule(s, rule); }).has_value());
        CHECK(ranking(database, mine).rules == elements::Rules{});
        CHECK(ranking(database, mine).revision == before + 2);
        CHECK(write(database, [&](soci::session& s) { return delete_rule(s, mine, rule.id); }).has_value());
        CHECK(ranking(database, mine).revision == before + 3);
    });
}

TEST_CASE("a rule whose definition is wrong is refused with the place of the fault") {
    for_each_database([](TestDatabase& database) {
        const auto mine = found(database, "ada@example.org");
        Rule rule{.id = ids::new_id<RuleId>(), .organization_id = mine, .kind = RuleKind::moderation};
        rule.name = "Broken";
        rule.definition = json::Object{{"thresholds", json::Object{{"porn", 2.0}}}};
        CHECK(fields(write(database, [&](soci::session& s) { return insert_rule(s, rule); })) ==
              "VALIDATION_FAILED /definition/thresholds/porn");
    });
}
