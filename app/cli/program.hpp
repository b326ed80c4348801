#pragma once

namespace tcpstep::cli {

/// The whole program: reads the command line and carries it out. Returns the exit status: 0 done,
/// 1 what was asked did not hold, 2 wrong usage or unusable input, 3 this machine does not allow
/// it.
int run_program(int argc, char** argv);

}  // namespace tcpstep::cli
