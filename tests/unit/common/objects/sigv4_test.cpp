#include "common/objects/s3/sigv4.hpp"

#include <doctest/doctest.h>

#include "common/objects/s3/list_xml.hpp"

using namespace atelier;
using namespace std::chrono;

TEST_CASE("the example of Amazon's documentation is signed as the documentation says") {
    // "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)", Amazon S3 API reference.
    const sys_seconds now = sys_days{2013y / May / 24};
    const auto url = objects::presign_sigv4(
        {.method = "GET", .scheme_and_host = "https://examplebucket.s3.amazonaws.com", .path = "/test.txt"},
        {.access_key = "AKIAIOSFODNN7EXAMPLE", .secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"},
        "us-east-1", 86400s, now);
    CHECK(url ==
          "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
          "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
          "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
          "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

TEST_CASE("a listing is read with its entities") {
    auto listed = objects::parse_list(
        R"(<?xml version="1.0"?><ListBucketResult xmlns="x"><Name>b</Name><Contents><Key>a&amp;b&#45;c</Key>)"
        R"(<ETag>&quot;e1&quot;</ETag><Size>12</Size></Contents><Contents><Key>z</Key><Size>0</Size></Contents></ListBucketResult>)");
    REQUIRE(listed.has_value());
    REQUIRE(listed->size() == 2);
    CHECK(listed->at(0).key == "a&b-c");
    CHECK(listed->at(0).etag == "\"e1\"");
    CHECK(listed->at(0).size == 12);
    CHECK(listed->at(1).key == "z");
}

TEST_CASE("what is no listing is refused") {
    for (const char* xml :
         {"", "<html>busy</html>", "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>",
          "<ListBucketResult><Contents><Key>a</Key><Size>many</Size></Contents></ListBucketResult>",
          "<ListBucketResult><Contents><Key>a</Key><Size>-1</Size></Contents></ListBucketResult>",
          "<ListBucketResult><Contents><Key>&external;</Key><Size>1</Size></Contents></ListBucketResult>",
          "<ListBucketResult><Contents><Key>&#xffffffffff;</Key><Size>1</Size></Contents></"
          "ListBucketResult>"}) {
        CAPTURE(xml);
        CHECK_FALSE(objects::parse_list(xml).has_value());
    }
    CHECK(objects::parse_error_code("<Error><Code>NoSuchKey</Code></Error>") == "NoSuchKey");
    CHECK(objects::parse_error_code("plain").empty());
}
