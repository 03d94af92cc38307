#include "workers/generation/steps.hpp"

namespace atelier::generation {

runtime::StepTable steps() {
    return {};
}

}  // namespace atelier::generation
