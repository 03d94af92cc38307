#include "workers/ai/router/providers_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <set>

#include "common/json/schema.hpp"
#include "schemas.hpp"

namespace atelier::ai {
namespace {

constexpr Capability kCapabilities[] = {Capability::text, Capability::vision, Capability::image,
                                        Capability::embedding, Capability::safety};
constexpr std::int64_t kMicroPerUsd = 1'000'000;
constexpr std::int64_t kMaxSide = 16'384;

using Wrong = std::vector<FieldError>;

const json::Schema& schema() {
    static const json::Schema compiled =
        json::Schema::compile(json::parse(schemas::find("providers.json")).value()).value();
    return compiled;
}

std::chrono::milliseconds ms_or(const json::Value& value, std::chrono::milliseconds fallback) {
    return std::chrono::milliseconds{value.as_int(fallback.count())};
}

/// A dollar for a million tokens is a millionth of a dollar, a thousand billionths, for each.
std::optional<std::int64_t> nano_per_token(const json::Value& usd_per_million) {
    if (!usd_per_million.is_number()) return std::nullopt;
    return std::llround(usd_per_million.as_double() * 1000);
}

std::int64_t micro_usd(const json::Value& usd) {
    return std::llround(usd.as_double() * kMicroPerUsd);
}

std::optional<PixelSize> parse_size(std::string_view text) {
    const std::size_t by = text.find('x');
    if (by == text.npos) return std::nullopt;
    const auto side = [](std::string_view digits) -> std::optional<int> {
        int value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
        if (value < 1 || value > kMaxSide) return std::nullopt;
        return value;
    };
    const auto width = side(text.substr(0, by)), height = side(text.substr(by + 1));
    if (!width || !height) return std::nullopt;
    return PixelSize{*width, *height};
}

std::optional<ImageQuality> parse_quality(const std::string& word) {
    for (const ImageQuality quality : {ImageQuality::low, ImageQuality::medium, ImageQuality::high})
        if (word == to_string(quality)) return quality;
    return std::nullopt;
}

std::optional<Price> read_price(const json::Value& value, const std::string& pointer, Wrong& wrong) {
    if (value.is_null()) return std::nullopt;
    Price price{.input_nano_usd = nano_per_token(value["input_per_million"]),
                .output_nano_usd = nano_per_token(value["output_per_million"])};
    if (value.has("per_call")) price.call_micro_usd = micro_usd(value["per_call"]);
    const json::Array& rows = value["per_image"].array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Price::PerImage row{.quality = parse_quality(rows[i]["quality"].as_string()),
                            .micro_usd = micro_usd(rows[i]["usd"])};
        if (rows[i].has("size") && !(row.size = parse_size(rows[i]["size"].as_string())))
            wrong.push_back({fmt::format("{}/per_image/{}/size", pointer, i), "format",
                             "A size is WIDTHxHEIGHT in pixels, such as 1024x1536."});
        price.images.push_back(row);
    }
    return price;
}

BreakerSettings read_breaker(const json::Value& value) {
    BreakerSettings settings;
    settings.failures = static_cast<int>(value["failures"].as_int(settings.failures));
    settings.cool_down = ms_or(value["cool_down_ms"], settings.cool_down);
    settings.longest_cool_down = ms_or(value["longest_cool_down_ms"], settings.longest_cool_down);
    settings.probes = static_cast<int>(value["probes"].as_int(settings.probes));
    return settings;
}

bool is_variable_name(const std::string& name) {
    const bool good_letters = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    return good_letters && !(name.front() >= '0' && name.front() <= '9');
}

ProviderRow read_provider(const json::Value& value, const std::string& pointer, Wrong& wrong) {
    ProviderRow row{.id = value["id"].as_string(), .vendor = value["vendor"].as_string()};
    row.base_url = value["base_url"].as_string();
    row.key_env = value["key_env"].as_string();
    row.options = value["options"];
    row.concurrency = static_cast<int>(value["concurrency"].as_int(row.concurrency));
    row.rate_per_minute = static_cast<int>(value["rate_per_minute"].as_int(row.rate_per_minute));
    row.queue = ms_or(value["queue_ms"], row.queue);
    row.breaker = read_breaker(value["breaker"]);
    for (const Capability capability : kCapabilities) {
        const json::Value& model = value["models"][to_string(capability)];
        if (!model.is_object()) continue;
        ModelRow read{.model = model["model"].as_string()};
        read.timeout = ms_or(model["timeout_ms"], read.timeout);
        read.price = read_price(model["price"],
                                fmt::format("{}/models/{}/price", pointer, to_string(capability)), wrong);
        row.models.emplace(capability, std::move(read));
    }
    if (row.vendor != kBuiltin && row.models.empty())
        wrong.push_back({pointer + "/models", "required", "Which models does it do what with?"});
    if (row.vendor == kBuiltin && !row.key_env.empty())
        wrong.push_back({pointer + "/key_env", "builtin", "The builtin engine takes no key."});
    if (!row.key_env.empty() && !is_variable_name(row.key_env))
        wrong.push_back({pointer + "/key_env", "format",
                         "The name of an environment variable: capital letters, digits and _. The key itself "
                         "does not belong into this file."});
    return row;
}

void read_order(const json::Value& value, ProvidersFile& file, Wrong& wrong) {
    for (const Capability capability : kCapabilities) {
        if (!value.has(to_string(capability))) continue;
        std::vector<std::string>& ids = file.order[capability];
        for (const json::Value& id : value[to_string(capability)].array()) {
            const auto row = std::find_if(file.providers.begin(), file.providers.end(),
                                          [&](const ProviderRow& one) { return one.id == id.as_string(); });
            const std::string pointer = fmt::format("/order/{}/{}", to_string(capability), ids.size());
            if (row == file.providers.end())
                wrong.push_back({pointer, "exists", "No provider has this id."});
            else if (!row->models.empty() && !row->models.contains(capability))
                wrong.push_back({pointer, "offers", "This provider has no model for it."});
            ids.push_back(id.as_string());
        }
    }
}

void check_ids(const ProvidersFile& file, Wrong& wrong) {
    std::set<std::string> ids;
    bool has_builtin = false;
    for (std::size_t i = 0; i < file.providers.size(); ++i) {
        const ProviderRow& row = file.providers[i];
        if (!ids.insert(row.id).second)
            wrong.push_back({fmt::format("/providers/{}/id", i), "unique", "Another provider has this id."});
        if (row.vendor == kBuiltin && std::exchange(has_builtin, true))
            wrong.push_back(
                {fmt::format("/providers/{}/vendor", i), "unique", "There is one builtin engine."});
    }
}

}  // namespace

Result<ProvidersFile> parse_providers(std::string_view text) {
    const auto value = json::parse_valid(text, schema());
    if (!value) return value.error();
    Wrong wrong;
    ProvidersFile file;
    const json::Array& rows = (*value)["providers"].array();
    for (std::size_t i = 0; i < rows.size(); ++i)
        file.providers.push_back(read_provider(rows[i], fmt::format("/providers/{}", i), wrong));
    check_ids(file, wrong);
    read_order((*value)["order"], file, wrong);
    for (const Capability capability : kCapabilities)
        if (const json::Value& after = (*value)["hedging"][to_string(capability)]; after.is_int())
            file.hedging.emplace(capability, after.as_int());
    file.retries = static_cast<int>((*value)["retries"].as_int(file.retries));
    file.retry_pause = ms_or((*value)["retry_pause_ms"], file.retry_pause);
    if (!wrong.empty()) return invalid(std::move(wrong));
    return file;
}

Result<ProvidersFile> read_providers(const std::string& path) {
    if (path.empty())
        return ProvidersFile{.providers = {{.id = std::string(kBuiltin), .vendor = std::string(kBuiltin)}}};
    std::ifstream in(path, std::ios::binary);
    if (!in) return not_found("file of providers");
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    return parse_providers(text);
}

}  // namespace atelier::ai
