#include "app/exports/packetdrill/lines.hpp"

#include <chrono>
#include <sstream>

#include <gtest/gtest.h>

namespace tcpstep::exports::packetdrill {
namespace {

using namespace model;
using namespace std::chrono_literals;

constexpr Time kBegin{std::chrono::seconds(1'700'000'000)};

std::string written(const std::vector<DrillLine>& lines) {
    std::ostringstream out;
    write_lines(lines, {}, out);
    return out.str();
}

TEST(PacketdrillLines, AreTimedFromTheOneBefore) {
    EXPECT_EQ(written({{kBegin, "a() = 0"}, {kBegin + 12ms, "b() = 0"}, {kBegin + 1s, "c() = 0"}}),
              "+0.000000 a() = 0\n+0.012000 b() = 0\n+0.988000 c() = 0\n");
}

TEST(PacketdrillLines, NanosecondsThatAreLeftOutDoNotAddUp) {
    std::vector<DrillLine> lines;
    for (int i = 0; i < 4; ++i) lines.push_back({kBegin + i * 1500ns, "a() = 0"});
    EXPECT_EQ(written(lines),
              "+0.000000 a() = 0\n+0.000001 a() = 0\n+0.000002 a() = 0\n+0.000001 a() = 0\n");
}

TEST(PacketdrillLines, ACallThatWaitsHasTheTimeOfItsReturn) {
    DrillLine waits{kBegin + 10ms, "accept(3, ..., ...) = 4"};
    waits.call = true;
    waits.until = kBegin + 50ms;
    DrillLine other{kBegin + 20ms, "send(5, ..., 1, 0) = 1"};
    other.call = true;
    DrillLine later{kBegin + 50ms, "close(4) = 0"};
    later.call = true;
    later.comment = "why";
    EXPECT_EQ(written({{kBegin, "a() = 0"}, waits, other, later}),
              "+0.000000 a() = 0\n"
              "+0.010000...0.050000 accept(3, ..., ...) = 4\n"
              "// packetdrill makes no call while another one waits: send(5, ..., 1, 0) = 1\n"
              "+0.040000 close(4) = 0  // why\n");
}

}  // namespace
}  // namespace tcpstep::exports::packetdrill
