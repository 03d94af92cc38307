// `atelierctl adapt` against a real server: names, table, exit codes, and a connection that drops.

#include <doctest/doctest.h>
#include <filesystem>
#include <thread>

#include "common/media/media.hpp"
#include "tests/e2e/support/standalone.hpp"
#include "tests/support/tcp_proxy.hpp"

using namespace atelier;
using namespace atelier::e2e;

namespace fs = std::filesystem;

namespace {

const Standalone& server() {
    static const Standalone one;
    return one;
}

Finished adapt(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {program("atelierctl"), "adapt"});
    return run(arguments, {}, seconds(180));
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t files_in(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

}  // namespace

TEST_CASE("photos of one name get results of different names, in the asked formats, and a table of them") {
    const TempFolder folder;
    const std::string out = folder / "new/out";
    const Finished done =
        adapt({"--server", server().url(), "--photo", photo("cup.jpg"), "--photo", photo("cup.jpg"),
               "--photo", photo("portrait.jpg"), "--out", out, "--formats", "email-header,display-300x250",
               "--title", "Fresh", "--json", folder / "report.json"});
    CHECK_MESSAGE(done.exit_code == 0, done.errors);
    CHECK(files_in(out) == 6);
    for (const char* name :
         {"cup--email-header.jpg", "cup-2--email-header.jpg", "portrait--email-header.jpg"}) {
        const auto info = media::inspect_file(fs::path(out) / name);
        REQUIRE(info.has_value());
        CHECK(info->width == 600);
        CHECK(info->height == 200);
    }
    CHECK(holds(done.output, "strategy"));
    CHECK(holds(done.output, "600×200"));
    CHECK(holds(done.output, "faces 1/1"));
    CHECK(holds(done.output, "completed           6/6 pictures"));
    CHECK_FALSE(holds(done.output, "\x1b"));
    const auto report = json::parse(read_file(folder / "report.json"));
    REQUIRE(report.has_value());
    CHECK((*report)["pictures"].size() == 6);
    CHECK_FALSE(holds(json::write(*report), "signature="));
}

TEST_CASE("a connection that is cut in mid-job is taken up again") {
    const TempFolder folder;
    tests::TcpProxy proxy("127.0.0.1", Client(server().url()).port());
    Process running(
        {program("atelierctl"), "adapt", "--server", "http://127.0.0.1:" + std::to_string(proxy.port()),
         "--photo", photo("people.jpg"), "--out", folder / "out", "--formats",
         "print-a4,youtube-banner,x-post,instagram-story,tiktok-photo"},
        {}, folder / "log");
    REQUIRE(eventually(seconds(90), [&] { return holds(running.log(), "adapting"); }));
    proxy.cut();
    std::this_thread::sleep_for(seconds(2));
    proxy.restore();
    CHECK(running.wait(seconds(120) * slowness()) == 0);
    CHECK_MESSAGE(holds(running.log(), "5/5 pictures"), running.log());
    CHECK(files_in(folder / "out") == 5);
}

TEST_CASE("the exit code says what was wrong") {
    const TempFolder folder;
    const std::string out = folder / "out";
    const auto with = [&](const std::string& url, const std::string& file,
                          std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"--server", url, "--photo", file, "--out", out});
        return adapt(more);
    };
    SUBCASE("2: a photo that is none") {
        const Finished done = with(server().url(), photo("README.md"));
        CHECK(done.exit_code == 2);
        CHECK(holds(done.errors, "README.md"));
    }
    SUBCASE("2: a photo that does not exist") {
        CHECK(with(server().url(), folder / "none.jpg").exit_code == 2);
    }
    SUBCASE("3: nothing listens") {
        const Finished done = with("http://127.0.0.1:" + std::to_string(free_port()), photo("cup.jpg"));
        CHECK(done.exit_code == 3);
        CHECK(holds(done.errors, "could not be reached"));
    }
    SUBCASE("1: an unknown format, by its name") {
        const Finished done = with(server().url(), photo("cup.jpg"), {"--formats", "email-header,nonsense"});
        CHECK(done.exit_code == 1);
        CHECK(holds(done.errors, "nonsense: There is no such format."));
    }
    SUBCASE("1: the server's own words, every field of them") {
        const Finished done =
            with(server().url(), photo("cup.jpg"), {"--formats", "email-header", "--fill", "glitter"});
        CHECK(done.exit_code == 1);
        CHECK(holds(done.errors, "/fill: "));
    }
    SUBCASE("1: a wrong password") {
        const Finished done = with(server().url(), photo("cup.jpg"),
                                   {"--email", "nobody@example.com", "--password", "wrong password"});
        CHECK(done.exit_code == 1);
    }
}

TEST_CASE("too few credits are said before anything is uploaded") {
    const Standalone poor(Environment{{"ATELIER_SIGNUP_CREDITS", "20"}});
    const TempFolder folder;
    const Finished done =
        adapt({"--server", poor.url(), "--photo", photo("cup.jpg"), "--out", folder / "out"});
    CHECK(done.exit_code == 1);
    CHECK(holds(done.errors, "1 photos in 21 formats need 22 credits, but the organization has 20."));
    CHECK_FALSE(holds(done.output, "Uploaded"));
}
