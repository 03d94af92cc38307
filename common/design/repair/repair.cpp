#include "common/design/repair/repair.hpp"

#include "common/design/repair/passes.hpp"
#include "common/design/repair/walker.hpp"

namespace atelier::design {

void repair_design(Editor& editor) {
    cut_excess(editor);
    tidy_document(editor);
    tidy_layers(editor);
    place_layers(editor);
    order_layers(editor);
    fit_to_schema(editor);
    settle_rules(editor);
}

}  // namespace atelier::design
