#include "api/program.hpp"

int main(int argc, char** argv) {
    return atelier::api::run_api_program(argc, argv);
}
