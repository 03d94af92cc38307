#pragma once
// Changes a document one JSON Patch operation at a time and keeps the record: what the repair log is made of.

#include <string>
#include <string_view>
#include <vector>

#include "common/json/patch.hpp"

namespace atelier::design {

/// One change: `rule` is a word for programs (`clamp`, `default`, `contrast`), `reason` a sentence for
/// people.
struct Repair {
    json::PatchOperation operation;
    std::string rule;
    std::string reason;
    bool operator==(const Repair&) const = default;
};

/// `{"op","path",…,"rule","reason"}`: a JSON Patch operation with two members more, which RFC 6902 lets pass.
json::Value to_json(const Repair& repair);
json::Patch patch_of(const std::vector<Repair>& repairs);

class Editor {
  public:
    explicit Editor(json::Value document) : document_(std::move(document)) {}

    const json::Value& document() const { return document_; }
    /// Null when the pointer leads nowhere. Valid until the next change.
    const json::Value& at(std::string_view pointer) const;
    bool has(std::string_view pointer) const;

    /// Each makes its change and records it. A pointer that leads nowhere changes nothing and is not
    /// recorded.
    void add(std::string path, json::Value value, std::string rule, std::string reason);
    void replace(std::string path, json::Value value, std::string rule, std::string reason);
    void remove(std::string path, std::string rule, std::string reason);
    void move(std::string from, std::string path, std::string rule, std::string reason);

    /// Makes a change that was made to an equal document.
    void repeat(const Repair& repair) { make(repair.operation, repair.rule, repair.reason); }

    const std::vector<Repair>& repairs() const { return repairs_; }
    std::vector<Repair> take_repairs() { return std::move(repairs_); }
    json::Value take_document() { return std::move(document_); }

  private:
    void make(json::PatchOperation operation, std::string rule, std::string reason);

    json::Value document_;
    std::vector<Repair> repairs_;
};

}  // namespace atelier::design
