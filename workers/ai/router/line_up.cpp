#include "workers/ai/router/line_up.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "common/log/log.hpp"
#include "common/settings/source.hpp"
#include "workers/ai/vendors/vendor.hpp"

namespace atelier::ai {
namespace {

constexpr Capability kCapabilities[] = {Capability::text, Capability::vision, Capability::image,
                                        Capability::embedding, Capability::safety};
constexpr std::string_view kBuiltinModel = "builtin";

bool has(Provider& provider, Capability capability) {
    switch (capability) {
        case Capability::text:
            return provider.text() != nullptr;
        case Capability::vision:
            return provider.vision() != nullptr;
        case Capability::image:
            return provider.image() != nullptr;
        case Capability::embedding:
            return provider.embedding() != nullptr;
        case Capability::safety:
            return provider.safety() != nullptr;
    }
    return false;
}

/// What the builtin engine does costs nothing but this machine's time.
ModelRow builtin_model() {
    return {.model = std::string(kBuiltinModel), .price = Price{.call_micro_usd = 0}};
}

Error at_row(const Error& error, std::size_t index) {
    Error placed = error;
    for (FieldError& detail : placed.details)
        detail.pointer = fmt::format("/providers/{}{}", index, detail.pointer);
    return placed;
}

using Made = Result<std::unique_ptr<Provider>>;

/// Null when its key is not there.
Made make_remote(const ProviderRow& row, http_client::Client& client) {
    VendorSettings settings{
        .id = row.id, .vendor = row.vendor, .base_url = row.base_url, .options = row.options};
    if (!row.key_env.empty()) {
        settings.key = settings::environment_secret(row.key_env).reveal();
        if (settings.key.empty()) {
            log::warning("The AI provider {} is left out: {} is not set.", row.id, row.key_env);
            return std::unique_ptr<Provider>();
        }
    }
    return make_vendor(settings, client);
}

std::vector<FieldError> missing_models(const ProviderRow& row, Provider& provider) {
    std::vector<FieldError> wrong;
    for (const auto& [capability, model] : row.models)
        if (!has(provider, capability))
            wrong.push_back({fmt::format("/models/{}", to_string(capability)), "offers",
                             fmt::format("{} does not offer it.", row.vendor)});
    return wrong;
}

}  // namespace

Result<LineUp> LineUp::make(const ProvidersFile& file, Provider* builtin, http_client::Client& client,
                            const MakeProvider& make) {
    LineUp line_up;
    for (std::size_t i = 0; i < file.providers.size(); ++i) {
        const ProviderRow& row = file.providers[i];
        Provider* provider = row.vendor == kBuiltin ? builtin : nullptr;
        if (row.vendor != kBuiltin) {
            Made made = make ? make(row) : make_remote(row, client);
            if (!made) return at_row(made.error(), i);
            provider = made->get();
            line_up.remote_.push_back(std::move(*made));
        }
        if (!provider) continue;
        if (auto wrong = missing_models(row, *provider); !wrong.empty())
            return at_row(invalid(std::move(wrong)), i);
        line_up.add(row, *provider);
    }
    line_up.put_in_order(file);
    return line_up;
}

void LineUp::add(const ProviderRow& row, Provider& provider) {
    Slots& slots = *slots_.emplace_back(std::make_unique<Slots>(row.concurrency));
    for (const Capability capability : kCapabilities) {
        Offer offer{.row = &row, .capability = capability, .provider = &provider, .slots = &slots};
        if (const auto model = row.models.find(capability); model != row.models.end()) {
            offer.model = model->second;
            if (row.vendor == kBuiltin && !offer.model.price) offer.model.price = builtin_model().price;
        } else if (row.models.empty() && has(provider, capability)) {
            offer.model = builtin_model();
        } else {
            continue;
        }
        offers_[capability].push_back(std::move(offer));
    }
}

void LineUp::put_in_order(const ProvidersFile& file) {
    for (auto& [capability, offers] : offers_) {
        if (const auto told = file.order.find(capability); told != file.order.end()) {
            std::vector<Offer> ordered;
            for (const std::string& id : told->second)
                for (const Offer& offer : offers)
                    if (offer.id() == id) ordered.push_back(offer);
            offers = std::move(ordered);
        }
        for (std::size_t i = 0; i < offers.size(); ++i)
            offers[i].position = static_cast<int>(i) + 1;
    }
}

Result<std::vector<const Offer*>> LineUp::of(Capability capability, const Order& order) const {
    std::vector<const Offer*> line;
    if (const auto found = offers_.find(capability); found != offers_.end())
        for (const Offer& offer : found->second)
            line.push_back(&offer);
    if (order.provider) {
        const auto first = std::find_if(line.begin(), line.end(),
                                        [&](const Offer* offer) { return offer->id() == *order.provider; });
        if (first != line.end())
            std::rotate(line.begin(), first, first + 1);
        else if (order.is_provider_fixed || !knows(*order.provider))
            return invalid("/provider", "exists", "No such provider offers this.");
        if (order.is_provider_fixed) line.resize(1);
    }
    if (line.empty()) return unavailable(fmt::format("No provider offers {}.", to_string(capability)));
    return line;
}

bool LineUp::knows(const std::string& provider) const {
    return std::any_of(offers_.begin(), offers_.end(), [&](const auto& of_capability) {
        const std::vector<Offer>& offers = of_capability.second;
        return std::any_of(offers.begin(), offers.end(),
                           [&](const Offer& offer) { return offer.id() == provider; });
    });
}

bool LineUp::offers(Capability capability) const {
    const auto found = offers_.find(capability);
    return found != offers_.end() && !found->second.empty();
}

std::vector<store::KnownProvider> LineUp::known() const {
    std::map<std::string, store::KnownProvider> providers;
    for (const auto& [capability, offers] : offers_) {
        for (const Offer& offer : offers) {
            store::KnownProvider& known = providers[offer.id()];
            known.id = offer.id();
            known.vendor = offer.row->vendor;
            known.offers.push(json::Object{{"capability", std::string(to_string(capability))},
                                           {"model", offer.model.model},
                                           {"position", offer.position},
                                           {"is_priced", offer.model.price.has_value()}});
        }
    }
    std::vector<store::KnownProvider> list;
    for (auto& [id, provider] : providers)
        list.push_back(std::move(provider));
    return list;
}

}  // namespace atelier::ai
