#include "common/objects/local/local_store.hpp"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>

#include <fstream>

#include "common/ids/id.hpp"
#include "common/objects/open.hpp"

using namespace atelier;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

class Fixture {
  public:
    Fixture() : folder_(fs::temp_directory_path() / ("local-store-" + ids::new_uuid())) {
        auto opened = objects::LocalStore::open({.folder = folder_, .signing_secret = std::string(32, 's')});
        REQUIRE(opened.has_value());
        store_ = std::move(*opened);
    }
    ~Fixture() { fs::remove_all(folder_); }
    objects::LocalStore& store() { return *store_; }
    int files_in(const std::string& name) const {
        int count = 0;
        for (const auto& entry : fs::recursive_directory_iterator(folder_ / name))
            count += entry.is_regular_file();
        return count;
    }
    int entries_in(const std::string& name) const {
        return static_cast<int>(std::distance(fs::recursive_directory_iterator(folder_ / name), {}));
    }
    const fs::path& folder() const { return folder_; }

  private:
    fs::path folder_;
    std::unique_ptr<objects::LocalStore> store_;
};

/// Makes every write past that size fail, as a full disk does.
class SmallDisk {
  public:
    explicit SmallDisk(rlim_t bytes) : handler_(::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit small = before_;
        small.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        ::signal(SIGXFSZ, handler_);
    }

  private:
    rlimit before_;
    void (*handler_)(int);
};

}  // namespace

TEST_CASE("a presigned upload becomes the object") {
    Fixture fixture;
    auto& store = fixture.store();
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto put = store.presign_put("a/b", "image/png", 5, 60s);
    REQUIRE(put.has_value());
    const auto question = put->url.find('?');
    auto object = store.verify_signed_request("PUT", put->url.substr(0, question),
                                              put->url.substr(question + 1), "image/png", 5, now);
    REQUIRE(object.has_value());
    const auto received = store.new_temporary_path();
    std::ofstream(received) << "12345";
    REQUIRE(store.accept_upload(*object, received).has_value());
    CHECK(*store.get("a/b") == "12345");
    CHECK(store.head("a/b")->content_type == "image/png");
    CHECK_FALSE(fs::exists(received));
}

TEST_CASE("an upload of another length than signed is refused at the end too") {
    Fixture fixture;
    const objects::SignedObject object{.method = "PUT", .key = "a/b", .size = 5, .content_type = "image/png"};
    const auto received = fixture.store().new_temporary_path();
    std::ofstream(received) << "1234";
    CHECK(fixture.store().accept_upload(object, received).error().code == ErrorCode::validation_failed);
    CHECK(fs::exists(received));
    CHECK(fixture.store().head("a/b").error().code == ErrorCode::not_found);
    objects::SignedObject download = object;
    download.method = "GET";
    CHECK(fixture.store().accept_upload(download, received).error().code == ErrorCode::forbidden);
}

TEST_CASE("a disk that fills up leaves the old object and nothing half-written") {
    Fixture fixture;
    REQUIRE(fixture.store().put("a/b", "old", "text/plain").has_value());
    {
        const SmallDisk disk(50'000);
        auto put = fixture.store().put("a/b", std::string(100'000, 'n'), "text/plain");
        REQUIRE_FALSE(put.has_value());
        CHECK(put.error().code == ErrorCode::unavailable);
        CHECK(put.error().retryable());
    }
    CHECK(*fixture.store().get("a/b") == "old");
    CHECK(fixture.files_in("temporary") == 0);
}

TEST_CASE("the sweep removes what a crash left and spares what is being written") {
    Fixture fixture;
    const auto old = fixture.store().new_temporary_path(), young = fixture.store().new_temporary_path();
    std::ofstream(old) << "half";
    std::ofstream(young) << "half";
    fs::last_write_time(old, fs::file_time_type::clock::now() - 2h);
    REQUIRE(fixture.store().put("kept", "x", "text/plain").has_value());
    CHECK(fixture.store().sweep_temporary(1h) == 1);
    CHECK_FALSE(fs::exists(old));
    CHECK(fs::exists(young));
    CHECK(fixture.store().head("kept").has_value());
}

TEST_CASE("removing the last object of a folder removes the folder, and only then") {
    Fixture fixture;
    REQUIRE(fixture.store().put("org/a/one", "x", "text/plain").has_value());
    REQUIRE(fixture.store().put("org/b", "x", "text/plain").has_value());
    REQUIRE(fixture.store().remove("org/a/one").has_value());
    CHECK_FALSE(fs::exists(fixture.folder() / "objects/org/a"));
    CHECK(fixture.store().head("org/b").has_value());
    REQUIRE(fixture.store().remove("org/b").has_value());
    CHECK(fixture.entries_in("objects") == 0);
    CHECK(fs::exists(fixture.folder() / "objects"));
}

TEST_CASE("a crash between writing a new type and dropping the old one leaves the new object") {
    Fixture fixture;
    REQUIRE(fixture.store().put("a", "new", "image/png").has_value());
    auto file = fixture.store().locate("a");
    REQUIRE(file.has_value());
    const auto left = file->path.parent_path() / "a@image%2Fjpeg";
    std::ofstream(left) << "older";
    fs::last_write_time(left, fs::last_write_time(file->path) - 1s);
    CHECK(*fixture.store().get("a") == "new");
    CHECK(fixture.store().list("")->size() == 1);
    REQUIRE(fixture.store().remove("a").has_value());
    CHECK(fixture.files_in("objects") == 0);
}

TEST_CASE("a store opens again on what it left") {
    Fixture fixture;
    REQUIRE(fixture.store().put("a/b", "bytes", "text/plain").has_value());
    auto again = objects::open_store(
        {.url = "file://" + fixture.folder().string(), .signing_secret = std::string(32, 's')});
    REQUIRE(again.has_value());
    CHECK(*(*again)->get("a/b") == "bytes");
}

TEST_CASE("settings that cannot work are named") {
    const auto pointer_of = [](const objects::ObjectsSettings& settings) -> std::string {
        auto store = objects::open_store(settings);
        if (store) return "opened";
        return store.error().details.empty()
                   ? store.error().message
                   : store.error().details[0].pointer + " " + store.error().details[0].rule;
    };
    const std::string secret(32, 's');
    CHECK(pointer_of({.url = ""}) == "/objects_url scheme");
    CHECK(pointer_of({.url = "ftp://x"}) == "/objects_url scheme");
    CHECK(pointer_of({.url = "file://relative", .signing_secret = secret}) == "/objects_url absolute");
    CHECK(pointer_of({.url = "file:///tmp/x", .signing_secret = "short"}) == "/signing_secret minLength");
    CHECK(pointer_of({.url = "s3://b"}) == "/objects_url bucket");
    CHECK(pointer_of({.url = "s3://bucket"}) == "/objects_access_key required");
    CHECK(pointer_of({.url = "s3://bucket?endpont=x"}) == "/objects_url parameter");
    CHECK(pointer_of({.url = "s3://bucket?endpoint=nowhere"}) == "/objects_url endpoint");
    CHECK(pointer_of({.url = "s3://bucket?path_style=yes"}) == "/objects_url path_style");
    CHECK(pointer_of({.url = "s3://bucket", .access_key = "a", .secret_key = "s"}) == "opened");
}
