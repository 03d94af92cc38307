#include <set>

#include "common/design/repair/passes.hpp"
#include "common/design/schema/check.hpp"
#include "common/design/text/utf8.hpp"
#include "common/json/pointer.hpp"

namespace atelier::design {
namespace {

using json::Array;
using json::Value;

class Settler {
  public:
    explicit Settler(Editor& editor) : editor_(editor) {}

    void settle() {
        settle_paint("/canvas/background/fill");
        collect_ids("/layers");
        settle_list("/layers", 0);
        if (editor_.at("/isolated").is_array() && editor_.at("/isolated").size() == 0)
            editor_.remove("/isolated", "normalise", "An empty list is left out.");
    }

  private:
    /// Every id that is in use, so that a new one is none of them.
    void collect_ids(const std::string& list) {
        for (const Value& layer : editor_.at(list).array())
            collect(layer);
    }
    void collect(const Value& layer) {
        if (layer["id"].is_string()) used_.insert(layer["id"].as_string());
        for (const Value& part : layer["layers"].array())
            collect(part);
    }

    std::string new_id(const std::string& stem) {
        for (int n = 2;; ++n) {
            std::string id = first_characters(stem, 56) + "-" + std::to_string(n);
            if (used_.insert(id).second) return id;
        }
    }

    void settle_list(const std::string& list, std::size_t depth) {
        for (std::size_t i = 0; i < editor_.at(list).size();) {
            const std::string at = json::pointer_to(list, i);
            const bool is_group = editor_.at(at)["type"] == Value("group");
            if (++count_ > kMaxLayers || (is_group && depth >= kMaxGroupDepth)) {
                editor_.remove(
                    at, "limit",
                    count_ > kMaxLayers ? "There were too many layers." : "Groups were nested too deeply.");
                --count_;
                continue;
            }
            settle_id(at);
            settle_outline(at);
            if (editor_.has(at + "/mask")) settle_outline(at + "/mask");
            settle_paint(at + "/fill");
            settle_paint(at + "/style/fill");
            for (std::size_t r = 0; r < editor_.at(at)["runs"].size(); ++r)
                settle_paint(json::pointer_to(at + "/runs", r) + "/fill");
            if (is_group) settle_list(at + "/layers", depth + 1);
            ++i;
        }
    }

    void settle_id(const std::string& at) {
        const Value layer = editor_.at(at);
        const std::string stem =
            layer["role"] == Value("decoration") ? layer["type"].as_string() : layer["role"].as_string();
        if (!layer.has("id")) {
            std::string id = used_.insert(stem).second ? stem : new_id(stem);
            seen_.insert(id);
            editor_.add(at + "/id", std::move(id), "id", "The layer had no id.");
        } else if (!seen_.insert(layer["id"].as_string()).second) {
            std::string id = new_id(layer["id"].as_string());
            seen_.insert(id);
            editor_.replace(at + "/id", std::move(id), "id", "Another layer had the same id.");
        }
    }

    void settle_outline(const std::string& at) {
        const Value shape = editor_.at(at)["shape"];
        if (!shape.is_string()) return;
        const bool is_polygon = shape == Value("polygon"), has_points = editor_.has(at + "/points");
        if (is_polygon && !has_points)
            editor_.replace(at + "/shape", "rectangle", "default",
                            "A polygon without corners is drawn as a rectangle.");
        if (!is_polygon && has_points)
            editor_.remove(at + "/points", "unknown_field", "Only a polygon has points.");
    }

    void settle_paint(const std::string& at) {
        double last = 0;
        const std::size_t count = editor_.at(at)["stops"].size();
        for (std::size_t i = 0; i < count; ++i) {
            const std::string here = json::pointer_to(at + "/stops", i) + "/offset";
            const double offset = editor_.at(here).as_double();
            if (offset < last)
                editor_.replace(here, last, "order", "Offsets never fall.");
            else
                last = offset;
        }
    }

    Editor& editor_;
    std::set<std::string> used_, seen_;
    std::size_t count_ = 0;
};

}  // namespace

void settle_rules(Editor& editor) {
    Settler(editor).settle();
    order_layers(editor);  // what was removed on the way left gaps
}

}  // namespace atelier::design
