// Any text as a trace, in the contained or in the sequential form. What was read without a fault is
// written and read again, and must be the same.

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string_view>

#include "model/qlog/reader.hpp"
#include "model/qlog/writer.hpp"
#include "tests/fuzz/demand.hpp"

using namespace tcpstep;
using fuzz::demand;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto reading = model::qlog::read(text);
    if (!reading) {
        demand(reading.error().line().find('\n') == std::string::npos, "one line");
        return 0;
    }
    for (const auto& fault : reading->faults) {
        demand(fault.what.find('\n') == std::string::npos, "a fault is one line");
    }
    if (!reading->faults.empty() || reading->truncated) return 0;
    std::ostringstream written;
    model::qlog::write_contained(reading->trace, written);
    const auto again = model::qlog::read(written.str());
    demand(again.has_value(), "what was written can be read");
    demand(again->faults.empty(), "what was written has no faults");
    demand(again->trace == reading->trace, "what was written is what was read");
    return 0;
}
