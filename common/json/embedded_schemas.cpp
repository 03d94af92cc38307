#include "common/json/embedded_schemas.hpp"

#include "schemas.hpp"

namespace atelier::json {

Result<SchemaSet> embedded_schemas(const SchemaSet::Texts& more) {
    SchemaSet::Texts texts = more;
    for (const schemas::File& file : schemas::files())
        if (file.path.ends_with(".json")) texts.emplace(file.path, file.text);
    return SchemaSet::compile(texts);
}

}  // namespace atelier::json
