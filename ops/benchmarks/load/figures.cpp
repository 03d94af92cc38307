#include "ops/benchmarks/load/figures.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace atelier::bench {

double percentile(std::vector<double> samples, double share) {
    if (samples.empty()) return 0;
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(samples.size())));
    const auto at = samples.begin() + static_cast<std::ptrdiff_t>(rank > 0 ? rank - 1 : 0);
    std::nth_element(samples.begin(), at, samples.end());
    return *at;
}

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

void report(std::string_view name, double value) {
    std::printf("%.*s %.3f\n", static_cast<int>(name.size()), name.data(), value);
}

}  // namespace atelier::bench
