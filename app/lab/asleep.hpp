#pragma once

#include <sys/types.h>

namespace tcpstep::lab {

/// A thread of this process sleeps in the kernel (state S of proc(5), /proc/PID/task/TID/stat): it
/// goes on only if somebody wakes it. One that was woken and only waits for a processor does not
/// count as asleep; one that has ended does.
bool asleep(pid_t thread);

/// The same of a child process, which has one thread. A zombie has ended.
bool child_asleep(pid_t process);

}  // namespace tcpstep::lab
