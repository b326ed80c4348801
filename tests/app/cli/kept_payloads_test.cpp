#include "app/cli/kept_payloads.hpp"

#include <gtest/gtest.h>

#include "app/cli/trace_file.hpp"
#include "tests/capture/made_capture.hpp"

namespace tcpstep::cli {
namespace {

using Octets = std::vector<std::uint8_t>;

TEST(KeptPayloads, GivesEachSegmentItsOwn) {
    KeptPayloads payloads;
    payloads.add(Octets{1, 2});
    payloads.add({});
    payloads.add(Octets{3});
    EXPECT_EQ(payloads.take(3), Octets{3});
    EXPECT_EQ(payloads.take(1), (Octets{1, 2}));
    EXPECT_TRUE(payloads.take(2).empty());
    EXPECT_TRUE(payloads.take(0).empty());
    EXPECT_TRUE(payloads.take(4).empty());
}

TEST(KeptPayloads, KeepsTheBeginningOfALongOne) {
    KeptPayloads payloads;
    payloads.add(Octets(1460, 7));
    EXPECT_EQ(payloads.take(1), Octets(model::kMostPayload, 7));
}

TEST(KeptPayloads, KeepsNoneFromWhereTheRoomEnds) {
    KeptPayloads payloads(5);
    payloads.add(Octets{1, 2, 3});
    payloads.add(Octets{4, 5, 6});
    payloads.add(Octets{7});  // there would be room for it
    payloads.add({});
    EXPECT_EQ(payloads.take(1), (Octets{1, 2, 3}));
    for (const model::SegmentId id : {2U, 3U, 4U}) EXPECT_TRUE(payloads.take(id).empty()) << id;
}

// A capture that the window opens has its payloads at the right segments.
TEST(KeptPayloads, AreThoseOfTheCapturesSegments) {
    using namespace capture;
    const Pcap pcap;
    const auto frame = [](const Octets& data) {
        return Record{1'000'000'000, ethernet(0x0800, ipv4(tcp_header() + data)), 0, 0};
    };
    const Octets long_one(300, 'x');
    const Record no_tcp{1, ethernet(0x0806, Octets(28)), 0, 0};
    const MadeFile file(
        pcap.file({frame({'a', 'b'}), no_tcp, frame({}), frame({'c'}), frame(long_one)}));
    const auto reading = read_capture(file.path());
    ASSERT_TRUE(reading) << reading.error().line();
    std::vector<Octets> found;
    for (const model::Event& event : reading->trace.events())
        found.push_back(std::get<model::SegmentSent>(event.fact).segment.payload);
    EXPECT_EQ(found,
              (std::vector<Octets>{{'a', 'b'}, {}, {'c'}, Octets(model::kMostPayload, 'x')}));
}

}  // namespace
}  // namespace tcpstep::cli
