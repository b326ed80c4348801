// make_capture FILE [SEGMENTS] [CONNECTIONS] [SEED]: writes a pcap file (microseconds, Ethernet)
// for the benchmarks: SEGMENTS (1000000) of CONNECTIONS (10000) that are open at the same time,
// interleaved at random, 20 µs apart. The same numbers make the same file. A snap length of 96 cuts
// the payload, so that a million segments take about 100 MB.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <vector>

#include "tests/bench/made_connection.hpp"

namespace {

using tcpstep::bench::MadeConnection;
using tcpstep::bench::MadeFrame;

constexpr std::uint32_t kSnapLength = 96;
constexpr std::uint64_t kApartUs = 20;
constexpr std::uint64_t kBeganSeconds = 1'700'000'000;

std::size_t number(int argc, char** argv, int at, std::size_t otherwise) {
    return argc > at ? std::strtoull(argv[at], nullptr, 10) : otherwise;
}

void write(std::ofstream& out, const void* from, std::size_t octets) {
    out.write(static_cast<const char*>(from), static_cast<std::streamsize>(octets));
}

void write_file_header(std::ofstream& out) {
    const std::uint16_t version[] = {2, 4};
    const std::uint32_t zone_and_sigfigs[] = {0, 0};
    const std::uint32_t snap_and_link[] = {kSnapLength, 1};  // LINKTYPE_ETHERNET
    const std::uint32_t magic = 0xa1b2c3d4;
    write(out, &magic, sizeof magic);
    write(out, version, sizeof version);
    write(out, zone_and_sigfigs, sizeof zone_and_sigfigs);
    write(out, snap_and_link, sizeof snap_and_link);
}

void write_frame(std::ofstream& out, const MadeFrame& frame, std::uint64_t microseconds) {
    const std::uint32_t header[] = {
        static_cast<std::uint32_t>(kBeganSeconds + microseconds / 1'000'000),
        static_cast<std::uint32_t>(microseconds % 1'000'000), frame.captured, frame.length};
    write(out, header, sizeof header);
    write(out, frame.octets.data(), frame.captured);
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t segments = number(argc, argv, 2, 1'000'000);
    const std::size_t connections = number(argc, argv, 3, 10'000);
    if (argc < 2 || connections == 0 || segments / connections < MadeConnection::kFewest) {
        std::fprintf(stderr,
                     "make_capture FILE [SEGMENTS] [CONNECTIONS] [SEED], "
                     "at least %zu segments a connection\n",
                     MadeConnection::kFewest);
        return 2;
    }
    std::mt19937 random(static_cast<std::uint32_t>(number(argc, argv, 4, 1)));
    std::vector<MadeConnection> open;
    open.reserve(connections);
    for (std::size_t i = 0; i < connections; ++i) {
        const std::size_t share = segments / connections + (i < segments % connections ? 1 : 0);
        open.emplace_back(static_cast<std::uint32_t>(i), share);
    }
    std::ofstream out(argv[1], std::ios::binary | std::ios::trunc);
    write_file_header(out);
    for (std::uint64_t now = 0; !open.empty(); now += kApartUs) {
        const std::size_t which = random() % open.size();
        const auto milliseconds = static_cast<std::uint32_t>(now / 1000);
        write_frame(out, open[which].next(milliseconds, kSnapLength, random), now);
        if (!open[which].over()) continue;
        open[which] = open.back();
        open.pop_back();
    }
    out.close();
    if (out) return 0;
    std::perror(argv[1]);
    return 1;
}
