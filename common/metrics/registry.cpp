#include "common/metrics/registry.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <set>
#include <stdexcept>

#include "common/metrics/process.hpp"

namespace atelier::metrics {
namespace {

/// One metric: its family, and the label combinations seen so far (to bound them).
template <class T>
struct Metric {
    const Row* row;
    prometheus::Family<T>* family;
    std::set<prometheus::Labels> seen;
};

template <class T, class Builder>
std::vector<Metric<T>> declare(std::span<const Row> rows, Builder build, prometheus::Registry& registry,
                               const prometheus::Labels& constant) {
    std::vector<Metric<T>> metrics;
    for (const Row& row : rows) {
        auto& family = build()
                           .Name(std::string(row.name))
                           .Help(std::string(row.meaning))
                           .Labels(constant)
                           .Register(registry);
        metrics.push_back({&row, &family, {}});
    }
    return metrics;
}

}  // namespace

struct Registry::State {
    explicit State(std::string_view service)
        : constant{{"service", std::string(service)}},
          counters(declare<prometheus::Counter>(metrics::counters(), prometheus::BuildCounter, registry,
                                                constant)),
          gauges(declare<prometheus::Gauge>(metrics::gauges(), prometheus::BuildGauge, registry, constant)),
          histograms(declare<prometheus::Histogram>(metrics::histograms(), prometheus::BuildHistogram,
                                                    registry, constant)) {}

    template <class T>
    prometheus::Labels labels_of(Metric<T>& metric, LabelValues values) {
        const Row& row = *metric.row;
        if (values.size() != row.labels.size())
            throw std::invalid_argument("wrong number of labels for " + std::string(row.name));
        prometheus::Labels labels;
        auto value = values.begin();
        for (std::string_view name : row.labels)
            labels.emplace(name, *value++);
        std::lock_guard lock(mutex);
        if (metric.seen.contains(labels)) return labels;
        if (metric.seen.size() >= kMaxSeries)
            for (auto& [name, text] : labels)
                text = "other";
        metric.seen.insert(labels);
        return labels;
    }

    prometheus::Counter& at(Counter c, LabelValues values) {
        auto& metric = counters[static_cast<std::size_t>(c)];
        return metric.family->Add(labels_of(metric, values));
    }
    prometheus::Gauge& at(Gauge g, LabelValues values) {
        auto& metric = gauges[static_cast<std::size_t>(g)];
        return metric.family->Add(labels_of(metric, values));
    }
    prometheus::Histogram& at(Histogram h, LabelValues values) {
        auto& metric = histograms[static_cast<std::size_t>(h)];
        return metric.family->Add(labels_of(metric, values), metric.row->buckets);
    }

    prometheus::Registry registry;
    prometheus::Labels constant;
    std::mutex mutex;
    std::vector<Metric<prometheus::Counter>> counters;
    std::vector<Metric<prometheus::Gauge>> gauges;
    std::vector<Metric<prometheus::Histogram>> histograms;
};

Registry::Registry(std::string_view service) : state_(std::make_unique<State>(service)) {}
Registry::~Registry() = default;

void Registry::add(Counter counter, LabelValues labels, double amount) {
    state_->at(counter, labels).Increment(amount);
}
void Registry::set(Gauge gauge, LabelValues labels, double value) {
    state_->at(gauge, labels).Set(value);
}
void Registry::change(Gauge gauge, LabelValues labels, double amount) {
    state_->at(gauge, labels).Increment(amount);
}
void Registry::observe(Histogram histogram, LabelValues labels, double seconds) {
    state_->at(histogram, labels).Observe(seconds);
}

std::string Registry::expose() const {
    return prometheus::TextSerializer().Serialize(state_->registry.Collect()) +
           process_metrics(state_->constant.at("service"));
}

}  // namespace atelier::metrics
