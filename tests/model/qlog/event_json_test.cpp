#include "model/qlog/event_json.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "model/qlog/writer.hpp"
#include "tests/model/qlog/sample_traces.hpp"

namespace tcpstep::model::qlog {
namespace {

TEST(EventJson, IsTheLineOfTheTracesFile) {
    const Trace trace = every_fact();
    std::ostringstream file;
    write_contained(trace, file);
    for (const Event& event : trace.events()) {
        const std::string line = event_json(trace, event);
        EXPECT_NE(file.str().find("\n" + line), std::string::npos) << line;
    }
}

}  // namespace
}  // namespace tcpstep::model::qlog
