#pragma once

namespace tcpstep::lab {

/// The lab's own side: what the child process runs, before it has a second thread. Reads its one
/// command from `channel`, enters the private network, runs the lesson on real sockets and writes
/// every event to `channel`, one JSON value a line (model/qlog, Framing::Lines). A failure is a
/// last line {"error": {...}}. Ends when the lesson has ended, or when the other side of `channel`
/// is gone.
[[noreturn]] void run_lab(int channel);

/// The hidden first argument with which the program becomes a lab.
inline constexpr const char* kLabArgument = "__lab";

/// The descriptor of the channel in the lab.
inline constexpr int kLabChannel = 3;

}  // namespace tcpstep::lab
