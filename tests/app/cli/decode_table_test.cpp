#include "app/cli/decode_table.hpp"

#include <chrono>
#include <optional>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "app/cli/reading_progress.hpp"
#include "capture/packet_builder.hpp"

namespace tcpstep::cli {
namespace {

using model::Flags;

model::SocketAddress address(const char* text) {
    return *model::parse_socket_address(text);
}

// A finished observation of one SYN, from the first to the second.
model::Observation one_syn(const char* from, const char* to) {
    model::Segment syn;
    syn.flags = Flags(Flags::kSyn);
    const auto headers = capture::build_packet(address(from), address(to), syn);
    model::Observation observation;
    observation.take(address(from), address(to), summary_of(syn, model::Time()), headers);
    observation.finish();
    return observation;
}

std::string table_of(const model::Observation& observation) {
    std::ostringstream out;
    write_table(observation, out);
    return out.str();
}

TEST(DecodeTable, ColumnsAreAsWideAsTheyMustBe) {
    const std::string table =
        table_of(one_syn("[2001:db8:1111:2222:3333:4444:5555:6666]:40000", "[::1]:80"));
    const std::string first = table.substr(0, table.find('\n'));
    const std::string second = table.substr(first.size() + 1);
    EXPECT_EQ(second.find("[::1]:80 "), first.find("server "));
    EXPECT_EQ(second.find("SYN_SENT"), first.find("client is"));
    EXPECT_EQ(second.find("attempt"), first.find("began"));
    EXPECT_EQ(second.find("no answer"), first.find("ended"));
    EXPECT_EQ(second.find("0.000000") + 8, first.find("seconds") + 7) << "numbers to the right";
}

TEST(DecodeTable, NoConnectionNoTable) {
    EXPECT_EQ(table_of(model::Observation()), "");
}

TEST(DecodeSummary, NamesWhatIsWorthNotingOnlyWhereItOccurs) {
    capture::CaptureCounts counts;
    counts.packets = 7;
    counts.segments = 5;
    counts.not_tcp = 2;
    EXPECT_EQ(summary_line(counts, 1),
              "packets: 7, TCP segments: 5, connections: 1, not TCP: 2, malformed: 0");
    counts.later_fragments = 2;
    counts.cut = 3;
    counts.times_raised = 4;
    EXPECT_EQ(summary_line(counts, 1),
              "packets: 7, TCP segments: 5, connections: 1, not TCP: 2, malformed: 0, first "
              "fragments: 0, later ones, which are not read: 2, cut within their headers: 3, times "
              "that ran backwards: 4");
}

TEST(ReadingProgress, TellsTheRateAndHowMuchIsLeft) {
    using namespace std::chrono_literals;
    EXPECT_EQ(progress_text({3'000'000, 50, 200, 1500ms}), "3000000 segments, 25 %, 2.0 million/s");
    EXPECT_EQ(progress_text({3'000'000, 50, {}, 1500ms}), "3000000 segments, 2.0 million/s");
    EXPECT_EQ(progress_text({0, 0, 0, 0ns}), "0 segments, 0.0 million/s");
    EXPECT_EQ(progress_text({1, 300, 200, 1s}), "1 segments, 100 %, 0.0 million/s")
        << "the file grew meanwhile";
}

}  // namespace
}  // namespace tcpstep::cli
