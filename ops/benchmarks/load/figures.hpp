#pragma once
// Turning samples into the figures that a benchmark reports.

#include <string_view>
#include <vector>

namespace atelier::bench {

/// The smallest sample that `share` (0…1) of all samples do not exceed; 0 without samples.
double percentile(std::vector<double> samples, double share);
/// Of an even number, the mean of the middle two; 0 without values.
double median(std::vector<double> values);

/// One line `NAME VALUE` on standard output, as ops/bench reads it.
void report(std::string_view name, double value);

}  // namespace atelier::bench
