#include "api/program.hpp"
#include "drill_schemas.hpp"

int main(int argc, char** argv) {
    return atelier::api::run_api_program(argc, argv,
                                         {{"jobs/drill.json", atelier::drill::schemas::find("drill.json")}});
}
