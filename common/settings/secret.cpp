#include "common/settings/secret.hpp"

#include <ostream>

namespace atelier::settings {

std::ostream& operator<<(std::ostream& out, const Secret&) {
    return out << "***";
}

}  // namespace atelier::settings
