#include "capture/capture_file.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/packet.hpp"
#include "tests/capture/made_capture.hpp"

namespace tcpstep::capture {
namespace {

constexpr std::uint64_t kStart = 1'700'000'000'123'456'789;

const Octets kSynOptions = hex("0204ffd7 0402080a 00000005 00000000 0103030a");
const Octets kPacket = ipv4(tcp_header(8, hex("0101 080a 11111111 22222222")) + payload(7));
const Octets kPacket6 = ipv6(tcp_header() + payload(3));

Octets framed(const Octets& packet) {
    return ethernet(packet[0] >> 4 == 6 ? 0x86dd : 0x0800, packet);
}

/// What was told of a file, up to its end.
struct Told {
    std::vector<std::string> lines;  // a segment each: when, source, destination, segment
    CaptureCounts counts;
    std::string error;  // of open() or read()
    std::size_t steps = 0;
};

std::string line_of(const WireSegment& wire) {
    const model::SeqBase raw{model::SeqNum(0), model::SeqNum(0)};
    return std::to_string(wire.summary.time.time_since_epoch().count()) + " " +
           to_string(wire.source) + " > " + to_string(wire.destination) + " " +
           to_line(to_segment(wire), raw);
}

Told told_by(const std::string& path, std::size_t at_once = 1000) {
    Told told;
    auto file = CaptureFile::open(path);
    if (!file) {
        told.error = file.error().line();
        EXPECT_EQ(file.error().kind, ErrorKind::BadInput);
        return told;
    }
    for (;;) {
        ++told.steps;
        const auto step = file->read(
            at_once, [&](const WireSegment& wire) { told.lines.push_back(line_of(wire)); });
        told.counts = file->counts();
        EXPECT_EQ(told.counts.segments, told.lines.size());
        EXPECT_EQ(told.counts.packets, told.counts.segments + told.counts.not_tcp +
                                           told.counts.too_short + told.counts.malformed);
        if (step && *step == CaptureFile::Step::More) continue;
        if (!step) {
            told.error = step.error().line();
            EXPECT_EQ(step.error().kind, ErrorKind::BadInput);
        }
        return told;
    }
}

Told told_of(const Octets& octets) {
    return told_by(MadeFile(octets).path());
}

std::string at(std::uint64_t time, const char* rest) {
    return std::to_string(time) + " " + rest;
}

constexpr const char* kSegment = "127.0.0.1:43512 > 127.0.0.2:8000 P. 1000:1007(7) ack 5001";
constexpr const char* kSegment6 = "[::1]:43512 > [::2]:8000 P. 1000:1003(3) ack 5001";

TEST(CaptureFile, EveryFormTellsTheSame) {
    const Record records[] = {{kStart, framed(kPacket)}, {kStart + 1'000, framed(kPacket6)}};
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
        {"Ethernet", kEthernetType, framed(kPacket), kSegment},
        {"VLAN", kEthernetType, ethernet(0x8100, hex("0005 86dd") + kPacket6), kSegment6},
        {"cooked", kCookedType, cooked + hex("0800") + kPacket, kSegment},
        {"cooked, IPv6", kCookedType, cooked + hex("86dd") + kPacket6, kSegment6},
        {"cooked v2", kCooked2Type, hex("0800") + cooked2 + kPacket, kSegment},
        {"cooked v2, IPv6", kCooked2Type, hex("86dd") + cooked2 + kPacket6, kSegment6},
        {"BSD, little", kNullType, hex("02000000") + kPacket, kSegment},
        {"BSD, big", kNullType, hex("00000002") + kPacket, kSegment},
        {"BSD, macOS IPv6", kNullType, hex("1e000000") + kPacket6, kSegment6},
        {"OpenBSD", kLoopType, hex("00000018") + kPacket6, kSegment6},
        {"raw", kRawType, kPacket, kSegment},
        {"raw, IPv6", kRawType, kPacket6, kSegment6},
        {"IPv4", kIpv4Type, kPacket, kSegment},
        {"IPv6", kIpv6Type, kPacket6, kSegment6},
    };
    for (const Row& row : kRows) {
        const Told told = told_of(Pcap{.link = row.link}.file({{0, row.octets}}));
        EXPECT_EQ(told.lines, std::vector<std::string>{at(0, row.line)})
            << row.name << ": " << told.error;
    }
}

TEST(CaptureFile, PcapngHasSectionsAndInterfacesEachWithItsClock) {
    const Pcapng ng;
    const Record zero{0, framed(kPacket)};
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
    const Octets first = framed(with16(kPacket, 6, 0x2000));
    const Octets later = framed(with16(kPacket, 6, 0x0010));
    const Octets bad = framed(ipv4(tcp_header(4)));
    const Octets whole = framed(kPacket);
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

TEST(CaptureFile, TimesNeverDescend) {
    const Octets frame = framed(kPacket);
    const Told told = told_of(Pcap{.nanoseconds = true}.file(
        {{500, frame}, {499, frame}, {500, frame}, {0, frame}, {600, frame}}));
    EXPECT_EQ(told.lines,
              (std::vector<std::string>{at(500, kSegment), at(500, kSegment), at(500, kSegment),
                                        at(500, kSegment), at(600, kSegment)}));
    EXPECT_EQ(told.counts.times_raised, 2U);
}

TEST(CaptureFile, WhereTheClockWasSetBackTimeGoesOnAllTheSame) {
    const Octets frame = framed(kPacket);
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
    const Octets frame = framed(kPacket);
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
    const Octets frame = framed(kPacket);
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

TEST(CaptureFile, IsReadInStepsAndTellsHowFar) {
    const Octets frame = framed(kPacket);
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

TEST(CaptureFile, CutAnywhereGivesWhatWasBeforeAndSaysWhere) {
    const Octets frame = framed(kPacket);
    const Pcap pcap;
    const Pcapng ng;
    struct Row {
        const char* name;
        Octets header;
        Octets packet;
    };
    const Row kRows[] = {
        {"pcap", pcap.header(), pcap.record({1'000, frame})},
        {"pcapng", ng.section() + ng.interface(), ng.packet({1'000, frame}, 1)},
    };
    for (const Row& row : kRows) {
        const Octets whole = row.header + row.packet + row.packet + row.packet;
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const MadeFile made(Octets(whole.begin(), whole.begin() + static_cast<long>(size)));
            const Told told = told_by(made.path());
            const std::string name = std::string(row.name) + " cut to " + std::to_string(size);
            EXPECT_EQ(told.error.find('\n'), std::string::npos) << name;
            if (size < row.header.size()) {
                EXPECT_NE(told.error, "") << name;
                EXPECT_TRUE(told.lines.empty()) << name;
                continue;
            }
            const std::size_t packets = (size - row.header.size()) / row.packet.size();
            EXPECT_EQ(told.lines.size(), packets) << name;
            const bool whole_ones = (size - row.header.size()) % row.packet.size() == 0;
            const std::string where = made.path() + ": broken after packet " +
                                      std::to_string(packets) + " (octet " + std::to_string(size) +
                                      "): truncated";
            EXPECT_EQ(told.error.substr(0, where.size()), whole_ones ? "" : where) << name;
            const auto kept = told.error.find("- what was read is kept");
            EXPECT_EQ(kept == std::string::npos, whole_ones) << name;
        }
    }
}

TEST(CaptureFile, ASecondLinkTypeIsToldWithTheRemedy) {
    const Pcapng ng;
    const Octets frame = framed(kPacket);
    const MadeFile made(ng.section() + ng.interface() + ng.packet({1, frame}, 1) +
                        ng.interface(kWifiType) + ng.packet({2, frame}, 2));
    const Told told = told_by(made.path());
    EXPECT_EQ(told.lines.size(), 1U);
    EXPECT_EQ(told.error.find(made.path() + ": holds a second link type after packet 1 (octet "),
              0U)
        << told.error;
    EXPECT_NE(told.error.find("capture each interface into a file of its own"), std::string::npos);
}

TEST(CaptureFile, ABrokenOneStaysBroken) {
    const MadeFile made(Pcap{}.file({{1, framed(kPacket)}}) + Octets{1, 2, 3});
    auto file = CaptureFile::open(made.path());
    ASSERT_TRUE(file);
    std::size_t seen = 0;
    const auto count = [&](const WireSegment&) { ++seen; };
    const auto first = file->read(100, count);
    const auto second = file->read(100, count);
    ASSERT_FALSE(first || second);
    EXPECT_EQ(first.error(), second.error());
    EXPECT_EQ(seen, 1U);
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

// Octets of memory that this process may have at most, for as long as this lives.
class MemoryLimit {
  public:
    explicit MemoryLimit(rlim_t octets) {
        ::getrlimit(RLIMIT_DATA, &before_);
        const rlimit limit{octets, before_.rlim_max};
        ::setrlimit(RLIMIT_DATA, &limit);
    }
    ~MemoryLimit() { ::setrlimit(RLIMIT_DATA, &before_); }

  private:
    rlimit before_{};
};

TEST(CaptureFile, LengthsThatLieCostNoMemory) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    constexpr rlim_t kMost = RLIM_INFINITY;  // the sanitizers need terabytes themselves
#else
    constexpr rlim_t kMost = 256U << 20U;
#endif
    const Octets frame = framed(kPacket);
    const Pcapng ng;
    const Octets begun = ng.section() + ng.interface() + ng.packet({1'000, frame}, 1);
    for (const std::uint32_t claim : {0x0000ffffU, 0x00100000U, 0x01000000U, 0x10000000U,
                                      0x7fffffffU, 0x80000000U, 0xfffffff0U, 0xffffffffU}) {
        const Octets length = ng.number32(claim);
        Octets record = Pcap{}.record({1, frame});
        std::copy(length.begin(), length.end(), record.begin() + 8);  // captured length
        Octets packet = ng.packet({1'000, frame}, 1);
        std::copy(length.begin(), length.end(), packet.begin() + 20);
        Octets block = ng.packet({1'000, frame}, 1);
        std::copy(length.begin(), length.end(), block.begin() + 4);
        const Octets files[] = {
            Pcap{}.file({{1, frame}}) + record,
            Pcap{.snap_length = claim}.file({{1, frame}}) + record,
            begun + packet,
            begun + block,
        };
        for (const Octets& octets : files) {
            const MemoryLimit limit(kMost);
            const Told told = told_of(octets);
            EXPECT_EQ(told.lines.size(), 1U) << claim;
            EXPECT_NE(told.error.find("broken after packet 1 "), std::string::npos) << told.error;
        }
    }
    // A snap length of nothing or of everything is no reason to refuse.
    for (const std::uint32_t claim : {0U, 0x7fffffffU, 0xffffffffU}) {
        EXPECT_EQ(told_of(Pcap{.snap_length = claim}.file({{1, frame}})).counts.packets, 1U);
    }
}

TEST(CaptureFile, WhatIsNoCaptureIsToldInALine) {
    struct Row {
        const char* name;
        std::string content;
        std::string says;
    };
    const std::string expected = " - a pcap or pcapng file is expected";
    const Octets wifi = Pcap{.link = kWifiType}.header();
    const Octets unknown = Pcap{.link = 4711}.header();
    const Octets only_section = Pcapng{}.section();
    const auto text = [](const Octets& octets) {
        return std::string(octets.begin(), octets.end());
    };
    const Row kRows[] = {
        {"empty", "", "it is empty" + expected},
        {"text", "hello, world, this is no capture\n", "unknown file format" + expected},
        {"short", "ab",
         "truncated dump file; tried to read 4 file header bytes, only got 2" + expected},
        {"contained", "{\"file_schema\":",
         "it is a trace, not a capture - tcpstep check reads traces; here a pcap or pcapng file is "
         "expected"},
        {"sequential", "\x1e{",
         "it is a trace, not a capture - tcpstep check reads traces; here a pcap or pcapng file is "
         "expected"},
        {"gzip", "\x1f\x8b\x08", "it is compressed with gzip - gzip -dc FILE | tcpstep decode -"},
        {"xz",
         "\xfd"
         "7zXZ",
         "it is compressed with xz - xz -dc FILE | tcpstep decode -"},
        {"bzip2", "BZh9", "it is compressed with bzip2 - bzip2 -dc FILE | tcpstep decode -"},
        {"zstd", "\x28\xb5\x2f\xfd",
         "it is compressed with zstd - zstd -dc FILE | tcpstep decode -"},
        {"802.11", text(wifi),
         "its link type IEEE802_11 cannot be decoded - Ethernet, Linux cooked, BSD loopback and "
         "raw IP can"},
        {"unknown link", text(unknown),
         "its link type number 4711 cannot be decoded - Ethernet, Linux cooked, BSD loopback and "
         "raw IP can"},
        {"no interface", text(only_section),
         "the capture file has no Interface Description Blocks" + expected},
    };
    for (const Row& row : kRows) {
        const MadeFile made(row.content);
        std::string says = made.path() + ": " + row.says;
        if (const auto place = says.find("FILE"); place != std::string::npos) {
            says.replace(place, 4, made.path());
        }
        EXPECT_EQ(told_by(made.path()).error, says) << row.name;
    }
}

TEST(CaptureFile, WhatCannotBeOpenedIsToldInALine) {
    const std::string folder = std::filesystem::temp_directory_path().string();
    EXPECT_EQ(told_by(folder).error,
              folder + ": it is a folder - a pcap or pcapng file is expected");
    EXPECT_EQ(told_by("/nowhere/x.pcap").error,
              "/nowhere/x.pcap: No such file or directory - give a file that can be read");
    if (::geteuid() == 0) return;  // root may read everything
    const MadeFile made(Pcap{}.header());
    ::chmod(made.path().c_str(), 0);
    EXPECT_EQ(told_by(made.path()).error,
              made.path() + ": Permission denied - give a file that can be read");
}

// Runs `body` with standard input read from `descriptor`.
template <class Body>
void with_input(int descriptor, Body body) {
    const int before = ::dup(STDIN_FILENO);
    ::dup2(descriptor, STDIN_FILENO);
    body();
    ::dup2(before, STDIN_FILENO);
    ::close(before);
}

TEST(CaptureFile, StandardInputMayBeAPipeOrAFile) {
    const Octets octets = Pcap{}.file({{1'000, framed(kPacket)}, {2'000, framed(kPacket6)}});
    const std::vector<std::string> lines = {at(1'000, kSegment), at(2'000, kSegment6)};
    const auto check = [&](std::optional<std::uint64_t> size) {
        auto file = CaptureFile::open("-");
        ASSERT_TRUE(file) << file.error().line();
        EXPECT_EQ(file->size(), size);
        std::vector<std::string> told;
        ASSERT_TRUE(file->read(10, [&](const auto& wire) { told.push_back(line_of(wire)); }));
        EXPECT_EQ(told, lines);
        EXPECT_EQ(file->octets_read(),
                  size.value_or(framed(kPacket).size() + framed(kPacket6).size()));
    };
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    ASSERT_EQ(::write(ends[1], octets.data(), octets.size()), static_cast<ssize_t>(octets.size()));
    ::close(ends[1]);
    with_input(ends[0], [&] { check(std::nullopt); });
    ::close(ends[0]);

    const MadeFile made(octets);
    const int file = ::open(made.path().c_str(), O_RDONLY);
    with_input(file, [&] { check(octets.size()); });
    ::close(file);
}

TEST(CaptureFile, ABrokenPipeHasNoPlaceButThePacket) {
    const Octets octets = Pcap{}.file({{1'000, framed(kPacket)}}) + Octets{1, 2, 3};
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    ASSERT_EQ(::write(ends[1], octets.data(), octets.size()), static_cast<ssize_t>(octets.size()));
    ::close(ends[1]);
    with_input(ends[0], [&] {
        EXPECT_EQ(told_by("-").error,
                  "standard input: broken after packet 1: truncated dump file; tried to read 16 "
                  "header bytes, only got 3 - what was read is kept");
    });
    ::close(ends[0]);
}

}  // namespace
}  // namespace tcpstep::capture
