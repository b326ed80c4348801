#pragma once

namespace tcpstep::cli {

/// While it lives, SIGINT, SIGTERM, SIGHUP and SIGQUIT end the lab instead of the program: the run
/// then ends as that of a lab that was killed does, and what happened until then is shown and
/// saved.
class InterruptEndsLab {
  public:
    InterruptEndsLab();
    ~InterruptEndsLab();
    InterruptEndsLab(const InterruptEndsLab&) = delete;
    InterruptEndsLab& operator=(const InterruptEndsLab&) = delete;

    /// The process to end.
    void watch(int lab_pid);

    /// A signal has come.
    static bool interrupted();
};

}  // namespace tcpstep::cli
