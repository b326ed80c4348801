// Any octets as a capture file.

#include <cstddef>
#include <cstdint>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include "capture/capture_file.hpp"
#include "tests/fuzz/demand.hpp"

using namespace tcpstep;
using fuzz::demand;

namespace {

// A file in memory, used again for each input: no disk is written.
int file_in_memory() {
    static const int kFile = ::memfd_create("capture", MFD_CLOEXEC);
    return kFile;
}

void demand_one_line(const Error& error) {
    demand(!error.what.empty() && error.line().find('\n') == std::string::npos, "one line");
}

void read_all(capture::CaptureFile& file, std::size_t size) {
    model::Time last{};
    const auto take = [&](const capture::WireSegment& wire) {
        demand(wire.summary.time >= last, "times ascend");
        last = wire.summary.time;
    };
    for (;;) {
        const auto step = file.read(7, take);
        const capture::CaptureCounts& counts = file.counts();
        demand(counts.packets ==
                   counts.segments + counts.not_tcp + counts.too_short + counts.malformed,
               "counted");
        demand(counts.packets * 16 <= size, "each packet has a header in the file");
        demand(file.octets_read() <= size, "nothing behind the end was read");
        if (!step) return demand_one_line(step.error());
        if (*step == capture::CaptureFile::Step::End) return;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const int memory = file_in_memory();
    demand(::ftruncate(memory, 0) == 0, "memfd");
    demand(::pwrite(memory, data, size, 0) == static_cast<ssize_t>(size), "memfd");
    auto file = capture::CaptureFile::open("/proc/self/fd/" + std::to_string(memory));
    if (file) {
        read_all(*file, size);
    } else {
        demand_one_line(file.error());
    }
    return 0;
}
