#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/capture/made_capture.hpp"
#include "tests/capture/told.hpp"

namespace tcpstep::capture {
namespace {

TEST(CaptureFile, TimesNeverDescend) {
    const Octets frame = framed(packet4());
    const Told told = told_of(Pcap{.nanoseconds = true}.file(
        {{500, frame}, {499, frame}, {500, frame}, {0, frame}, {600, frame}}));
    EXPECT_EQ(told.lines,
              (std::vector<std::string>{at(500, kSegment), at(500, kSegment), at(500, kSegment),
                                        at(500, kSegment), at(600, kSegment)}));
    EXPECT_EQ(told.counts.times_raised, 2U);
}

TEST(CaptureFile, WhereTheClockWasSetBackTimeGoesOnAllTheSame) {
    const Octets frame = framed(packet4());
    const Told told = told_of(Pcap{.nanoseconds = true}.file({{500'000'000, frame},
                                                              {100'000'000, frame},
                                                              {100'030'000, frame},
                                                              {100'010'000, frame},
                                                              {100'050'000, frame}}));
    EXPECT_EQ(told.lines,
              (std::vector<std::string>{at(500'000'000, kSegment), at(500'000'000, kSegment),
                                        at(500'030'000, kSegment), at(500'030'000, kSegment),
                                        at(500'050'000, kSegment)}));
    EXPECT_EQ(told.counts.times_raised, 2U);
}

TEST(CaptureFile, TimeDoesNotGoBeyondTheLastThatCanBe) {
    const Pcapng ng;
    const Octets frame = framed(packet4());
    constexpr std::uint64_t kFar = 8'880'172'828'000'000;  // microseconds: in 2251
    const Told told =
        told_of(ng.section() + ng.interface() + ng.packet({0, frame}, kFar) +
                ng.packet({0, frame}, 1'795'265'485'000'000) +
                ng.packet({0, frame}, 1'795'265'486'000'000) + ng.packet({0, frame}, kFar));
    const std::int64_t far = static_cast<std::int64_t>(kFar) * 1000;
    EXPECT_EQ(told.lines, (std::vector<std::string>{at(far, kSegment), at(far, kSegment),
                                                    at(far + 1'000'000'000, kSegment),
                                                    at(9'214'646'399'000'000'000, kSegment)}));
}

TEST(CaptureFile, TimesThatCannotBeAreBounded) {
    const Octets frame = framed(packet4());
    const Pcap pcap{.nanoseconds = true};
    const Octets negative =
        with16(pcap.record({0, frame}), 2, 0x00ff);  // before 1970, or after 2038
    Octets fraction = pcap.record({0, frame});
    std::fill_n(fraction.begin() + 4, 4, std::uint8_t{0x7f});  // 2.1 s of nanoseconds
    const Told told = told_of(pcap.header() + fraction + negative);
    EXPECT_EQ(told.error, "");
    ASSERT_EQ(told.lines.size(), 2U);
    EXPECT_EQ(told.lines[0], at(999'999'999, kSegment));

    const Pcapng ng;
    constexpr std::uint8_t kResolutions[] = {0, 6, 9, 18, 0x80, 0x80 | 32, 0x80 | 63, 0xff, 0x7f};
    for (const std::uint8_t resolution : kResolutions) {
        for (const std::uint64_t ticks : {std::uint64_t{0}, UINT64_MAX / 2, UINT64_MAX}) {
            const Told far = told_of(ng.section() + ng.interface(kEthernetType, resolution) +
                                     ng.packet({0, frame}, ticks));
            if (!far.error.empty()) continue;  // libpcap takes no such resolution
            ASSERT_EQ(far.lines.size(), 1U);
            // 2262 begins.
            EXPECT_LT(std::stoull(far.lines[0]), 9'214'646'400'000'000'000U)
                << unsigned{resolution} << " " << ticks;
        }
    }
}

}  // namespace
}  // namespace tcpstep::capture
