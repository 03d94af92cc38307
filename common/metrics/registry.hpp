#pragma once
// The figures that /metrics shows. prometheus-cpp does the counting and never appears in a header.
//
// One Registry a process, passed by reference. Thread-safe. Label values come in the order of the metric's
// row in table.hpp; a wrong number of them is a bug and throws std::invalid_argument.

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "common/metrics/table.hpp"

namespace atelier::metrics {

using LabelValues = std::initializer_list<std::string_view>;

class Registry {
  public:
    /// `service` (the program's name) becomes a label of every series.
    explicit Registry(std::string_view service);
    ~Registry();
    Registry(const Registry&) = delete;
    Registry& operator=(const Registry&) = delete;

    void add(Counter counter, LabelValues labels = {}, double amount = 1);
    void set(Gauge gauge, LabelValues labels, double value);
    void set(Gauge gauge, double value) { set(gauge, {}, value); }
    /// Up or down by `amount`.
    void change(Gauge gauge, LabelValues labels, double amount);
    void observe(Histogram histogram, LabelValues labels, double seconds);
    void observe(Histogram histogram, double seconds) { observe(histogram, {}, seconds); }

    /// Everything in Prometheus' text format 0.0.4, with the process's memory, CPU seconds, threads and start
    /// time.
    std::string expose() const;
    static constexpr std::string_view kContentType = "text/plain; version=0.0.4; charset=utf-8";

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace atelier::metrics
