// The live tests are their own lab: the program starts itself anew, as tcpstep does.
#include <cstring>

#include <gtest/gtest.h>

#include "app/lab/lab_process.hpp"

int main(int argc, char** argv) {
    if (argc >= 2 && std::strcmp(argv[1], tcpstep::lab::kLabArgument) == 0) {
        tcpstep::lab::run_lab(tcpstep::lab::kLabChannel);
    }
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
