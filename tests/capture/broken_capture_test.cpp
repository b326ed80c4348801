#include <filesystem>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/capture_file.hpp"
#include "tests/capture/made_capture.hpp"
#include "tests/capture/told.hpp"

namespace tcpstep::capture {
namespace {

TEST(CaptureFile, CutAnywhereGivesWhatWasBeforeAndSaysWhere) {
    const Octets frame = framed(packet4());
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
    const Octets frame = framed(packet4());
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
    const MadeFile made(Pcap{}.file({{1, framed(packet4())}}) + Octets{1, 2, 3});
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
    const Octets frame = framed(packet4());
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
        {"gzip", "\x1f\x8b\x08", "it is compressed with gzip - unpack it: gzip -dk FILE"},
        {"xz",
         "\xfd"
         "7zXZ",
         "it is compressed with xz - unpack it: xz -dk FILE"},
        {"bzip2", "BZh9", "it is compressed with bzip2 - unpack it: bzip2 -dk FILE"},
        {"zstd", "\x28\xb5\x2f\xfd", "it is compressed with zstd - unpack it: zstd -dk FILE"},
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
    const Octets octets = Pcap{}.file({{1'000, framed(packet4())}, {2'000, framed(packet6())}});
    const std::vector<std::string> lines = {at(1'000, kSegment), at(2'000, kSegment6)};
    const auto check = [&](std::optional<std::uint64_t> size) {
        auto file = CaptureFile::open("-");
        ASSERT_TRUE(file) << file.error().line();
        EXPECT_EQ(file->size(), size);
        std::vector<std::string> told;
        ASSERT_TRUE(file->read(10, [&](const auto& wire) { told.push_back(line_of(wire)); }));
        EXPECT_EQ(told, lines);
        EXPECT_EQ(file->octets_read(),
                  size.value_or(framed(packet4()).size() + framed(packet6()).size()));
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
    const Octets octets = Pcap{}.file({{1'000, framed(packet4())}}) + Octets{1, 2, 3};
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
