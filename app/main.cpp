#include "app/cli/program.hpp"

int main(int argc, char** argv) {
    return tcpstep::cli::run_program(argc, argv);
}
