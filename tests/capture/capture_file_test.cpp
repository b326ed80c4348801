#include "capture/capture_file.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/capture/made_capture.hpp"
#include "tests/capture/told.hpp"

namespace tcpstep::capture {
namespace {

constexpr std::uint64_t kStart = 1'700'000'000'123'456'789;
const Octets kSynOptions = hex("0204ffd7 0402080a 00000005 00000000 0103030a");

TEST(CaptureFile, EveryFormTellsTheSame) {
    const Record records[] = {{kStart, framed(packet4())}, {kStart + 1'000, framed(packet6())}};
    const std::uint64_t micro = kStart / 1000 * 1000;
    for (const Order order : {Order::Little, Order::Big}) {
        for (const bool nano : {false, true}) {
            const std::string name =
                std::string(order == Order::Big ? "big" : "little") + (nano ? " nano" : " micro");
            const std::uint64_t first = nano ? kStart : micro;
            const std::vector<std::string> expected = {at(first, kSegment),
                                                       at(first + 1'000, kSegment6)};
            const Pcap pcap{order, nano};
            const Told old = told_of(pcap.file({records[0], records[1]}));
            EXPECT_EQ(old.lines, expected) << "pcap " << name;
            EXPECT_EQ(old.error, "");

            const Pcapng ng{order};
            const std::uint64_t unit = nano ? 1 : 1000;
            Octets octets = ng.section() + ng.interface(kEthernetType, nano ? 9 : 6);
            for (const Record& record : records) {
                octets = octets + ng.packet(record, record.time / unit);
            }
            const Told next = told_of(octets);
            EXPECT_EQ(next.lines, expected) << "pcapng " << name;
            EXPECT_EQ(next.error, "");
        }
    }
}

TEST(CaptureFile, EveryLinkTypeTellsTheSame) {
    struct Row {
        const char* name;
        std::uint32_t link;
        Octets octets;
        const char* line;
    };
    const Octets cooked = hex("0000 0304 0006 0000000000000000");
    const Octets cooked2 = hex("0000 00000001 0304 00 06 0000000000000000");
    const Row kRows[] = {
        {"Ethernet", kEthernetType, framed(packet4()), kSegment},
        {"VLAN", kEthernetType, ethernet(0x8100, hex("0005 86dd") + packet6()), kSegment6},
        {"cooked", kCookedType, cooked + hex("0800") + packet4(), kSegment},
        {"cooked, IPv6", kCookedType, cooked + hex("86dd") + packet6(), kSegment6},
        {"cooked v2", kCooked2Type, hex("0800") + cooked2 + packet4(), kSegment},
        {"cooked v2, IPv6", kCooked2Type, hex("86dd") + cooked2 + packet6(), kSegment6},
        {"BSD, little", kNullType, hex("02000000") + packet4(), kSegment},
        {"BSD, big", kNullType, hex("00000002") + packet4(), kSegment},
        {"BSD, macOS IPv6", kNullType, hex("1e000000") + packet6(), kSegment6},
        {"OpenBSD", kLoopType, hex("00000018") + packet6(), kSegment6},
        {"raw", kRawType, packet4(), kSegment},
        {"raw, IPv6", kRawType, packet6(), kSegment6},
        {"IPv4", kIpv4Type, packet4(), kSegment},
        {"IPv6", kIpv6Type, packet6(), kSegment6},
    };
    for (const Row& row : kRows) {
        const Told told = told_of(Pcap{.link = row.link}.file({{0, row.octets}}));
        EXPECT_EQ(told.lines, std::vector<std::string>{at(0, row.line)})
            << row.name << ": " << told.error;
    }
}

TEST(CaptureFile, PcapngHasSectionsAndInterfacesEachWithItsClock) {
    const Pcapng ng;
    const Record zero{0, framed(packet4())};
    Record one = zero;
    one.interface = 1;
    const Octets octets = ng.section() + ng.interface(kEthernetType, 6) +
                          ng.packet(zero, 1'000'000) + ng.interface(kEthernetType, 9) +
                          ng.packet(one, 1'000'000'001) +
                          ng.block(0x0bad, Octets(9, 0)) +  // of no kind we know
                          ng.section() + ng.interface(kEthernetType, 0x80 | 1) + ng.packet(zero, 5);
    const Told told = told_of(octets);
    EXPECT_EQ(told.error, "");
    EXPECT_EQ(told.lines,
              (std::vector<std::string>{at(1'000'000'000, kSegment), at(1'000'000'001, kSegment),
                                        at(2'500'000'000, kSegment)}));
}

TEST(CaptureFile, CountsWhatItFound) {
    const Octets udp = framed(ipv4(tcp_header(), {}, 17));
    const Octets first = framed(with16(packet4(), 6, 0x2000));
    const Octets later = framed(with16(packet4(), 6, 0x0010));
    const Octets bad = framed(ipv4(tcp_header(4)));
    const Octets whole = framed(packet4());
    const Record cut{5, Octets(whole.begin(), whole.begin() + 60), 73};
    const Record too_short{8, Octets(whole.begin(), whole.begin() + 40), 73};
    const Told told = told_of(Pcap{}.file(
        {{1, whole}, {2, udp}, {3, first}, {4, later}, cut, {6, bad}, {7, bad}, too_short}));
    CaptureCounts expected;
    expected.packets = 8;
    expected.too_short = 1;
    expected.segments = 3;
    expected.not_tcp = 2;
    expected.malformed = 2;
    expected.first_fragments = expected.later_fragments = expected.cut = 1;
    expected.first_malformed = 6;
    expected.why_malformed = {StopReason::ShortTcpHeader, 4};
    EXPECT_EQ(told.counts, expected);
    EXPECT_EQ(told.error, "");
}

TEST(CaptureFile, IsReadInStepsAndTellsHowFar) {
    const Octets frame = framed(packet4());
    const MadeFile made(Pcap{}.file(std::vector<Record>(10, {1, frame})));
    auto file = CaptureFile::open(made.path());
    ASSERT_TRUE(file);
    EXPECT_EQ(file->link(), LinkType::Ethernet);
    const std::uint64_t record = 16 + frame.size();
    EXPECT_EQ(file->size(), 24 + 10 * record);
    EXPECT_EQ(file->octets_read(), 24U);
    std::size_t seen = 0;
    const auto count = [&](const WireSegment&) { ++seen; };
    EXPECT_EQ(*file->read(4, count), CaptureFile::Step::More);
    EXPECT_EQ(seen, 4U);
    EXPECT_EQ(file->octets_read(), 24 + 4 * record);
    EXPECT_EQ(*file->read(0, count), CaptureFile::Step::More);
    EXPECT_EQ(seen, 5U);
    EXPECT_EQ(*file->read(100, count), CaptureFile::Step::More);
    EXPECT_EQ(*file->read(100, count), CaptureFile::Step::End);
    EXPECT_EQ(*file->read(100, count), CaptureFile::Step::End);
    EXPECT_EQ(seen, 10U);
    EXPECT_EQ(file->octets_read(), file->size());
    EXPECT_EQ(told_by(made.path(), 3).steps, 5U);
}

TEST(CaptureFile, EverySnapLengthOfASynTellsAsMuchAsIsThere) {
    const Octets syn = framed(ipv4(tcp_header(10, kSynOptions)));
    const Octets syn6 = framed(ipv6(tcp_header(10, kSynOptions)));
    for (const Octets& whole : {syn, syn6}) {
        const std::size_t header_end = whole.size() - kSynOptions.size();
        std::size_t headers = 0;
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            const Record record{1, Octets(whole.begin(), whole.begin() + static_cast<long>(size)),
                                static_cast<std::uint32_t>(whole.size())};
            const MadeFile made(
                Pcap{.snap_length = static_cast<std::uint32_t>(size)}.file({record}));
            auto file = CaptureFile::open(made.path());
            ASSERT_TRUE(file);
            std::size_t seen = 0;
            const auto step = file->read(10, [&](const WireSegment& wire) {
                ++seen;
                EXPECT_EQ(wire.cut, size < whole.size());
                EXPECT_EQ(wire.summary.length, 0U);
                EXPECT_GT(wire.headers.size(), headers);
                headers = wire.headers.size();
                EXPECT_EQ(wire.summary.has_timestamps, size >= header_end + 16);
            });
            ASSERT_TRUE(step) << step.error().line();
            EXPECT_EQ(seen, size >= header_end - 6 ? 1U : 0U) << size;  // to the flags
            EXPECT_EQ(file->counts().too_short, 1 - seen) << size;
        }
    }
}

}  // namespace
}  // namespace tcpstep::capture
