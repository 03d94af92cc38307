#pragma once
// The main function of `atelier-api`.

#include "common/json/schema_set.hpp"

namespace atelier::api {

/// Reads settings, opens the services, serves until SIGTERM, drains. Returns the exit code. `more_schemas`:
/// those of job kinds that are not the product's own, by name (`jobs/<kind>.json`).
int run_api_program(int argc, char** argv, const json::SchemaSet::Texts& more_schemas = {});

}  // namespace atelier::api
