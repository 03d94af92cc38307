#pragma once
// The providers of the file, made, and who is asked for what in which order.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/errors/error.hpp"
#include "common/http_client/client.hpp"
#include "common/store/providers.hpp"
#include "workers/ai/router/offer.hpp"
#include "workers/ai/router/router.hpp"

namespace atelier::ai {

/// Immutable once made.
class LineUp {
  public:
    LineUp() = default;
    /// The file, the engine and the client must outlive it. `make` as RouterOptions has it. Error:
    /// validation_failed, by pointer into the file.
    static Result<LineUp> make(const ProvidersFile& file, Provider* builtin, http_client::Client& client,
                               const MakeProvider& make);

    /// First to last; the order's provider first, or alone. Errors: validation_failed at /provider, rule
    /// `exists`; unavailable when nobody offers it.
    Result<std::vector<const Offer*>> of(Capability capability, const Order& order) const;
    bool offers(Capability capability) const;
    std::vector<store::KnownProvider> known() const;

  private:
    bool knows(const std::string& provider) const;
    void add(const ProviderRow& row, Provider& provider);
    void put_in_order(const ProvidersFile& file);

    std::vector<std::unique_ptr<Provider>> remote_;
    std::vector<std::unique_ptr<Slots>> slots_;
    std::map<Capability, std::vector<Offer>> offers_;
};

}  // namespace atelier::ai
