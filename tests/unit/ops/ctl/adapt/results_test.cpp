#include "ops/ctl/adapt/results.hpp"

#include <doctest/doctest.h>

using namespace atelier;
using namespace atelier::ctl;

namespace {

json::Value element(const char* kind, double kept) {
    return json::Object{{"kind", kind}, {"rank", 1}, {"protected", true}, {"kept", kept}};
}

json::Value kept(std::initializer_list<json::Value> elements) {
    json::Value all = json::Array{};
    for (const json::Value& e : elements)
        all.push(e);
    return all;
}

json::Value picture(const char* source, const char* slug, const char* moderation) {
    json::Value told = json::Object{{"source_asset_id", source},
                                    {"format", json::Object{{"slug", slug}}},
                                    {"content_type", "image/jpeg"},
                                    {"width", 600},
                                    {"height", 200},
                                    {"strategy", "crop"},
                                    {"size_bytes", 1234},
                                    {"moderation", moderation}};
    return told.set("preview_url", "http://server/preview").set("elements_kept", kept({element("face", 1)}));
}

json::Value results_of(std::initializer_list<json::Value> pictures) {
    return json::Object{{"assets", kept(pictures)}};
}

}  // namespace

TEST_CASE("kept elements are counted whole, and a single subject that is cut says how much of it is left") {
    CHECK(kept_in_words(kept({element("face", 1), element("text", 1), element("face", 0.999),
                              element("text", 0.4)})) == "faces 2/2 text 1/2");
    CHECK(kept_in_words(kept({element("product", 0.712)})) == "product 71%");
    CHECK(kept_in_words(kept({element("product", 1), element("person", 0.5), element("person", 1)})) ==
          "product 1/1 person 1/2");
    CHECK(kept_in_words(json::Array{}) == "-");
}

TEST_CASE("files are named by photo and format, a flagged one is its preview, and a pending one none") {
    const std::vector<Photo> photos{{"b.jpg", "b", "image/jpeg", 1, "two"},
                                    {"a.jpg", "a", "image/jpeg", 1, "one"}};
    json::Value approved = picture("one", "x-post", "approved"),
                pending = picture("one", "x-header", "pending");
    approved.set("url", "http://server/picture").set("content_type", "image/webp");
    pending.make_object().erase("preview_url");
    const auto named = name_pictures(
        results_of({approved, pending, picture("two", "../x", "flagged"), picture("else", "y", "approved")}),
        photos);
    REQUIRE(named.size() == 3);
    CHECK(named[0].file == "b--_.._x.flagged-preview.jpg");
    CHECK(named[0].url == "http://server/preview");
    CHECK(named[1].file == "a--x-post.webp");
    CHECK(named[1].url == "http://server/picture");
    CHECK(named[2].file == "");
}

TEST_CASE(
    "the table aligns what is wider in bytes than on the screen, and says what is not plainly approved") {
    const std::vector<Picture> pictures{{picture("one", "x-post", "flagged"), "café", "", ""}};
    const std::string table = table_of(pictures);
    const std::size_t heading = table.find('\n');
    const std::string line = table.substr(heading + 1, table.find('\n', heading + 1) - heading - 1);
    CHECK(table.find("format") == 7);
    CHECK(line.find("x-post") == 8);  // one byte more than columns
    CHECK(line.ends_with("1234  flagged"));
}
