#pragma once

#include "app/cli/options.hpp"
#include "model/result.hpp"

namespace tcpstep::cli {

// One function a subcommand. Each gives the exit status 0, or an Error whose kind says which other
// and whose line the program prints. What was found out before a failure has been printed or saved.

/// `tcpstep lessons`: what there is to learn.
Result<void> list_lessons(const LessonsOptions& options);

/// `tcpstep lessons --glossary`: each call in POSIX, Winsock and Go, and what it does.
Result<void> print_glossary(const LessonsOptions& options);

/// `tcpstep run`: runs a lesson without a window, prints its ladder, saves its trace.
Result<void> run_lesson(const RunOptions& options);

/// `tcpstep lab`: the user makes the calls of both ends, in words; saves what was done.
Result<void> work_free_lab(const FreeLabOptions& options);

/// `tcpstep run --all`: runs every lesson by its own script and prints which of its claims hold.
/// DoesNotHold if one does not.
Result<void> run_all_lessons(bool patience);

/// `tcpstep` and `tcpstep play`: the window, on a lesson or a file.
Result<void> play(const PlayOptions& options);

/// `tcpstep decode`: prints what became of every connection in a capture, saves the trace. BadInput
/// where the file is broken, DoesNotHold if a signal ended the reading: after what was read was
/// shown and saved.
Result<void> decode_capture(const DecodeOptions& options);

/// `tcpstep watch`: other programs' connections, live, in the terminal, as a stream, in the window.
/// MachineForbids if this program may not capture.
Result<void> watch_connections(const WatchOptions& options);

/// `tcpstep export`: puts a trace or a capture into another form. DoesNotHold if not all of it
/// could be read: after what could be was exported.
Result<void> export_trace(const ExportOptions& options);

/// `tcpstep check`: prints every fault of a trace; DoesNotHold if there is one.
Result<void> check_trace(const CheckOptions& options);

/// `tcpstep doctor`: prints what this machine allows. True if lessons can run live.
bool run_doctor();

}  // namespace tcpstep::cli
