#include "capture/wire_segment.hpp"

#include <cstdlib>
#include <new>
#include <random>

#include <gtest/gtest.h>

#include "capture/packet.hpp"
#include "tests/capture/frame.hpp"

namespace {
std::size_t allocations = 0;
}

// Counts what this program allocates: reading a segment must not.
void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace tcpstep::capture {
namespace {

constexpr model::Time kTime{std::chrono::nanoseconds(1'700'000'000'123'456'789)};

bool read(const Octets& packet, WireSegment& into, LinkType link = LinkType::RawIp) {
    Stop why;
    return read_wire_segment(packet, link, static_cast<std::uint32_t>(packet.size()), kTime, into,
                             why);
}

// A segment that has every member set to something else than it will get.
WireSegment used() {
    WireSegment used;
    used.source = used.destination = {{true, {9, 9, 9, 9, 9, 9, 9}}, 9};
    used.summary = {kTime, 9, model::SeqNum(9), model::SeqNum(9),    9,   9, 9,
                    9,     9, model::Flags(9),  model::Role::Server, true};
    static const Octets kOther = hex("99");
    used.headers = used.payload = kOther;
    used.ip_length = 9;
    used.first_fragment = used.cut = true;
    return used;
}

TEST(WireSegment, TellsAllMembersWhateverWasInItBefore) {
    const Octets packet = ipv4(tcp_header(8, hex("0101 080a 11111111 22222222")) + payload(7));
    WireSegment segment = used();
    ASSERT_TRUE(read(packet, segment));
    EXPECT_EQ(to_string(segment.source), "127.0.0.1:43512");
    EXPECT_EQ(to_string(segment.destination), "127.0.0.2:8000");
    const model::SegmentSummary expected = {
        kTime, 0,      model::SeqNum(1000), model::SeqNum(5001), 7,   0x11111111, 0x22222222,
        502,   0x3a92, model::Flags(0x18),  model::Role::Client, true};
    EXPECT_EQ(segment.summary, expected);
    EXPECT_EQ(Octets(segment.payload.begin(), segment.payload.end()), payload(7));
    EXPECT_EQ(segment.headers.data(), packet.data());
    EXPECT_EQ(segment.headers.size(), 52U);
    EXPECT_EQ(segment.ip_length, 20U);
    EXPECT_EQ(segment.options().data(), packet.data() + 40);
    EXPECT_EQ(segment.options().size(), 12U);
    EXPECT_FALSE(segment.first_fragment);
    EXPECT_FALSE(segment.cut);

    const Octets packet6 = ipv6(tcp_header());
    WireSegment v6 = used();
    ASSERT_TRUE(read(packet6, v6));
    EXPECT_EQ(to_string(v6.source), "[::1]:43512");
    EXPECT_EQ(v6.summary.ip_id, 0);
    EXPECT_FALSE(v6.summary.has_timestamps);
    EXPECT_EQ(v6.summary.timestamp, 0U);
    EXPECT_EQ(v6.summary.timestamp_echo, 0U);
    EXPECT_TRUE(v6.options().empty());
}

TEST(WireSegment, FindsTheTimestampsWhereverTheyAre) {
    struct Row {
        const char* name;
        std::string options;
        std::optional<std::uint32_t> value;
    };
    const Row kRows[] = {
        {"as usual", "0101080a 00000005 00000006", 5},
        {"as usual, something behind", "0101080a 00000005 00000006 03030a00", 5},
        {"of a SYN of Linux", "0204ffd7 0402080a 00000005 00000000 0103030a", 5},
        {"not aligned", "080a0000 00050000 00060000", 5},
        {"twice", "0101080a 00000005 00000006 0101080a 00000007 00000008", 5},
        {"a wrong length", "01010809 00000005 00000601", std::nullopt},
        {"a wrong one, then a right one", "08030001 0101080a 00000005 00000006", 5},
        {"behind the end of options", "0000080a 00000005 00000006", std::nullopt},
        {"cut off", "0204ffd7 01010101 0101080a 00000005", std::nullopt},
        {"behind what makes no sense", "02010000 0101080a 00000005 00000006", std::nullopt},
        {"none", "0204ffd7", std::nullopt},
    };
    for (const Row& row : kRows) {
        const Octets options = hex(row.options);
        const auto words = static_cast<unsigned>(5 + options.size() / 4);
        const Octets packet = ipv4(tcp_header(words, options));
        WireSegment segment;
        ASSERT_TRUE(read(packet, segment)) << row.name;
        EXPECT_EQ(segment.summary.has_timestamps, row.value.has_value()) << row.name;
        EXPECT_EQ(segment.summary.timestamp, row.value.value_or(0)) << row.name;
        EXPECT_EQ(segment.summary, summary_of(to_segment(segment), kTime)) << row.name;
    }
}

TEST(WireSegment, TellsWhatOfItIsMissing) {
    WireSegment segment;
    const Octets whole = ipv4(tcp_header(8, Octets(12, 1)) + payload(100));
    const Octets fragment = with16(whole, 6, 0x2000);
    ASSERT_TRUE(read(fragment, segment));
    EXPECT_TRUE(segment.first_fragment);
    EXPECT_EQ(segment.summary.length, 100U);
    for (std::size_t size = 40; size <= 60; ++size) {
        Stop why;
        ASSERT_TRUE(
            read_wire_segment(Bytes(whole).first(size), LinkType::RawIp, 152, kTime, segment, why));
        EXPECT_EQ(segment.cut, size < 52) << size;
        EXPECT_EQ(segment.headers.size(), std::min<std::size_t>(size, 52));
    }
}

// What stores summaries and what stores segments must not tell two stories.
TEST(WireSegment, AnyOctetsGiveTheSummaryOfTheSegmentThatTheyGive) {
    std::mt19937 random(4);  // the same numbers each time
    const Octets options = hex("0204ffd7 0402080a 00000005 00000000 0103030a");
    const Octets frames[] = {ipv4(tcp_header(10, options)),
                             ipv6(tcp_header(8, hex("0101080a 00000005 00000006"))),
                             ipv4(tcp_header(15, Octets(40, 1)), Octets(8, 1))};
    int segments = 0;
    for (int round = 0; round < 50'000; ++round) {
        Octets frame = frames[random() % std::size(frames)];
        for (unsigned changes = 1 + random() % 4; changes > 0; --changes) {
            frame[frame.size() / 2 + random() % (frame.size() / 2)] =
                static_cast<std::uint8_t>(random() % 12);
        }
        frame.resize(frame.size() - random() % 20);
        WireSegment segment;
        if (!read(frame, segment)) continue;
        ++segments;
        ASSERT_EQ(segment.summary, summary_of(to_segment(segment), kTime));
    }
    EXPECT_GT(segments, 10'000);
}

TEST(WireSegment, NothingIsAllocatedWhetherItIsOneOrNot) {
    const Octets good = ipv4(tcp_header(8, hex("0101080a 00000005 00000006")));
    const Octets udp = ipv4(tcp_header(), {}, 17);
    const Octets malformed = ipv4(tcp_header(4));
    WireSegment segment;
    const std::size_t before = allocations;
    const bool read_good = read(good, segment);
    const bool read_udp = read(udp, segment);
    const bool read_malformed = read(malformed, segment);
    EXPECT_EQ(allocations, before);
    EXPECT_TRUE(read_good && !read_udp && !read_malformed);
}

}  // namespace
}  // namespace tcpstep::capture
