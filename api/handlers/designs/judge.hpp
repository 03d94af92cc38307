#pragma once
// From what a client sent to a design that is valid, with the record of what was repaired. Private to this
// folder.

#include <optional>

#include "api/services.hpp"
#include "common/design/pipeline/validate.hpp"
#include "common/store/brands.hpp"
#include "common/store/designs.hpp"

namespace atelier::api {

/// A document as the store keeps it.
struct Judgement {
    json::Value document;
    json::Value repair_log;  ///< its patch turns what came into `document`
    bool is_valid = false;
    std::string title;
    int width = 0, height = 0;
};

/// Validates the member `design` of a body: an object or list, a text as a model wrote it, or with `format`
/// fabric a canvas of Fabric.js, whose design the log then begins with. With a brand
/// the design takes its colours and fonts. Errors point into the body: validation_failed, too_large.
Result<Judgement> judge_sent(const json::Value& body, const std::optional<store::Brand>& brand);
/// The same for `document` changed by the member `patch` of a body (RFC 6902).
Result<Judgement> judge_patched(json::Value document, const json::Value& body,
                                const std::optional<store::Brand>& brand);
/// The same for a document that was valid before.
Result<Judgement> judge_stored(json::Value document, const std::optional<store::Brand>& brand);

/// The metric of what came in.
void count_validation(ApiServices& services, const Judgement& judgement);

/// The revision that keeps a judgement; its version is the store's to give.
store::DesignRevision revision_of(const Judgement& judgement, const UserId& user, store::DesignOrigin origin,
                                  json::Value source = {});
/// Size and validity of the newest revision, as the design shows them.
void show_in(store::Design& design, const Judgement& judgement);

}  // namespace atelier::api
