#include "tests/support/vendors/fake_vendor.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "tests/support/vendors/api.hpp"
#include "tests/support/vendors/example.hpp"
#include "tests/support/vendors/mangle.hpp"

namespace atelier::tests {

using ai::Capability;

namespace {

constexpr std::array<std::string_view, 22> kActs{
    "ok",          "rate_limited",   "out_of_quota", "server_error", "overloaded",
    "wrong_key",   "unknown_model",  "too_long",     "refusal",      "hang",
    "drip",        "truncated_json", "broken_off",   "fenced_json",  "prose",
    "cut_off",     "html",           "html_error",   "huge",         "slow",
    "wrong_shape", "no_picture"};

struct Model {
    std::string_view vendor;
    Capability capability;
    std::string_view name;
};
constexpr Model kModels[] = {
    {"openai", Capability::text, "gpt-4.1-mini"},
    {"openai", Capability::vision, "gpt-4.1-mini"},
    {"openai", Capability::image, "gpt-image-1"},
    {"openai", Capability::embedding, "text-embedding-3-small"},
    {"openai", Capability::safety, "omni-moderation-latest"},
    {"gemini", Capability::text, "gemini-2.5-flash"},
    {"gemini", Capability::vision, "gemini-2.5-flash"},
    {"gemini", Capability::image, "gemini-2.5-flash-image"},
    {"gemini", Capability::embedding, "gemini-embedding-001"},
    {"anthropic", Capability::text, "claude-sonnet-4-5"},
    {"anthropic", Capability::vision, "claude-sonnet-4-5"},
    {"replicate", Capability::image, "black-forest-labs/flux-schnell"},
    {"automatic1111", Capability::image, "sd_xl_base_1.0"},
    {"comfyui", Capability::image, "sd_xl_base_1.0.safetensors"},
};

std::unique_ptr<VendorApi> api_of(std::string_view vendor, const std::string& self) {
    if (vendor == "openai") return openai_api();
    if (vendor == "gemini") return gemini_api();
    if (vendor == "anthropic") return anthropic_api();
    if (vendor == "replicate") return replicate_api(self);
    if (vendor == "automatic1111") return automatic1111_api();
    if (vendor == "comfyui") return comfyui_api();
    throw std::invalid_argument("there is no fake of this vendor");
}

/// What every vendor may do alike: to a right answer, or instead of it.
HttpReply spoilt(HttpReply right, Act act) {
    constexpr std::string_view kPage = "<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>";
    switch (act) {
        case Act::hang:
            right.pace = Pace::silent;
            break;
        case Act::drip:
            right.pace = Pace::drip;
            break;
        case Act::broken_off:
            right.pace = Pace::half;
            break;
        case Act::truncated_json:
            right.body.resize(right.body.size() / 2);
            break;
        case Act::html:
        case Act::html_error:
            right = {act == Act::html ? 200 : 502, {{"Content-Type", "text/html"}}, std::string(kPage)};
            break;
        case Act::huge:
            right.body = "{\"padding\": ";
            right.pace = Pace::huge;
            break;
        case Act::wrong_shape:
            right = json_reply(200, json::Object{{"greeting", "hello"}});
            break;
        default:
            break;
    }
    return right;
}

}  // namespace

std::string_view to_string(Act act) {
    return kActs.at(static_cast<std::size_t>(act));
}

std::vector<Act> all_acts() {
    std::vector<Act> acts;
    for (int i = 0; i <= static_cast<int>(Act::no_picture); ++i)
        acts.push_back(static_cast<Act>(i));
    return acts;
}

bool applies(Act act, std::string_view vendor, Capability capability) {
    const bool speaks = capability == Capability::text || capability == Capability::vision;
    const bool is_private = vendor == "automatic1111" || vendor == "comfyui";
    switch (act) {
        case Act::fenced_json:
        case Act::prose:
        case Act::cut_off:
            return speaks;
        case Act::too_long:
            return speaks;
        case Act::refusal:
            return (speaks || capability == Capability::image) && !is_private;
        case Act::no_picture:
            return capability == Capability::image;
        case Act::out_of_quota:
            return !is_private;
        case Act::wrong_key:
        case Act::rate_limited:
        case Act::overloaded:
            return vendor != "comfyui";
        default:
            return true;
    }
}

Reading refused(HttpReply reply) {
    return {Reading::Kind::refused, {}, std::move(reply)};
}

Reading belongs(HttpReply reply, Reading::Kind kind) {
    return {kind, {}, std::move(reply)};
}

Reading understood(Capability capability, std::string model, json::Value body) {
    Reading reading{Reading::Kind::call, {}, {}};
    reading.call.capability = capability;
    reading.call.model = std::move(model);
    reading.call.body = std::move(body);
    return reading;
}

HttpReply json_reply(int status, const json::Value& body) {
    return {status, {{"Content-Type", "application/json"}}, json::write(body)};
}

std::string stranger_in(const json::Value& body, std::initializer_list<std::string_view> known) {
    for (const auto& [name, value] : body.object())
        if (std::find(known.begin(), known.end(), name) == known.end()) return name;
    return {};
}

json::Value said_value(const json::Value& schema, const Behaviour& behaviour) {
    return behaviour.answer.is_null() ? example_of(schema) : behaviour.answer;
}

std::string said_text(const json::Value& schema, const Behaviour& behaviour) {
    const std::string text = json::write(said_value(schema, behaviour));
    if (behaviour.act == Act::fenced_json) return "Here it is:\n```json\n" + text + "\n```\n";
    if (behaviour.act == Act::prose) return "I would rather talk about the weather.";
    if (behaviour.act == Act::cut_off) return text.substr(0, text.size() / 2);
    return text;
}

struct FakeVendor::State {
    std::string vendor;
    std::unique_ptr<VendorApi> api;
    mutable std::mutex mutex;
    std::deque<std::pair<Behaviour, int>> pushed;
    std::function<Behaviour(const SeenCall&)> decide;
    VendorCounts counts;
    std::vector<SeenCall> seen;
    std::unique_ptr<HttpServer> server;  // last: its threads use the others

    HttpReply answer(const HttpRequest& request) {
        Reading reading = api->read(request);
        if (reading.kind != Reading::Kind::call) {
            const std::scoped_lock lock(mutex);
            ++counts.requests;
            ++(reading.kind == Reading::Kind::poll     ? counts.polls
               : reading.kind == Reading::Kind::cancel ? counts.cancels
                                                       : counts.refused);
            return std::move(reading.reply);
        }
        SeenCall& call = reading.call;
        call.method = request.method;
        call.target = request.target;
        call.headers = request.headers;
        call.idempotency_key = request.header("idempotency-key");
        const Behaviour behaviour = next(call);
        HttpReply reply = spoilt(api->answer(call, behaviour), behaviour.act);
        if (behaviour.mangle != 0) reply.body = mangled(reply.body, behaviour.mangle);
        reply.delay = behaviour.delay;
        return reply;
    }

    Behaviour next(SeenCall& call) {
        std::function<Behaviour(const SeenCall&)> asked;
        Behaviour behaviour;
        {
            const std::scoped_lock lock(mutex);
            ++counts.requests;
            call.number = ++counts.calls;
            if (!call.idempotency_key.empty()) ++counts.idempotency_keys[call.idempotency_key];
            seen.push_back(call);
            if (pushed.empty()) {
                asked = decide;
            } else {
                behaviour = pushed.front().first;
                if (--pushed.front().second == 0) pushed.pop_front();
            }
        }
        if (asked) behaviour = asked(call);
        if (!applies(behaviour.act, vendor, call.capability)) behaviour.act = Act::ok;
        const std::scoped_lock lock(mutex);
        ++counts.by_act[std::string(to_string(behaviour.act))];
        return behaviour;
    }
};

FakeVendor::FakeVendor(std::string_view vendor) : state_(std::make_shared<State>()) {
    State* state = state_.get();
    state->vendor = vendor;
    state->server =
        std::make_unique<HttpServer>([state](const HttpRequest& request) { return state->answer(request); });
    state->api = api_of(vendor, "http://127.0.0.1:" + std::to_string(state->server->port()));
}

FakeVendor::~FakeVendor() {
    state_->server.reset();
}

std::string FakeVendor::base_url() const {
    return "http://127.0.0.1:" + std::to_string(state_->server->port()) +
           (state_->vendor == "openai" || state_->vendor == "replicate" ? "/v1"
            : state_->vendor == "gemini"                                ? "/v1beta"
                                                                        : "");
}

std::string FakeVendor::key() {
    return "tester:fake-key-0123456789";
}

ai::VendorSettings FakeVendor::settings(std::string id) const {
    ai::VendorSettings settings{std::move(id), state_->vendor, base_url(), key(), {}};
    if (state_->vendor == "replicate" || state_->vendor == "comfyui") settings.options.set("poll_ms", 2);
    if (state_->vendor == "replicate" || state_->vendor == "openai") {
        settings.options.set("output_port", state_->server->port());
        settings.options.set("output_addresses", json::Array{"127.0.0.1"});
    }
    return settings;
}

std::string FakeVendor::model(Capability capability) const {
    for (const auto& [vendor, able, name] : kModels)
        if (vendor == state_->vendor && able == capability) return std::string(name);
    return {};
}

void FakeVendor::push(Behaviour behaviour, int times) {
    const std::scoped_lock lock(state_->mutex);
    if (times > 0) state_->pushed.emplace_back(std::move(behaviour), times);
}

void FakeVendor::script(std::function<Behaviour(const SeenCall&)> decide) {
    const std::scoped_lock lock(state_->mutex);
    state_->decide = std::move(decide);
}

VendorCounts FakeVendor::counts() const {
    const std::scoped_lock lock(state_->mutex);
    VendorCounts counts = state_->counts;
    counts.connections = state_->server->connections();
    counts.huge_bytes = state_->server->huge_bytes();
    return counts;
}

std::vector<SeenCall> FakeVendor::seen() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->seen;
}

}  // namespace atelier::tests
