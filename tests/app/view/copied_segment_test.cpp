#include "app/view/copied_segment.hpp"

#include <gtest/gtest.h>

#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

using testing::RunBuilder;

class Copied : public ::testing::Test {
  protected:
    Copied() : trace(testing::whole_run()), timeline(trace, model::ConnectionIndex{0}) {}

    std::string copy(model::SegmentId id, CopyForm form, bool raw = false) const {
        return copied_segment(timeline, id, form, raw).value_or("nothing");
    }

    model::Trace trace;
    model::Timeline timeline;
};

TEST_F(Copied, AsTcpdumpPrintsIt) {
    // The SYN's numbers are raw whatever is wanted, those of the others are relative.
    EXPECT_NE(copy(1, CopyForm::Tcpdump).find("Flags [S], seq 1720913139, win "), std::string::npos)
        << copy(1, CopyForm::Tcpdump);
    EXPECT_NE(copy(3, CopyForm::Tcpdump).find("Flags [.], ack 1, win "), std::string::npos)
        << copy(3, CopyForm::Tcpdump);
    EXPECT_NE(copy(3, CopyForm::Tcpdump, true).find("Flags [.], ack 2927174068, win "),
              std::string::npos)
        << copy(3, CopyForm::Tcpdump, true);
}

TEST_F(Copied, AsItsEventInTheTrace) {
    const std::string json = copy(2, CopyForm::Json);
    EXPECT_TRUE(json.starts_with("{\"time\":")) << json;
    EXPECT_NE(json.find("\"name\":\"tcp:segment_sent\""), std::string::npos) << json;
    EXPECT_NE(json.find("\"id\":2,\"from\":\"server\""), std::string::npos) << json;
    EXPECT_EQ(json.find('\n'), std::string::npos) << json;
}

TEST_F(Copied, AsALineOfAPacketdrillScriptAboutTheClient) {
    EXPECT_TRUE(copy(1, CopyForm::Packetdrill).starts_with("+0.000000 > S 0:0(0) win "))
        << copy(1, CopyForm::Packetdrill);
    // Its time is since the segment before; its numbers are relative even where raw ones are shown.
    EXPECT_TRUE(copy(2, CopyForm::Packetdrill, true).starts_with("+0.0000"))
        << copy(2, CopyForm::Packetdrill);
    EXPECT_NE(copy(2, CopyForm::Packetdrill, true).find(" < S. 0:0(0) ack 1 win "),
              std::string::npos)
        << copy(2, CopyForm::Packetdrill);
}

TEST_F(Copied, NothingWhereThereIsNoSuchSegment) {
    for (const CopyForm form : {CopyForm::Tcpdump, CopyForm::Json, CopyForm::Packetdrill}) {
        EXPECT_EQ(copied_segment(timeline, 0, form, false), std::nullopt);
        EXPECT_EQ(copied_segment(timeline, 4711, form, false), std::nullopt);
    }
}

}  // namespace
}  // namespace tcpstep::view
