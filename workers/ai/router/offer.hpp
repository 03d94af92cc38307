#pragma once
// One capability of one provider, as the router weighs and calls it.

#include "workers/ai/router/providers_file.hpp"
#include "workers/ai/router/slots.hpp"

namespace atelier::ai {

struct Offer {
    const ProviderRow* row = nullptr;
    Capability capability = Capability::text;
    ModelRow model;
    int position = 0;  ///< in its capability's order, from 1
    Provider* provider = nullptr;
    Slots* slots = nullptr;  ///< shared by the provider's offers

    const std::string& id() const { return row->id; }
};

}  // namespace atelier::ai
