// What smuggles requests past lenient readers, one row a trick: 400 in the envelope, the connection closes,
// and the request hidden behind the trick is not served.

#include <doctest/doctest.h>

#include "common/json/value.hpp"
#include "tests/unit/api/http/server_fixture.hpp"

using namespace atelier;
using namespace atelier::api::http;
using tests::RawClient;

namespace {

constexpr std::string_view kHidden = "GET /open?smuggled HTTP/1.1\r\nHost: test\r\n\r\n";

struct Row {
    const char* name;
    std::string request;
};

std::string post(const std::string& headers, const std::string& body = "") {
    return "POST /open HTTP/1.1\r\n" + headers + "Content-Type: application/json\r\n\r\n" + body;
}

std::string get(const std::string& target, const std::string& headers = "Host: test\r\n") {
    return "GET " + target + " HTTP/1.1\r\n" + headers + "\r\n";
}

const std::string kHost = "Host: test\r\n";

void check_refused(TestServer& server, const Row& row) {
    CAPTURE(row.name);
    const int calls = server.calls();
    RawClient client(server.server->port());
    client.send(row.request + std::string(kHidden));
    const auto response = client.response();
    REQUIRE(response.has_value());
    CHECK(response->status == 400);
    CHECK(response->header("connection") == "close");
    const auto envelope = json::parse(response->body);
    REQUIRE(envelope.has_value());
    CHECK((*envelope)["error"]["code"].as_string() == "BAD_REQUEST");
    CHECK((*envelope)["request_id"].as_string() == response->header("x-request-id"));
    CHECK(client.rest() == "");
    CHECK(server.calls() == calls);
}

}  // namespace

TEST_CASE("a request whose length two readers could see differently is refused") {
    TestServer server;
    const std::vector<Row> rows{
        {"both lengths", post(kHost + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
        {"both lengths, swapped",
         post(kHost + "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", "0\r\n\r\n")},
        {"identity", post(kHost + "Transfer-Encoding: identity\r\n", "0\r\n\r\n")},
        {"gzip, chunked", post(kHost + "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")},
        {"chunked, identity", post(kHost + "Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n")},
        {"xchunked", post(kHost + "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")},
        {"empty encoding", post(kHost + "Transfer-Encoding:\r\n", "0\r\n\r\n")},
        {"two encodings",
         post(kHost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
        {"encoding in capitals", post(kHost + "Transfer-Encoding: CHUNKED\r\n", "0\r\n\r\n")},
        {"vertical tab before chunked", post(kHost + "Transfer-Encoding: \x0b"
                                                     "chunked\r\n",
                                             "0\r\n\r\n")},
        {"space before the colon", post(kHost + "Transfer-Encoding : chunked\r\n", "0\r\n\r\n")},
        {"chunked on HTTP/1.0",
         "POST /open HTTP/1.0\r\nHost: test\r\nConnection: keep-alive\r\nTransfer-Encoding: "
         "chunked\r\n\r\n0\r\n\r\n"},
        {"two equal lengths", post(kHost + "Content-Length: 2\r\nContent-Length: 2\r\n", "{}")},
        {"two lengths", post(kHost + "Content-Length: 2\r\nContent-Length: 0\r\n", "{}")},
        {"list of lengths", post(kHost + "Content-Length: 2, 2\r\n", "{}")},
        {"signed length", post(kHost + "Content-Length: +2\r\n", "{}")},
        {"negative length", post(kHost + "Content-Length: -2\r\n", "{}")},
        {"hexadecimal length", post(kHost + "Content-Length: 0x2\r\n", "{}")},
        {"octal length", post(kHost + "Content-Length: 02\r\n", "{}")},
        {"empty length", post(kHost + "Content-Length:\r\n", "{}")},
        {"length of 20 digits", post(kHost + "Content-Length: 18446744073709551618\r\n", "{}")},
        {"trailer announced",
         post(kHost + "Trailer: Authorization\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
    };
    for (const Row& row : rows)
        check_refused(server, row);
}

TEST_CASE("a chunked body that is not exactly as the standard draws it is refused") {
    TestServer server;
    const auto chunked = [](const std::string& body) {
        return post(kHost + "Transfer-Encoding: chunked\r\n", body);
    };
    const std::vector<Row> rows{
        {"trailer", chunked("0\r\nAuthorization: Bearer admin\r\n\r\n")},
        {"extension", chunked("2;a=b\r\n{}\r\n0\r\n\r\n")},
        {"bare LF after the size", chunked("2\n{}\r\n0\r\n\r\n")},
        {"bare LF after the data", chunked("2\r\n{}\n0\r\n\r\n")},
        {"size with a sign", chunked("+2\r\n{}\r\n0\r\n\r\n")},
        {"size with 0x", chunked("0x2\r\n{}\r\n0\r\n\r\n")},
        {"size with a space", chunked("2 \r\n{}\r\n0\r\n\r\n")},
        {"no size", chunked("\r\n{}\r\n0\r\n\r\n")},
        {"size that overflows", chunked("10000000000000002\r\n{}\r\n0\r\n\r\n")},
        {"chunk longer than its size", chunked("1\r\n{}\r\n0\r\n\r\n")},
    };
    for (const Row& row : rows)
        check_refused(server, row);
}

TEST_CASE("header lines that readers split differently are refused") {
    TestServer server;
    const std::vector<Row> rows{
        {"no Host", get("/open", "")},
        {"two Hosts", get("/open", "Host: test\r\nHost: test\r\n")},
        {"two Hosts in other case", get("/open", "Host: test\r\nhOST: evil\r\n")},
        {"empty Host", get("/open", "Host:\r\n")},
        {"Host with a path", get("/open", "Host: test/evil\r\n")},
        {"Host with user", get("/open", "Host: a@test\r\n")},
        {"folded line", get("/open", "Host: test\r\nX-A: 1\r\n\tfolded\r\n")},
        {"folded first line", get("/open", " Host: test\r\n")},
        {"bare LF", "GET /open HTTP/1.1\nHost: test\n\n"},
        {"bare LF inside", get("/open", "Host: test\r\nX-A: 1\nX-B: 2\r\n")},
        {"bare CR inside", get("/open", "Host: test\r\nX-A: 1\rX-B: 2\r\n")},
        {"CR CR LF", get("/open", "Host: test\r\r\n")},
        {"NUL in a value", get("/open", "Host: test\r\nX-A: a" + std::string(1, '\0') + "b\r\n")},
        {"control character in a value", get("/open",
                                             "Host: test\r\nX-A: a\x01"
                                             "b\r\n")},
        {"line without colon", get("/open", "Host: test\r\nnonsense\r\n")},
        {"empty name", get("/open", "Host: test\r\n: value\r\n")},
        {"space in a name", get("/open", "Host: test\r\nX A: value\r\n")},
        {"two Authorizations",
         get("/open", "Host: test\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n")},
        {"unknown expectation", post(kHost + "Expect: 200-ok\r\nContent-Length: 2\r\n", "{}")},
    };
    for (const Row& row : rows)
        check_refused(server, row);
}

TEST_CASE("request lines and targets that readers resolve differently are refused") {
    TestServer server;
    const std::vector<Row> rows{
        {"leading empty line", "\r\n" + get("/open")},
        {"HTTP/2.0", "GET /open HTTP/2.0\r\nHost: test\r\n\r\n"},
        {"HTTP/1.2", "GET /open HTTP/1.2\r\nHost: test\r\n\r\n"},
        {"lower-case http", "GET /open http/1.1\r\nHost: test\r\n\r\n"},
        {"no version", "GET /open\r\nHost: test\r\n\r\n"},
        {"two spaces", "GET  /open HTTP/1.1\r\nHost: test\r\n\r\n"},
        {"tab", "GET\t/open HTTP/1.1\r\nHost: test\r\n\r\n"},
        {"space in the target", "GET /open /open HTTP/1.1\r\nHost: test\r\n\r\n"},
        {"bad method", "G(T /open HTTP/1.1\r\nHost: test\r\n\r\n"},
        {"NUL in the target", get("/op" + std::string(1, '\0') + "en")},
        {"control character in the target", get("/op\x02"
                                                "en")},
        {"fragment", get("/open#x")},
        {"backslash", get("/x\\..\\open")},
        {"raw UTF-8", get("/\xc3\xa9")},
        {"absolute, other host", get("http://evil/open")},
        {"absolute with user", get("http://a@test/open")},
        {"absolute, other scheme", get("ftp://test/open")},
        {"authority form", "CONNECT test:80 HTTP/1.1\r\nHost: test\r\n\r\n"},
        {"asterisk", "OPTIONS * HTTP/1.1\r\nHost: test\r\n\r\n"},
    };
    for (const Row& row : rows)
        check_refused(server, row);
}

TEST_CASE("paths with escapes that hide something are refused") {
    TestServer server;
    for (const char* target :
         {"/items/%00", "/items/%0a", "/items/%zz", "/items/%4", "/items/%ff", "/items/../open",
          "/items/%2e%2E/open", "/./open", "/open?a=%00", "/open?a=%c0%80", "/open?%"}) {
        CAPTURE(target);
        RawClient client(server.server->port());
        CHECK(client.request(get(target)).status == 400);
    }
}

TEST_CASE("what the standard asks for is understood") {
    TestServer server;
    RawClient client(server.server->port());
    CHECK(client.request(get("/open")).status == 200);
    CHECK(client.request(get("http://TEST/open")).status == 200);
    CHECK(client.request(get("/open", "hOsT:test:8080\r\nX-Empty:\r\nX-Blank: \t a \t\r\n")).status == 200);
    const auto chunked =
        client.request(post(kHost + "Transfer-Encoding: chunked\r\n", "1\r\n{\r\n01\r\n}\r\n0\r\n\r\n"));
    CHECK(chunked.status == 200);
    CHECK((*json::parse(chunked.body))["body"].as_string() == "{}");
    CHECK(client.request("GET /open HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("connection") ==
          "keep-alive");
    CHECK(client.request("GET /open HTTP/1.0\r\n\r\n").header("connection") == "close");
    CHECK(client.rest() == "");
}
