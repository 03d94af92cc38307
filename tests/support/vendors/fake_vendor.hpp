#pragma once
// Vendors of AI for tests: a server on loopback, in this process, that speaks one vendor's API in its real
// shapes, refuses what the real one refuses (path, method, key, members of the body), and can be told how to
// behave, call by call.
//
// A call is what a provider is asked for, however many requests it takes: polls of a prediction, downloads of
// its output and looks at a history belong to the call that began them, take no behaviour from the script and
// are counted apart. Any thread.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/json/value.hpp"
#include "workers/ai/vendors/vendor.hpp"

namespace atelier::tests {

enum class Act {
    ok,              ///< does what is asked: text that fits the given schema, pictures of the asked size
    rate_limited,    ///< 429, with `retry_after_s` where given
    out_of_quota,    ///< the account's money or quota is used up
    server_error,    ///< 500
    overloaded,      ///< 503, or 529 where the vendor has that
    wrong_key,       ///< 401, or whatever the vendor says to a key that it does not know
    unknown_model,   ///< 404, or whatever the vendor says
    too_long,        ///< more tokens than the model's context takes
    refusal,         ///< the vendor's own shape of "I will not do that"
    hang,            ///< takes the request and says nothing until the client goes
    drip,            ///< a right answer at 1 byte a second
    truncated_json,  ///< 200 with JSON that breaks off
    broken_off,      ///< 200, a length, half of it, and the connection closes
    fenced_json,     ///< the model's text is right JSON in a ``` fence; vendors that parse refuse it
    prose,           ///< the model's text is no JSON at all
    cut_off,         ///< the model stopped at its token limit in the middle of its answer
    html,            ///< 200 text/html: what a captive portal says
    html_error,      ///< 502 text/html: what a proxy says
    huge,            ///< 200 and 3 GB of body, streamed
    slow,            ///< right, after `delay` (Replicate and ComfyUI: after `polls` polls that say "not yet")
    wrong_shape,     ///< 200 with JSON that has none of the members that it should
    no_picture,      ///< a picture whose bytes are none
};
std::string_view to_string(Act act);
/// Whether the vendor can do that at all when asked for that: a text cannot be no picture, AUTOMATIC1111
/// refuses no content. An act that does not apply is ok.
bool applies(Act act, std::string_view vendor, ai::Capability capability);
/// All of them, for tests that go through every one.
std::vector<Act> all_acts();

struct Behaviour {
    Act act = Act::ok;
    std::optional<int> retry_after_s = {};
    std::chrono::milliseconds delay{0};  ///< before anything is said, whatever the act
    int polls = 3;                       ///< of `slow`
    int failing_polls = 0;               ///< of `slow`: so many of its polls answer 500 first
    std::uint64_t mangle = 0;            ///< not 0: the answer is made wrong in one place, by this seed
    json::Value answer = {};             ///< of text and vision: said in place of an example of the schema
};

/// What the fake understood of a call.
struct SeenCall {
    int number = 0;  ///< from 1, in order of arrival
    ai::Capability capability = ai::Capability::text;
    std::string model;
    std::string idempotency_key;  ///< where the vendor takes one
    std::string method, target;
    std::map<std::string, std::string> headers;  ///< names in lowercase
    json::Value body;                            ///< null when it was no JSON (multipart)
    std::map<std::string, std::string> parts;  ///< of multipart, by name; repeated ones are name, name#2, …
};

struct VendorCounts {
    int requests = 0;  ///< everything that came
    int calls = 0;     ///< calls that were understood
    int polls = 0;     ///< requests that belong to an earlier call
    int cancels = 0;   ///< predictions or prompts that the client took back
    int refused = 0;   ///< requests that the real vendor would answer with 4xx, by no script
    int connections = 0;
    std::map<std::string, int> by_act = {};            ///< calls by what was done to them
    std::map<std::string, int> idempotency_keys = {};  ///< how often each was seen
    std::int64_t huge_bytes = 0;                       ///< that clients took of huge bodies
};

class FakeVendor {
  public:
    /// A name of the vendors' table. Throws when there is no such fake.
    explicit FakeVendor(std::string_view vendor);
    /// Ends hanging and dripping answers at once.
    ~FakeVendor();
    FakeVendor(const FakeVendor&) = delete;
    FakeVendor& operator=(const FakeVendor&) = delete;

    /// What to give to VendorSettings.
    std::string base_url() const;
    static std::string key();
    /// Complete settings for this fake, with options that make polls quick and let its outputs be fetched.
    ai::VendorSettings settings(std::string id = "fake") const;
    /// A model's name that the fake knows.
    std::string model(ai::Capability capability) const;

    /// The next `times` calls behave so; afterwards the script goes on.
    void push(Behaviour behaviour, int times = 1);
    /// Asked once for every call that `push` has left nothing for. Empty: ok. Must be callable from any
    /// thread.
    void script(std::function<Behaviour(const SeenCall&)> decide);

    VendorCounts counts() const;
    std::vector<SeenCall> seen() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace atelier::tests
