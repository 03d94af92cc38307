#pragma once
// Private to the fake vendors: what each of them must know of its API.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "tests/support/vendors/fake_vendor.hpp"
#include "tests/support/vendors/server.hpp"

namespace atelier::tests {

/// What a request turned out to be.
struct Reading {
    enum class Kind { call, poll, cancel, refused } kind = Kind::refused;
    SeenCall call;    ///< of `call`
    HttpReply reply;  ///< of all others: what is said to it
};
Reading refused(HttpReply reply);
Reading belongs(HttpReply reply, Reading::Kind kind = Reading::Kind::poll);
Reading understood(ai::Capability capability, std::string model, json::Value body);

class VendorApi {
  public:
    virtual ~VendorApi() = default;
    /// May be called from several threads at once.
    virtual Reading read(const HttpRequest& request) = 0;
    /// The right answer, or the vendor's own shape of a wrong one. Acts that are the same for all vendors
    /// (hanging, HTML, …) are made of the right answer by FakeVendor.
    virtual HttpReply answer(const SeenCall& call, const Behaviour& behaviour) = 0;
};

std::unique_ptr<VendorApi> openai_api();
std::unique_ptr<VendorApi> gemini_api();
std::unique_ptr<VendorApi> anthropic_api();
/// `self` is the fake's own address, for the outputs that it names.
std::unique_ptr<VendorApi> replicate_api(std::string self);
std::unique_ptr<VendorApi> automatic1111_api();
std::unique_ptr<VendorApi> comfyui_api();

HttpReply json_reply(int status, const json::Value& body);
/// A member of `body` that is not among `known`; empty when there is none.
std::string stranger_in(const json::Value& body, std::initializer_list<std::string_view> known);

/// Text that the model says to this schema, by what the behaviour wants: an example, its own answer, in a
/// fence, in words.
std::string said_text(const json::Value& schema, const Behaviour& behaviour);
/// The value of the same.
json::Value said_value(const json::Value& schema, const Behaviour& behaviour);

}  // namespace atelier::tests
