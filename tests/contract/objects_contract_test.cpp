// One suite for every object store. The S3 run needs a server: tests/support/s3/start says which variables
// name it.

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <thread>

#include "common/http_client/client.hpp"
#include "common/ids/id.hpp"
#include "common/objects/object_store.hpp"
#include "common/objects/open.hpp"

using namespace atelier;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

class Folder {
  public:
    Folder() : path_(fs::temp_directory_path() / ("objects-" + ids::new_uuid())) {
        fs::create_directories(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

std::unique_ptr<objects::ObjectStore> open(const objects::ObjectsSettings& settings) {
    auto store = objects::open_store(settings);
    if (!store) FAIL(store.error().message);
    return std::move(*store);
}

std::unique_ptr<objects::ObjectStore> open_s3() {
    return open({.url = variable("ATELIER_TEST_S3_URL"),
                 .access_key = variable("ATELIER_TEST_S3_ACCESS_KEY"),
                 .secret_key = variable("ATELIER_TEST_S3_SECRET_KEY")});
}

bool s3_is_there() {
    if (!variable("ATELIER_TEST_S3_URL").empty()) return true;
    MESSAGE("S3 skipped: ATELIER_TEST_S3_URL is not set");
    return false;
}

/// Runs the body with each store, a folder for files and a prefix that no other test uses.
struct Bench {
    objects::ObjectStore& store;
    fs::path folder;
    std::string prefix;
    std::string key(std::string_view name) const { return prefix + std::string(name); }
};

void with_every_store(const std::function<void(const Bench&)>& body) {
    const std::string prefix = "contract/" + ids::new_uuid() + "/";
    const Folder folder;
    fs::create_directories(folder.path() / "files");
    {
        INFO("local");
        const auto store = open(
            {.url = "file://" + (folder.path() / "store").string(), .signing_secret = std::string(32, 's')});
        body({*store, folder.path() / "files", prefix});
    }
    if (s3_is_there()) {
        INFO("s3");
        const auto store = open_s3();
        body({*store, folder.path() / "files", prefix});
        auto left = store->list(prefix);
        REQUIRE(left.has_value());
        for (const auto& object : *left)
            CHECK(store->remove(object.key).has_value());
    }
}

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

template <class T>
ErrorCode code_of(const Result<T>& result) {
    REQUIRE_FALSE(result.has_value());
    return result.error().code;
}

std::vector<std::string> keys_of(const Result<std::vector<objects::ObjectInfo>>& listed) {
    REQUIRE(listed.has_value());
    std::vector<std::string> keys;
    for (const auto& object : *listed)
        keys.push_back(object.key);
    return keys;
}

const std::string kBinary("\0\r\n\xff%@ bytes", 11);

}  // namespace

TEST_CASE("what was put is got back, with its size and type") {
    with_every_store([](const Bench& bench) {
        const auto key = bench.key("a/picture.jpg");
        auto put = bench.store.put(key, kBinary, "image/jpeg");
        REQUIRE(put.has_value());
        CHECK(put->size == 11);
        auto got = bench.store.get(key);
        REQUIRE(got.has_value());
        CHECK(*got == kBinary);
        auto head = bench.store.head(key);
        REQUIRE(head.has_value());
        CHECK(head->key == key);
        CHECK(head->size == 11);
        CHECK(head->content_type == "image/jpeg");
        CHECK(head->etag == put->etag);
        CHECK_FALSE(head->etag.empty());
    });
}

TEST_CASE("an empty object is an object") {
    with_every_store([](const Bench& bench) {
        REQUIRE(bench.store.put(bench.key("empty"), "", "application/octet-stream").has_value());
        auto got = bench.store.get(bench.key("empty"));
        REQUIRE(got.has_value());
        CHECK(got->empty());
        REQUIRE(bench.store.head(bench.key("empty")).has_value());
        CHECK(bench.store.head(bench.key("empty"))->size == 0);
    });
}

TEST_CASE("a second put replaces bytes, type and etag") {
    with_every_store([](const Bench& bench) {
        const auto key = bench.key("replaced");
        auto first = bench.store.put(key, "one", "text/plain");
        REQUIRE(first.has_value());
        auto second = bench.store.put(key, "three", "image/png");
        REQUIRE(second.has_value());
        CHECK(first->etag != second->etag);
        CHECK(*bench.store.get(key) == "three");
        CHECK(bench.store.head(key)->content_type == "image/png");
        CHECK(keys_of(bench.store.list(key)).size() == 1);
    });
}

TEST_CASE("a file goes in and comes out") {
    with_every_store([](const Bench& bench) {
        const std::string bytes(3 << 20, 'z');
        std::ofstream(bench.folder / "in", std::ios::binary) << bytes;
        REQUIRE(bench.store.put_file(bench.key("file"), bench.folder / "in", "image/webp").has_value());
        CHECK(fs::exists(bench.folder / "in"));
        std::ofstream(bench.folder / "out") << "older and to be replaced";
        auto info = bench.store.get_to_file(bench.key("file"), bench.folder / "out");
        REQUIRE(info.has_value());
        CHECK(info->size == 3 << 20);
        CHECK(info->content_type == "image/webp");
        CHECK(read(bench.folder / "out") == bytes);
        CHECK(code_of(bench.store.put_file(bench.key("x"), bench.folder / "absent", "image/png")) ==
              ErrorCode::not_found);
    });
}

TEST_CASE("a cap stops a read and leaves no file") {
    with_every_store([](const Bench& bench) {
        REQUIRE(bench.store.put(bench.key("ten"), "0123456789", "text/plain").has_value());
        CHECK(bench.store.get(bench.key("ten"), 10).has_value());
        CHECK(code_of(bench.store.get(bench.key("ten"), 9)) == ErrorCode::too_large);
        CHECK(code_of(bench.store.get_to_file(bench.key("ten"), bench.folder / "capped", 9)) ==
              ErrorCode::too_large);
        for (const auto& entry : fs::directory_iterator(bench.folder))
            CHECK(entry.path().filename().string().find("capped") == std::string::npos);
    });
}

TEST_CASE("what is absent is not found, and removing it succeeds") {
    with_every_store([](const Bench& bench) {
        const auto key = bench.key("absent/thing");
        CHECK(code_of(bench.store.get(key)) == ErrorCode::not_found);
        CHECK(code_of(bench.store.head(key)) == ErrorCode::not_found);
        CHECK(code_of(bench.store.get_to_file(key, bench.folder / "absent")) == ErrorCode::not_found);
        CHECK(code_of(bench.store.copy(key, bench.key("b"))) == ErrorCode::not_found);
        CHECK(bench.store.remove(key).has_value());
        REQUIRE(bench.store.put(key, "x", "text/plain").has_value());
        CHECK(bench.store.remove(key).has_value());
        CHECK(bench.store.remove(key).has_value());
        CHECK(code_of(bench.store.head(key)) == ErrorCode::not_found);
    });
}

TEST_CASE("a listing is in byte order, by prefix, in pages") {
    with_every_store([](const Bench& bench) {
        const std::vector<std::string> names{"a-b", "a.b", "a/1", "a/2/deep", "a/2x", "a0", "a_", "b/1"};
        for (const auto& name : names)
            REQUIRE(bench.store.put(bench.key(name), name, "text/plain").has_value());
        std::vector<std::string> all;
        for (const auto& name : names)
            all.push_back(bench.key(name));
        CHECK(keys_of(bench.store.list(bench.prefix)) == all);
        CHECK(keys_of(bench.store.list(bench.key("a/"))) == std::vector{all[2], all[3], all[4]});
        CHECK(keys_of(bench.store.list(bench.key("a/2"))) == std::vector{all[3], all[4]});
        CHECK(keys_of(bench.store.list(bench.key("none"))).empty());
        CHECK(keys_of(bench.store.list(bench.prefix, 2, all[1])) == std::vector{all[2], all[3]});
        CHECK(keys_of(bench.store.list(bench.prefix, 2, all[3])) == std::vector{all[4], all[5]});
        CHECK(keys_of(bench.store.list(bench.prefix, 10, bench.key("a/2/"))).front() == all[3]);
        CHECK(keys_of(bench.store.list(bench.prefix, 10, all.back())).empty());
        CHECK(bench.store.list(bench.prefix)->front().size == 3);
    });
}

TEST_CASE("a copy has the bytes and the type, a move leaves nothing behind") {
    with_every_store([](const Bench& bench) {
        REQUIRE(bench.store.put(bench.key("from"), "bytes", "image/png").has_value());
        auto copied = bench.store.copy(bench.key("from"), bench.key("to/copy"));
        REQUIRE(copied.has_value());
        CHECK(copied->content_type == "image/png");
        CHECK(copied->size == 5);
        CHECK(bench.store.head(bench.key("from")).has_value());
        REQUIRE(bench.store.move(bench.key("from"), bench.key("moved")).has_value());
        CHECK(code_of(bench.store.head(bench.key("from"))) == ErrorCode::not_found);
        CHECK(*bench.store.get(bench.key("moved")) == "bytes");
        REQUIRE(bench.store.move(bench.key("moved"), bench.key("moved")).has_value());
        CHECK(*bench.store.get(bench.key("moved")) == "bytes");
    });
}

TEST_CASE("keys and types that are none are refused before anything happens") {
    with_every_store([](const Bench& bench) {
        for (const std::string& key :
             {std::string(), std::string("/absolute"), std::string("a//b"), std::string("a/../b"),
              std::string(".."), std::string("a/."), std::string(".hidden"), std::string("a/"),
              std::string("a b"), std::string("a%2fb"), std::string("a\\b"), std::string("a@b"),
              std::string("=ab/c"), std::string("a\nb"), std::string("a\0b", 3), std::string("\xc3\xa4"),
              std::string(129, 'a'), std::string(400, 'a') + "/" + std::string(120, 'b')}) {
            CAPTURE(key);
            CHECK(code_of(bench.store.put(key, "x", "text/plain")) == ErrorCode::validation_failed);
            CHECK(code_of(bench.store.get(key)) == ErrorCode::validation_failed);
            CHECK(code_of(bench.store.head(key)) == ErrorCode::validation_failed);
            CHECK(code_of(bench.store.remove(key)) == ErrorCode::validation_failed);
            CHECK(code_of(bench.store.presign_put(key, "text/plain", 1, 60s)) ==
                  ErrorCode::validation_failed);
            CHECK(code_of(bench.store.presign_get(key, 60s)) == ErrorCode::validation_failed);
        }
        for (const char* type :
             {"", "text", "/plain", "text/", "text/plain; charset=utf-8", "Text/plain", "a/b\r\nx: y"}) {
            CAPTURE(type);
            CHECK(code_of(bench.store.put(bench.key("x"), "x", type)) == ErrorCode::validation_failed);
        }
        CHECK(code_of(bench.store.list("../")) == ErrorCode::validation_failed);
        CHECK(code_of(bench.store.presign_put(bench.key("x"), "text/plain", -1, 60s)) ==
              ErrorCode::validation_failed);
    });
}

TEST_CASE("writers of one key leave the whole object of one of them") {
    with_every_store([](const Bench& bench) {
        const auto key = bench.key("contested");
        std::vector<std::thread> writers;
        for (int i = 0; i < 4; ++i)
            writers.emplace_back([&bench, &key, i] {
                for (int round = 0; round < 10; ++round)
                    (void)bench.store.put(key, std::string(20'000, static_cast<char>('a' + i)),
                                          i % 2 ? "image/png" : "image/jpeg");
            });
        for (auto& writer : writers)
            writer.join();
        auto got = bench.store.get(key);
        REQUIRE(got.has_value());
        CHECK(*got == std::string(20'000, got->front()));
        CHECK(bench.store.head(key)->content_type == ((got->front() - 'a') % 2 ? "image/png" : "image/jpeg"));
        CHECK(keys_of(bench.store.list(key)).size() == 1);
    });
}

TEST_CASE("a reader finds the object while writers replace it by another type") {
    with_every_store([](const Bench& bench) {
        const auto key = bench.key("replaced-while-read");
        REQUIRE(bench.store.put(key, "0", "text/plain").has_value());
        std::thread writer([&] {
            for (int i = 0; i < 30; ++i)
                (void)bench.store.put(key, std::to_string(i), i % 2 ? "image/png" : "image/jpeg");
        });
        int missed = 0;
        for (int i = 0; i < 60; ++i)
            missed += !bench.store.get(key).has_value();
        writer.join();
        CHECK(missed == 0);
    });
}

TEST_CASE("a healthy store says so") {
    with_every_store([](const Bench& bench) { CHECK(bench.store.check().has_value()); });
}

namespace {

int send(std::string method, std::string url, std::vector<http_client::Header> headers, std::string body) {
    const http_client::Client client;
    http_client::Request request{
        .method = std::move(method), .url = std::move(url), .headers = std::move(headers)};
    if (request.method == "PUT") request.body = std::move(body);
    auto response = client.send(request);
    REQUIRE(response.has_value());
    return response->status;
}

}  // namespace

TEST_CASE("S3 takes a presigned upload of exactly the signed type, and nothing else") {
    if (!s3_is_there()) return;
    const auto store = open_s3();
    const std::string key = "contract/" + ids::new_uuid();
    auto put = store->presign_put(key, "image/png", 5, 60s);
    REQUIRE(put.has_value());
    CHECK(put->url.find("content-length%3Bcontent-type%3Bhost") != std::string::npos);
    const http_client::Header png{"Content-Type", "image/png"}, jpeg{"Content-Type", "image/jpeg"};
    CHECK(send("PUT", put->url, {jpeg}, "12345") == 403);
    CHECK(send("PUT", put->url, {png}, "123456") == 403);
    CHECK(send("PUT", put->url + "0", {png}, "12345") == 403);
    auto elsewhere = put->url;
    elsewhere.insert(elsewhere.find('?'), "x");
    CHECK(send("PUT", elsewhere, {png}, "12345") == 403);
    CHECK(send("GET", put->url, {png}, "") == 403);
    CHECK(code_of(store->head(key)) == ErrorCode::not_found);
    CHECK(send("PUT", put->url, {png}, "12345") == 200);
    REQUIRE(store->head(key).has_value());
    CHECK(store->head(key)->content_type == "image/png");
    CHECK(store->remove(key).has_value());
}

TEST_CASE("S3 gives a presigned download until it expires") {
    if (!s3_is_there()) return;
    const auto store = open_s3();
    const std::string key = "contract/" + ids::new_uuid();
    REQUIRE(store->put(key, "bytes", "image/png").has_value());
    auto url = store->presign_get(key, 60s, {.filename = "K\u00e4se.png", .content_type = "image/webp"});
    REQUIRE(url.has_value());
    const http_client::Client client;
    auto response = client.send({.url = *url});
    REQUIRE(response.has_value());
    CHECK(response->status == 200);
    CHECK(response->body == "bytes");
    CHECK(response->header("content-type") == "image/webp");
    CHECK(response->header("content-disposition") == "attachment; filename*=UTF-8''K%C3%A4se.png");
    const auto past = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) - 1h;
    auto expired = store->presign_get(key, 60s, past);
    REQUIRE(expired.has_value());
    CHECK(send("GET", *expired, {}, "") == 403);
    CHECK(send("GET", *url + "1", {}, "") == 403);
    CHECK(store->remove(key).has_value());
}
